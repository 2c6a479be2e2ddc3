import { expect, test } from "vitest";
import { invoices as on } from "../../../../../test/controls/readings.ts";
import type { Bulletin } from "../bulletin.ts";
import type { Message, Notice } from "../message.ts";
import type { Block } from "./block-kit.ts";
import { slackContent } from "./content.ts";
import type { Press } from "./press.ts";

const approval = "ssl-only/2026-11-24T10:15:00.000Z/4f0c";
const invoke = (payload: object) => ({ function: "invoke", payload: { ...payload } }) as const;
const history = {
  kind: "history",
  entry: "e-1",
  request: { function: "history", payload: { bucket: "invoices" } },
  commands: { aws: "aws lambda invoke history", warden: "warden history invoices" },
} as const;

const wanted: Notice = {
  kind: "approval-wanted",
  control: "ssl-only",
  news: "new",
  saw: "plain HTTP is not denied",
  did: "nothing was written: the bucket serves a website",
  next: "approve just this plan",
  witness: "s3:GetObject by anybody over HTTP",
  impact: ["Readers of the website over HTTP.", "Clients before TLS."],
  who: {
    kind: "known",
    eventName: "DeleteBucketPolicy",
    eventId: "ev-1",
    eventTime: "2026-11-21T10:14:00Z",
    actor: { arn: "arn:aws:iam::111122223333:user/mallory", type: "IAMUser", userAgent: "aws-cli" },
  },
  runbook: "https://wiki.example.com/s3#ssl-only",
  actions: [
    {
      kind: "approve",
      control: "ssl-only",
      approval,
      request: invoke({ approval }),
      commands: { aws: 'aws lambda invoke --payload \'{"approval":"…"}\'' },
    },
    { kind: "waive", control: "ssl-only", days: 7, request: { function: "invoke", payload: {} } },
    history,
  ],
};

const fixed: Notice = {
  kind: "fixed",
  control: "versioning",
  saw: "versioning is suspended",
  did: "wrote the versioning, read it back, and it is right",
  next: "",
  actions: [
    {
      kind: "undo",
      entry: "e-1",
      request: invoke({ undo: "e-1" }),
      commands: { aws: "aws lambda invoke undo", warden: "warden undo e-1" },
    },
    history,
  ],
};

const contested: Notice = {
  kind: "contested",
  control: "cors",
  saw: "any origin may read; it came back 3 times",
  did: "nothing was written: somebody writes another value",
  next: "agree with whoever writes it",
  fixes: [
    { tool: "Terraform", lines: ['resource "aws_s3_bucket_cors_configuration" "it" {', "}"] },
    { tool: "SST", lines: ["cors: false"] },
  ],
  conflicts: ["rules.0.AllowedOrigins", "  before  []"],
};

const message: Message = {
  id: "e-1",
  on,
  accountName: "billing",
  cause: { kind: "sweep", sweepId: "s-1" },
  at: "2026-11-21T10:15:00.000Z",
  notices: [wanted, fixed],
  changes: [{ document: "versioning", controls: ["versioning"], diff: ["-Suspended", "+Enabled"] }],
  proposals: [
    { document: "policy", controls: ["ssl-only"], diff: ['+  "Sid": "BucketWardenSslOnly"'] },
  ],
};

const alice = { id: "U0ALICE", name: "alice" };
const approved: Press = {
  id: "r-1",
  by: alice,
  at: "2026-11-21T11:00:00.000Z",
  ask: { kind: "approve", on, control: "ssl-only", approval },
};
const waived: Press = {
  id: "r-2",
  by: { id: "W0BOB" },
  at: "2026-11-21T11:05:00.000Z",
  ask: { kind: "waive", on, control: "ssl-only", days: 7 },
  reason: "a migration",
  outcome: { isDone: true, text: "waived until 2026-11-28T11:05:00.000Z" },
};

const bulletin: Bulletin = {
  kind: "burst",
  id: "b-1",
  at: "2026-11-21T10:15:00.000Z",
  severity: "warning",
  title: "500 news of account 111122223333",
  controls: ["versioning", "ssl-only"],
  outcomes: ["flagged", "fixed"],
  sections: [
    { title: "flagged versioning (300)", lines: ["photos-1", "photos-2"] },
    { title: "fixed ssl-only (200)", lines: ["invoices <!channel> & *co*"] },
  ],
};

test.each([
  { name: "approval", content: slackContent(message, { buttons: true }) },
  {
    name: "pressed",
    content: slackContent(message, { buttons: true, presses: [approved, waived] }),
  },
  { name: "without-buttons", content: slackContent(message, { buttons: false }) },
  {
    name: "contested",
    content: slackContent(
      { ...message, notices: [contested], changes: [], proposals: [] },
      { buttons: true },
    ),
  },
  { name: "bulletin", content: slackContent(bulletin, { buttons: true }) },
])("the content for $name", async ({ name, content }) => {
  const text = `${JSON.stringify(content, undefined, 2)}\n`;
  await expect(text).toMatchFileSnapshot(`golden/${name}.txt`);
});

