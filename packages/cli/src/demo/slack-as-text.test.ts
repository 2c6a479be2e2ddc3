import { expect, test } from "vitest";
import { slackAsText } from "./slack-as-text.ts";

test("a message of Slack keeps its words, its diff and its buttons", () => {
  const plain = (text: string) => ({ type: "plain_text", text, emoji: false }) as const;
  const button = (text: string) =>
    ({ type: "button", text: plain(text), action_id: text, value: "{}" }) as const;
  const text = slackAsText({
    text: "Fixed: photos",
    blocks: [
      { type: "header", text: plain("Fixed: photos") },
      {
        type: "rich_text",
        elements: [
          {
            type: "rich_text_section",
            elements: [
              { type: "text", text: "Fixed", style: { bold: true } },
              { type: "text", text: " for " },
              { type: "user", user_id: "U1" },
              { type: "text", text: ", see " },
              { type: "link", url: "https://example.com", text: "the runbook" },
            ],
          },
          { type: "rich_text_preformatted", elements: [{ type: "text", text: "-a\n+b" }] },
        ],
      },
      { type: "actions", elements: [button("Undo"), button("Show diff")] },
      { type: "context", elements: [plain("Ledger entry e-1"), plain("noon")] },
    ],
  });
  expect(text).toBe(
    [
      "Fixed: photos",
      "",
      "Fixed for @U1, see the runbook",
      "  -a",
      "  +b",
      "",
      "[ Undo ]  [ Show diff ]",
      "",
      "Ledger entry e-1  noon",
    ].join("\n"),
  );
});
