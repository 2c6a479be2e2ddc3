import type { SlackContent } from "@bucket-warden/core/notify";

type Block = SlackContent["blocks"][number];
type RichElement = Extract<Block, { readonly type: "rich_text" }>["elements"][number];

/** A message of Slack as a terminal can show it: its words, its diffs, and its buttons in brackets. */
export function slackAsText({ blocks }: SlackContent): string {
  return blocks.map(blockAsText).join("\n\n");
}

function blockAsText(block: Block): string {
  switch (block.type) {
    case "header":
      return block.text.text;
    case "context":
      return block.elements.map(({ text }) => text).join("  ");
    case "rich_text":
      return block.elements.map(richAsText).join("\n");
    case "actions":
      return block.elements.map(({ text }) => `[ ${text.text} ]`).join("  ");
  }
}

function richAsText({ type, elements }: RichElement): string {
  const text = elements.map((it) => (it.type === "user" ? `@${it.user_id}` : it.text)).join("");
  return type === "rich_text_preformatted" ? text.replaceAll(/^/gm, "  ") : text;
}
