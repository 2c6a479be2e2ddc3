import { expect, test } from "vitest";
import { alarm, desk, news, usualTopic } from "../../../../test/notify/messages.ts";
import { burstOf } from "./burst.ts";
import { complete } from "./complete.ts";
import type { Message, Notice } from "./message.ts";
import type { TopicDestination } from "./routes.ts";
import { snsEntry } from "./sns-entry.ts";

const to = (format: TopicDestination["format"]): TopicDestination => ({
  kind: "topic",
  topic: usualTopic,
  format,
});
const whole = complete(news, { desk, runbook: "https://wiki.example.com/s3/{control}" });
const burst = burstOf([news, { ...news, id: "t-2" }], "2026-11-20T10:20:00.000Z");

/** Mail as SNS gets it, with JSON inside JSON opened up for people. */
function readable(mail: Parameters<typeof snsEntry>[0], format: TopicDestination["format"]) {
  const { Message: body, ...entry } = snsEntry(mail, to(format));
  const opened = format === "warden" ? openedUp(body) : body;
  return `${JSON.stringify(entry, undefined, 2)}\n\n${opened}\n`;
}

function openedUp(body: string): string {
  const { default: json, email } = JSON.parse(body);
  return `${JSON.stringify(JSON.parse(json), undefined, 2)}\n\n${email}`;
}

test.each([
  ["news", whole],
  ["alarm", complete(alarm, { desk })],
  ["burst", burst],
])("what subscribers of a topic get of %s", async (name, mail) => {
  await expect(readable(mail, "warden")).toMatchFileSnapshot(`golden/sns-${name}.txt`);
});

test("what Amazon Q Developer gets of news and of a burst", async () => {
  for (const [name, mail] of [["news", whole] as const, ["burst", burst] as const]) {
    const { Message: body, MessageStructure } = snsEntry(mail, to("amazon-q"));
    expect(MessageStructure).toBeUndefined();
    const shown = `${JSON.stringify(JSON.parse(body), undefined, 2)}\n`;
    await expect(shown).toMatchFileSnapshot(`golden/amazon-q-${name}.txt`);
  }
});

test("a topic for one Slack channel says so", () => {
  const entry = snsEntry(news, { ...to("warden"), slackChannel: "C0123456789" });
  expect(entry.MessageAttributes["slackChannel"]).toEqual({
    DataType: "String",
    StringValue: "C0123456789",
  });
});

const forged: Notice = {
  kind: "flagged",
  control: "ssl-only",
  saw: "<!channel> & <https://evil.example|click> @here",
  did: "nothing\nFIXED everything",
  next: "look at it",
};

test("text of strangers pings nobody in a chat, links nowhere and forges no line", () => {
  const { Message: body } = snsEntry({ ...news, notices: [forged] }, to("amazon-q"));
  const { description } = JSON.parse(body).content;
  expect(description).not.toContain("<");
  expect(description).toContain("&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;");
  expect(description.split("\n")).toHaveLength(4);
});

/** As long as a bucket policy may be, in lines full of quotes. */
const lines = Array.from({ length: 700 }, () => '+  "Resource": "arn:aws:s3:::x"');
const change = { document: "policy", controls: ["ssl-only"], diff: lines };
const fixes = (["Terraform", "CloudFormation", "AWS CDK", "SST"] as const).map((tool) => ({
  tool,
  lines,
}));
const most = 262_144;

function published(message: Message): { readonly bytes: number; readonly sent: Message } {
  const { Message: body } = snsEntry(message, to("warden"));
  return { bytes: Buffer.byteLength(body), sent: JSON.parse(JSON.parse(body).default) };
}

test("a message that fits is sent whole", () => {
  const fitting = { ...news, changes: [change] };
  expect(published(fitting).sent).toEqual(fitting);
});

const [notice = forged] = news.notices;

test.each<{ what: string; long: Message }>([
  { what: "what was written", long: { ...news, changes: Array(6).fill(change) } },
  { what: "what waits for approval", long: { ...news, proposals: Array(6).fill(change) } },
  {
    what: "code for every tool",
    long: {
      ...news,
      notices: [
        { ...notice, fixes },
        { ...notice, fixes },
      ],
    },
  },
  {
    what: "impact",
    long: { ...news, notices: [{ ...notice, impact: Array(9).fill(lines).flat() }] },
  },
  {
    what: "what was seen",
    long: { ...news, notices: [{ ...notice, saw: lines.join().repeat(9) }] },
  },
])("a message whose $what would be too long for SNS is shortened, not lost", ({ long }) => {
  const { bytes, sent } = published(long);
  expect(bytes).toBeLessThan(most);
  const { saw: _, ...rest } = notice;
  expect(sent.notices[0]).toMatchObject(rest);
  expect(JSON.stringify(sent)).toContain("too long for a message");
});

test("a burst of thousands of buckets fits, and names some", () => {
  const many = Array.from({ length: 5_000 }, (_, index) => ({ ...news, id: `t-${index}` }));
  const bulletin = burstOf([news, ...many], "2026-11-20T10:20:00.000Z");
  expect(Buffer.byteLength(snsEntry(bulletin, to("warden")).Message)).toBeLessThan(most);
});