const hostile = "<!channel> <@U0BOSS> <https://evil.example|AWS> *bold* `code` ```\u202e\n& end";

test("what others chose stands only where Slack shows it as it is", () => {
  const { runbook: _, ...unlinked } = wanted;
  const evil: Message = {
    ...message,
    accountName: hostile,
    cause: { kind: "manual", requestId: "r", requestedBy: hostile, reason: hostile },
    notices: [
      {
        ...unlinked,
        saw: hostile,
        did: hostile,
        next: hostile,
        witness: hostile,
        impact: [hostile],
      },
      { ...contested, conflicts: [hostile], fixes: [{ tool: "SST", lines: [hostile] }] },
    ],
    changes: [{ document: "policy", controls: ["ssl-only"], diff: [`+ ${hostile}`] }],
  };
  const presses = [{ ...waived, by: { id: "U1", name: hostile }, reason: hostile }];
  const { text, blocks } = slackContent(evil, { buttons: true, presses });
  expect(text).not.toMatch(/[<>]/);
  const types = new Set(textsIn(blocks).map(({ type }) => type));
  expect(types).toEqual(new Set(["plain_text", "text"]));
  expect(textsIn(blocks).some(({ text: it }) => it.includes("\u202e"))).toBe(false);
});

test("a runbook that is no web page is shown as text", () => {
  const runbook = "javascript:alert(1)";
  const { blocks } = slackContent(
    { ...message, notices: [{ ...fixed, runbook }] },
    { buttons: true },
  );
  expect(JSON.stringify(blocks)).not.toContain('"type":"link"');
  expect(JSON.stringify(blocks)).toContain(runbook);
});

test("the name of a message is escaped where Slack reads it as markup", () => {
  const control = "a<b>&c *d* _e_ f_g";
  expect(
    slackContent({ ...message, notices: [{ ...fixed, control }] }, { buttons: true }).text,
  ).toBe("Fixed: invoices (a&lt;b&gt;&amp;c  d   e  f_g)");
});

test("however long a message is, it stays within what Slack takes", () => {
  const long = "x".repeat(5_000);
  const lines = Array.from({ length: 2_000 }, (_, line) => `+ ${line} ${"y".repeat(200)}`);
  const big: Notice = {
    ...wanted,
    saw: long,
    did: long,
    next: long,
    witness: long,
    conflicts: lines,
  };
  const huge: Message = {
    ...message,
    notices: Array.from({ length: 40 }, () => big),
    changes: Array.from({ length: 9 }, () => ({
      document: "policy",
      controls: [long],
      diff: lines,
    })),
    proposals: Array.from({ length: 9 }, () => ({ document: "cors", controls: [], diff: [long] })),
  };
  const presses = Array.from({ length: 30 }, () => ({ ...waived, reason: long }));
  for (const buttons of [true, false]) {
    const { text, blocks } = slackContent(huge, { buttons, presses });
    expect(text.length).toBeLessThanOrEqual(1_500);
    expect(blocks.length).toBeLessThanOrEqual(50);
    const lengths = textsIn(blocks).map((it) => it.text.length);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(3_000);
    expect(lengths.reduce((sum, length) => sum + length, 0)).toBeLessThan(20_000);
    expect(JSON.stringify(blocks)).toContain("… and 30 more: see the ledger entry");
  }
});

test.each([
  { name: "while it is in work", outcome: undefined, left: ["Show diff"] },
  { name: "once it is done", outcome: { isDone: true, text: "done" }, left: ["Show diff"] },
  {
    name: "but stays where it was not done",
    outcome: { isDone: false, text: "not done: stale" },
    left: ["Approve plan", "Waive 7 days", "Show diff"],
  },
])("a button goes $name", ({ outcome, left }) => {
  const press: Press = outcome === undefined ? approved : { ...approved, outcome };
  const { blocks } = slackContent(
    { ...message, notices: [wanted] },
    { buttons: true, presses: [press] },
  );
  expect(buttonsIn(blocks)).toEqual(left);
});

test("a press leaves the buttons of other controls", () => {
  const { blocks } = slackContent(message, { buttons: true, presses: [approved] });
  expect(buttonsIn(blocks)).toEqual(["Show diff", "Undo", "Show diff"]);
});

function buttonsIn(blocks: readonly Block[]): readonly string[] {
  return blocks.flatMap((block) =>
    block.type === "actions" ? block.elements.map(({ text }) => text.text) : [],
  );
}

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
