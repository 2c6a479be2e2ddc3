import { type NoticeKind, resourceName } from "@bucket-warden/core/model";
import {
  type Bulletin,
  diffView,
  type Message,
  type NextAction,
  type Notice,
  type Press,
  refusalView,
  type SlackContent,
  slackContent,
  type View,
  waiverView,
} from "@bucket-warden/core/notify";
import { startSlack } from "@bucket-warden/sandbox";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { bucketCalled, messageAbout } from "../slack/messages.ts";

const slack = await startSlack();
afterAll(() => slack.stop());

const on = bucketCalled("invoices");
const markup = fc.constantFrom(
  "<!channel>",
  "<@U0BOSS>",
  "<https://evil.example|AWS>",
  "*bold* _sly_ ~gone~ `code`",
  "```\n<!here>\n```",
  "&lt;!everyone&gt; & co",
  "",
  "x".repeat(4_000),
  "\u202egpj.exe",
);
const text = fc.oneof(markup, fc.string({ unit: "binary", maxLength: 60 }), markup);
const texts = fc.array(text, { maxLength: 12 });
const lines = fc.oneof(texts, fc.constant(Array.from({ length: 500 }, () => "+ <!channel>")));
const controls = fc.array(text, { maxLength: 3 });
const changes = fc.array(fc.record({ document: text, controls, diff: lines }), { maxLength: 6 });

const kinds: readonly NoticeKind[] = ["flagged", "approval-wanted", "fixed", "contested", "alarm"];
const request = { function: "invoke", payload: {} } as const;
const action = fc.tuple(text, fc.nat(3)).map(([it, which]): NextAction => {
  // S3 and our own ids bound what these hold; see the limits of a value in Block Kit.
  const control = it.slice(0, 60);
  const all: readonly NextAction[] = [
    { kind: "approve", control, approval: control, request, commands: { aws: it } },
    { kind: "waive", control, days: 7, request },
    { kind: "undo", entry: control, request, commands: { aws: it, warden: it } },
    { kind: "history", entry: control, request },
  ];
  return all[which] ?? { kind: "waive", control, days: 1, request };
});
const notice = fc.record({
  kind: fc.constantFrom(...kinds),
  control: text,
  saw: text,
  did: text,
  next: text,
  witness: text,
  impact: texts,
  conflicts: lines,
  runbook: text,
  fixes: fc.array(fc.record({ tool: fc.constant("SST" as const), lines }), { maxLength: 2 }),
  actions: fc.uniqueArray(action, { maxLength: 4, selector: ({ kind }) => kind }),
}) satisfies fc.Arbitrary<Notice>;
const cause = fc.record({
  kind: fc.constant("manual" as const),
  requestId: text,
  requestedBy: text,
  reason: text,
});
const message = fc
  .record({
    notices: fc.array(notice, { minLength: 1, maxLength: 15 }),
    accountName: text,
    cause,
    changes,
    proposals: changes,
  })
  .map((parts): Message => ({ ...messageAbout("invoices", "e-1"), ...parts }));
const press = fc.record({ reason: text, outcome: text, control: text }).map(
  ({ reason, outcome, control }): Press => ({
    id: "r-1",
    by: { id: "U0ALICE", name: reason },
    at: "2026-11-21T11:00:00.000Z",
    ask: { kind: "waive", on, control, days: 7 },
    reason,
    outcome: { isDone: false, text: outcome },
  }),
);
const bulletin = fc
  .record({ title: text, sections: fc.array(fc.record({ title: text, lines }), { maxLength: 60 }) })
  .map((parts): Bulletin => {
    const least = { kind: "burst", id: "b-1", at: "2026-11-21T10:15:00.000Z" } as const;
    return { ...least, severity: "info", controls: [], outcomes: [], ...parts };
  });

async function call(method: string, given: object): Promise<unknown> {
  const response = await fetch(`${slack.apiUrl}${method}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${slack.token}` },
    body: JSON.stringify(given),
  });
  return response.json();
}

/** Posts it, and gives whatever it does beyond showing text. */
async function effectsOf(content: SlackContent): Promise<readonly string[]> {
  const answer = await call("chat.postMessage", { channel: slack.channel, ...content });
  expect(answer).toMatchObject({ ok: true });
  const posted = slack.workspace.messages.at(-1);
  return posted === undefined ? [] : slack.effects(posted);
}

async function open(view: View): Promise<unknown> {
  const trigger = `t-${slack.workspace.triggers.size}-${slack.workspace.views.length}`;
  slack.workspace.triggers.set(trigger, { user: "U0ALICE", until: Number.POSITIVE_INFINITY });
  return call("views.open", { trigger_id: trigger, view });
}

test("Slack takes every message, and shows what others wrote in it as it is", async () => {
  const property = fc.asyncProperty(
    message,
    fc.array(press, { maxLength: 8 }),
    fc.boolean(),
    async (it, presses, buttons) => {
      const effects = await effectsOf(slackContent(it, { buttons, presses }));
      const mentions = presses.slice(-5).map(() => "<@U0ALICE>");
      expect(effects.filter((one) => !one.startsWith("https://"))).toEqual(mentions);
    },
  );
  await fc.assert(property, { numRuns: 60 });
});

test("Slack takes every bulletin", async () => {
  const property = fc.asyncProperty(bulletin, async (it) => {
    expect(await effectsOf(slackContent(it, { buttons: true }))).toEqual([]);
  });
  await fc.assert(property, { numRuns: 30 });
});

test("Slack takes every form", async () => {
  const property = fc.asyncProperty(
    changes,
    text,
    fc.integer({ min: 1, max: 3_650 }),
    async (was, why, days) => {
      const control = why.slice(0, 100);
      const ask = { kind: "waive", on, control, days } as const;
      const at = { channel: slack.channel, ts: "1.1" };
      for (const view of [
        diffView(on, { was, wouldBe: was }),
        refusalView(why),
        waiverView(ask, at),
      ]) {
        expect(await open(view)).toMatchObject({ ok: true });
      }
    },
  );
  await fc.assert(property, { numRuns: 40 });
});

test("what the name of a bucket could hold of old fits into every button", async () => {
  const name = "a".repeat(255);
  const approve = {
    kind: "approve",
    control: "account-public-access",
    approval: "x".repeat(120),
    request,
  } as const;
  const undo = { kind: "undo", entry: "e".repeat(64), request } as const;
  const old = messageAbout(name, "e-1", {
    actions: [approve, undo, { kind: "waive", control: "x", days: 7, request }],
  });
  expect(resourceName(old.on)).toBe(name);
  expect(await effectsOf(slackContent(old, { buttons: true }))).toEqual([]);
});
