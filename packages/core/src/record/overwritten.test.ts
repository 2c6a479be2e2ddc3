import { expect, test } from "vitest";
import { invoices as ref } from "../../../../test/controls/readings.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { FindingStates } from "../model/finding.ts";
import type { PlanStep } from "../model/plan.ts";
import { absent, present } from "../model/reading.ts";
import type { Cause, PolicyClaim, Task } from "../model/trigger.ts";
import { type OverwrittenEdit, overwrittenEdit } from "./overwritten.ts";

const text = (sid: string) => `{"Version":"2012-10-17","Statement":[{"Sid":"${sid}"}]}`;
const put = (sid: string): PolicyClaim => ({ kind: "put", text: text(sid) });
const policy = (sid: string) => present({ text: text(sid) });
const [base, ours, theirs] = [policy("base"), policy("ours"), put("theirs")];

/** Seconds of one minute. */
const at = (second: number) =>
  new Date(Date.UTC(2026, 10, 20, 10, 15) + second * 1_000).toISOString();
const eventAt = (second: number): Cause => ({
  kind: "event",
  eventName: "PutBucketPolicy",
  eventId: "e-1",
  eventTime: at(second).replace(".000", ""),
  actor: { arn: "arn:aws:iam::111122223333:user/eve", type: "IAMUser" },
});
const sweep: Cause = { kind: "sweep", sweepId: "s-1" };

function taskOf(id: string, cause: Cause, claim?: PolicyClaim): Task {
  const said = claim === undefined ? {} : { claim };
  return { id, ref, cause, mode: "apply", touches: ["policy"], ...said };
}

const step = (before: PlanStep["before"], after: { text: string }) =>
  ({ document: "policy", on: ref, controls: ["ssl-only"], before, after }) as PlanStep;

/** An entry that wrote at 10.4 s, and ended at 10.8 s. */
function entry(task: Task, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const written = { kind: "written", step: step(base, ours.value), at: at(10.4) } as const;
  return {
    id: task.id,
    task,
    startedAt: at(10.2),
    endedAt: at(10.8),
    findings: [],
    plan: { on: ref, basedOn: { policy: base.fingerprint }, steps: [], held: [] },
    receipts: [written],
    outcome: { kind: "fixed", controls: ["ssl-only"] },
    announced: true,
    pending: [],
    ...changes,
  };
}

/** An entry of some seconds before, which saw the policy and left it alone. */
const looked = (saw: string): LedgerEntry =>
  entry(taskOf("older", sweep), {
    startedAt: at(2),
    endedAt: at(3),
    receipts: [],
    plan: { on: ref, basedOn: { policy: saw }, steps: [], held: [] },
  });

const repairAt = (time: string): FindingStates => ({
  "ssl-only": {
    kind: "compliant",
    print: "right",
    contest: { repairs: [{ at: time, print: "drift" }] },
  },
});

interface World {
  readonly entries: readonly LedgerEntry[];
  readonly task?: Task;
  readonly now?: Parameters<typeof overwrittenEdit>[0]["policy"];
  readonly known?: FindingStates;
  readonly wasUndone?: boolean;
}

function find({ entries, ...world }: World): Promise<OverwrittenEdit | undefined> {
  const { task = taskOf("theirs", eventAt(10), theirs), now = ours, wasUndone = false } = world;
  const { known = repairAt(at(10.4)) } = world;
  const entriesOf = async function* () {
    yield* entries;
  };
  return overwrittenEdit({ task, policy: now, known, wasUndone }, { entriesOf });
}

const caused = entry(taskOf("ours", eventAt(7), put("base")));
const found = { claim: theirs, base, by: "ours", isCertain: true };

test("an edit in the second of our write, made after what our write was for, was overwritten", async () => {
  expect(await find({ entries: [caused] })).toEqual(found);
});

