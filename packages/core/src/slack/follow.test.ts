import { expect, test } from "vitest";
import { mapTable } from "../../../../test/slack/map-table.ts";
import { bucketCalled, messageAbout } from "../../../../test/slack/messages.ts";
import { absent, type LedgerEntry, type SlackDeed } from "../model/index.ts";
import type { SlackContent } from "../notify/index.ts";
import { follow } from "./follow.ts";
import { slackMemoryIn } from "./memory.ts";

const at = { channel: "C1", ts: "ts-1" };
const on = bucketCalled("invoices");
const approve: SlackDeed = {
  kind: "approve",
  on,
  control: "ssl-only",
  approval: "ssl-only/then/old",
};
const press = { id: "r-1", by: { id: "U0ALICE" }, at: "2026-11-21T11:00:00.000Z", ask: approve };
const cause = { kind: "manual", requestId: "r-1", requestedBy: "x", reason: "y" } as const;
const fixed: LedgerEntry = {
  id: "t-1",
  task: { id: "t-1", ref: on, cause, mode: "apply", touches: "all" },
  startedAt: "",
  endedAt: "2026-11-21T11:00:01.000Z",
  findings: [],
  plan: { on, basedOn: {}, steps: [], held: [] },
  receipts: [],
  outcome: { kind: "fixed", controls: ["ssl-only"] },
  announced: true,
  pending: [],
};
const retry: LedgerEntry = { ...fixed, outcome: { kind: "retry", afterSeconds: 3, why: "busy" } };

/** A message with an approval, and a ledger that has these entries one after the other. */
async function room(...entries: readonly (LedgerEntry | undefined)[]) {
  const memory = slackMemoryIn(mapTable());
  const request = { function: "invoke", payload: { approval: "ssl-only/then/old" } } as const;
  const action = {
    kind: "approve",
    control: "ssl-only",
    approval: "ssl-only/then/old",
    request,
  } as const;
  await memory.saveMessage(at, messageAbout("invoices", "e-1", { actions: [action] }));
  const shown: SlackContent[] = [];
  const left = [...entries];
  let now = 0;
  const clock = {
    now: () => now,
    sleep: async (milliseconds: number) => {
      now += milliseconds;
    },
  };
  const board = {
    update: async (_: typeof at, content: SlackContent) => {
      shown.push(content);
    },
  };
  const ledger = { find: async () => (left.length > 1 ? left.shift() : left[0]) };
  return { memory, shown, ports: { memory, board, ledger, clock } };
}

const begun = { kind: "begun", task: "t-1" } as const;
const until = 60_000;

test("a press is shown at once, and its outcome once it is final and people were told", async () => {
  const { ports, shown, memory } = await room(
    undefined,
    retry,
    { ...fixed, announced: false },
    fixed,
  );
  const outcome = await follow({ at, press, begun, until }, ports);
  expect(outcome).toMatchObject({ isDone: true });
  expect(shown).toHaveLength(2);
  expect(JSON.stringify(shown[0])).toContain("in work");
  expect(JSON.stringify(shown[0])).not.toContain("Approve plan");
  expect(JSON.stringify(shown[1])).toContain("done: written, read back, and right");
  expect(await memory.presses(at)).toEqual([{ ...press, outcome }]);
});

test("doing it twice shows the same", async () => {
  const { ports, shown, memory } = await room(fixed);
  await follow({ at, press, begun, until }, ports);
  await follow({ at, press, begun, until }, ports);
  expect(shown[3]).toEqual(shown[1]);
  expect(await memory.presses(at)).toHaveLength(1);
});

test("what takes longer says so, and can be pushed again", async () => {
  const { ports, shown } = await room(retry);
  const outcome = await follow({ at, press, begun, until: 1_000 }, ports);
  expect(outcome).toEqual({
    isDone: false,
    text: "still in work; the history of the bucket shows what comes of it",
  });
  expect(JSON.stringify(shown[1])).toContain("Approve plan");
});

test("what was refused before it began says why", async () => {
  const { ports } = await room();
  const refused = { kind: "refused", why: "there is no ledger entry" } as const;
  expect(await follow({ at, press, begun: refused, until }, ports)).toEqual({
    isDone: false,
    text: "not done: there is no ledger entry",
  });
});

test("presses of several people stand under the message, oldest first", async () => {
  const { ports, shown } = await room(fixed);
  const earlier = { ...press, id: "r-0", at: "2026-11-21T10:00:00.000Z", by: { id: "U0BOB" } };
  await follow({ at, press, begun, until }, ports);
  await follow({ at, press: earlier, begun, until }, ports);
  const users = [...JSON.stringify(shown.at(-1)).matchAll(/"user_id":"(\w+)"/g)];
  expect(users.map(([, user]) => user)).toEqual(["U0BOB", "U0ALICE"]);
});

test("a plan that changed is offered as it is now", async () => {
  const after = { text: '{"Version":"2012-10-17","Statement":[]}' };
  const step = { document: "policy", on, controls: ["ssl-only"], before: absent, after } as const;
  const held = {
    control: "ssl-only",
    kind: "approval",
    why: "the approval is stale",
    next: "look again",
    approval: "ssl-only/then/new",
    wanted: [step],
  } as const;
  const outcome = { kind: "awaiting-approval", controls: ["ssl-only"] } as const;
  const { ports, shown, memory } = await room({
    ...fixed,
    outcome,
    plan: { ...fixed.plan, held: [held] },
  });
  await follow({ at, press, begun, until }, ports);
  const last = JSON.stringify(shown.at(-1));
  expect(last).toContain("not done: the approval is stale; look again");
  expect(last).toContain("ssl-only/then/new");
  expect(last).not.toContain("ssl-only/then/old");
  expect((await memory.message(at))?.proposals).toMatchObject([{ document: "policy" }]);
});

test("a message that is forgotten is not shown anew, and the work goes on", async () => {
  const { ports, shown } = await room(fixed);
  const elsewhere = { channel: "C1", ts: "ts-9" };
  expect(await follow({ at: elsewhere, press, begun, until }, ports)).toMatchObject({
    isDone: true,
  });
  expect(shown).toEqual([]);
});
