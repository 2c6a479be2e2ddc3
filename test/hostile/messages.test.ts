import { execFileSync } from "node:child_process";
import {
  type AsffFinding,
  asffFindings,
  complete,
  type Message,
  type Notice,
  slackContent,
  snsEntry,
} from "@bucket-warden/core/notify";
import { expect, test } from "vitest";
import { jsonLines } from "../../packages/core/src/notify/ocsf.ts";
import { hostileTexts } from "../arbitraries/hostile.ts";
import { requirePrintable } from "../fuzz/door.ts";
import { desk, fixed, flagged, news, usualTopic } from "../notify/messages.ts";

/** A message in which everything that a stranger can choose is this text. */
function sayingEverywhere(text: string): Message {
  const actor = { arn: text, type: text, userAgent: text, sourceIp: text, invokedBy: text };
  const event = { kind: "event", eventName: text, eventId: "e-1", eventTime: text, actor } as const;
  const notice: Notice = {
    ...flagged,
    saw: text,
    did: text,
    next: text,
    witness: text,
    impact: [text],
    conflicts: [text],
    fixes: [{ tool: "Terraform", lines: [text] }],
    who: { ...event, kind: "known" },
  };
  const change = { document: "policy", controls: ["ssl-only"], diff: [`+ ${text}`] };
  return complete(
    {
      ...news,
      accountName: text,
      cause: event,
      notices: [notice, fixed],
      changes: [change],
      proposals: [change],
    },
    { desk, accountName: text },
  );
}

const harmless = sayingEverywhere("harmless");
const to = (format: "warden" | "amazon-q") =>
  ({ kind: "topic", topic: usualTopic, format }) as const;

test.each(hostileTexts)("a text that $name forges nothing in an e-mail", ({ text }) => {
  const entry = snsEntry(sayingEverywhere(text), to("warden"));
  expect(entry.Subject).toMatch(/^[ -~]{1,99}$/);
  const { default: json, email } = JSON.parse(entry.Message);
  expect(JSON.parse(json).accountName).toBe(text);
  const lines = String(email).split("\n");
  for (const line of lines) requirePrintable(line);
  const usual = JSON.parse(snsEntry(harmless, to("warden")).Message).email.split("\n");
  expect(lines).toHaveLength(usual.length);
  // The query protocol encodes it, which half of a character would end.
  expect(() => encodeURIComponent(entry.Message)).not.toThrow();
});

test.each(hostileTexts)("a text that $name calls nobody and links nowhere in Slack", ({ text }) => {
  const presses = [
    {
      id: "r",
      by: { id: "U1", name: text },
      at: news.at,
      ask: { kind: "waive", on: news.on, control: "ssl-only", days: 7 } as const,
      reason: text,
    },
  ];
  const shown = slackContent(sayingEverywhere(text), { buttons: true, presses });
  const usual = slackContent(harmless, { buttons: true, presses });
  expect(shown.text).not.toMatch(/[<>*`]/);
  requirePrintable(shown.text);
  const kinds = new Set(textsIn(shown.blocks).map(({ type }) => type));
  expect(kinds).toEqual(new Set(["plain_text", "text"]));
  for (const it of textsIn(shown.blocks)) it.text.split("\n").map(requirePrintable);
  if (text.length < 1_000) expect(shown.blocks).toHaveLength(usual.blocks.length);
});

test.each(hostileTexts)("a text that $name is only text in Amazon Q", ({ text }) => {
  const { content, metadata } = JSON.parse(
    snsEntry(sayingEverywhere(text), to("amazon-q")).Message,
  );
  const texts = [content.title, metadata.summary, content.description, ...content.nextSteps];
  for (const line of texts.flatMap((it: string) => it.split("\n"))) {
    requirePrintable(line);
    expect(line).not.toMatch(/[<>`]|\]\(|\]\[|\]:/);
  }
});

test.each(hostileTexts)("a finding with a text that $name is one finding", ({ text }) => {
  const message = sayingEverywhere(text);
  expect(jsonLines(message).split("\n")).toHaveLength(message.notices.length);
  const [first] = asffFindings(message);
  for (const line of textsOf(first)) requirePrintable(line);
});

const inShell = (line: string): readonly string[] =>
  execFileSync("bash", ["-c", `args() { printf '%s\\0' "$@"; }; args ${line}`], {
    encoding: "utf8",
  })
    .split("\0")
    .slice(0, -1);

test("a command that is copied into a shell is the words that it shows, and nothing else", () => {
  const texts = hostileTexts.map(({ text }) => text).filter((it) => /^[ -~\n]{1,300}$/.test(it));
  const actions = texts.map((text) => ({
    kind: "repair" as const,
    control: text,
    request: { function: "invoke" as const, payload: { bucket: text, account: "111122223333" } },
  }));
  const { notices } = complete({ ...news, notices: [{ ...flagged, actions }] }, { desk });
  const commands = (notices[0]?.actions ?? []).map(({ commands: it }) => it);
  const lines = commands.flatMap((it) => [it?.warden ?? "", it?.aws ?? ""]);
  const words = inShell(lines.join(" END "));
  const split = words.join("\0").split("\0END\0");
  for (const [index, text] of texts.entries()) {
    expect(split[index * 2]?.split("\0").slice(0, 3)).toEqual(["warden", "remediate", text]);
    const payload = split[index * 2 + 1]?.split("\0").at(-2) ?? "";
    expect(JSON.parse(payload).bucket).toBe(text);
  }
});

interface Text {
  readonly type: string;
  readonly text: string;
}

/** Every object anywhere that has a `type` and a `text`. */
function textsIn(value: unknown): readonly Text[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(textsIn);
  const isText = "type" in value && "text" in value && typeof value.text === "string";
  return isText ? [value as Text, ...inside] : inside; // both members were checked
}

function textsOf(finding: AsffFinding | undefined): readonly string[] {
  const { Title = "", Description = "" } = finding ?? {};
  return [Title, Description];
}