test.each<{ name: string; world: World }>([
  {
    name: "an earlier look had seen it",
    world: { entries: [entry(taskOf("ours", sweep)), looked(base.fingerprint)] },
  },
  {
    name: "an earlier write of ours had left it",
    world: {
      entries: [
        entry(taskOf("ours", sweep)),
        entry(taskOf("older", sweep), {
          endedAt: at(3),
          receipts: [{ kind: "written", step: step(absent, base.value), at: at(2) }],
        }),
      ],
    },
  },
  {
    name: "its before-image was stored before the second of the call",
    world: {
      entries: [entry(taskOf("ours", sweep))],
      task: taskOf("theirs", eventAt(11), theirs),
      known: repairAt(at(10.4)),
    },
  },
])("what our write was for is older, because $name", async ({ world }) => {
  const last = world.entries[0] && { ...world.entries[0], endedAt: at(11.2) };
  const entries = last === undefined ? [] : [last, ...world.entries.slice(1)];
  expect(await find({ ...world, entries })).toEqual(found);
});

test.each<{ name: string; world: World }>([
  { name: "came in the same second", world: { entries: [entry(taskOf("ours", eventAt(10)))] } },
  {
    name: "is not what our event left",
    world: { entries: [entry(taskOf("ours", eventAt(7), put("other")))] },
  },
  {
    name: "was seen otherwise before",
    world: { entries: [entry(taskOf("ours", sweep)), looked("another print")] },
  },
  {
    name: "is that of a call a second before our write, by clocks that may differ",
    world: { entries: [caused], task: taskOf("theirs", eventAt(9), theirs) },
  },
  {
    name: "was changed again by somebody",
    world: { entries: [caused], now: policy("somebody's") },
  },
])("it cannot be told whether it was overwritten where the policy $name", async ({ world }) => {
  expect(await find(world)).toEqual({ ...found, isCertain: false });
});

test.each<{ name: string; world: World }>([
  { name: "nothing was written", world: { entries: [] } },
  { name: "it is there", world: { entries: [caused], now: policy("theirs") } },
  {
    name: "our write was made for it",
    world: { entries: [caused], task: taskOf("theirs", eventAt(10), put("base")) },
  },
  {
    name: "it is our own write",
    world: {
      entries: [caused],
      now: policy("later"),
      task: taskOf("theirs", eventAt(10), put("ours")),
    },
  },
  {
    name: "our write came long before",
    world: { entries: [caused], task: taskOf("theirs", eventAt(40), theirs) },
  },
  {
    name: "our write came long after",
    world: { entries: [caused], task: taskOf("theirs", eventAt(5), theirs) },
  },
  {
    name: "its own task wrote",
    world: { entries: [{ ...caused, id: "theirs" }] },
  },
  {
    name: "nothing was repaired at that time",
    world: { entries: [caused], known: repairAt("2026-11-20T09:15:10.000Z") },
  },
  {
    name: "the record has no time",
    world: {
      entries: [caused],
      task: taskOf("theirs", { ...eventAt(10), eventTime: "" } as Cause, theirs),
    },
  },
  { name: "no call tells", world: { entries: [caused], task: taskOf("theirs", sweep, theirs) } },
  {
    name: "the call was about something else",
    world: { entries: [caused], task: taskOf("theirs", eventAt(10)) },
  },
  {
    name: "the policy that they removed was not there for us either",
    world: {
      entries: [
        entry(taskOf("ours", sweep), {
          receipts: [{ kind: "written", step: step(absent, ours.value), at: at(10.4) }],
        }),
      ],
      task: taskOf("theirs", eventAt(10), { kind: "removed" }),
    },
  },
])("nothing was overwritten where $name", async ({ world }) => {
  expect(await find(world)).toBeUndefined();
});

test("a removal and a call that shows nothing may be overwritten too", async () => {
  for (const claim of [{ kind: "removed" }, { kind: "unseen" }] as const) {
    const task = taskOf("theirs", eventAt(10), claim);
    expect(await find({ entries: [caused], task })).toEqual({ ...found, claim });
  }
});

test("an undo is a write of ours that no finding tells of", async () => {
  expect(await find({ entries: [caused], known: {}, wasUndone: true })).toEqual(found);
});

test("what later writes of ours left is traced back", async () => {
  const later = entry(taskOf("later", sweep), {
    startedAt: at(12),
    endedAt: at(13),
    receipts: [{ kind: "written", step: step(ours, policy("more").value), at: at(12.5) }],
  });
  expect(await find({ entries: [later, caused], now: policy("more") })).toEqual(found);
});
