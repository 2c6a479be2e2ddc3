import { expect, test } from "vitest";
import type { Contest, Finding, FindingStates } from "../model/finding.ts";
import { absent } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Cause, Task } from "../model/trigger.ts";
import { contestedControls, statesAfter } from "./contest.ts";
import { stateOf } from "./states.ts";

const window = { times: 3, hours: 24 };
const noon = Date.parse("2026-11-21T12:00:00Z");
const hour = 3_600_000;
const at = (hours: number) => new Date(noon + hours * hour).toISOString();

const terraform = { arn: "arn:aws:sts::111122223333:assumed-role/ci/run", type: "AssumedRole" };
const event: Cause = {
  kind: "event",
  eventName: "PutBucketPolicy",
  eventId: "e-1",
  eventTime: at(0),
  actor: terraform,
};

function drift(summary = "plain HTTP works"): Finding {
  const assessment = {
    kind: "drift",
    summary,
    allowance: { mode: "automatic" },
    intents: [],
  } as const;
  return { control: "ssl-only", mode: "remediate", assessment };
}
const right: Finding = {
  control: "ssl-only",
  mode: "remediate",
  assessment: { kind: "compliant", evidence: "proven" },
};

function written(hours: number): Receipt {
  const on = {
    kind: "bucket",
    name: parseBucketName("photos", "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion("eu-west-1", "test"),
  } as const;
  const step = {
    document: "policy",
    on,
    controls: ["ssl-only"],
    before: absent,
    after: { text: "{}" },
  } as const;
  return { kind: "written", step, at: at(hours) };
}

const nothingHeld = { held: [] };

interface Look {
  readonly hours: number;
  readonly finding: Finding;
  readonly fails?: boolean;
  /** A person named the control, so it is written although it is contested. */
  readonly asked?: boolean;
}

/** One reconcile at an hour after noon, and whether it held back. */
function look(known: FindingStates, { hours, finding, fails = false, asked = false }: Look) {
  const now = noon + hours * hour;
  const contested = contestedControls(known, [finding], { ...window, now });
  const repairs = finding.assessment.kind === "drift" && (contested.size === 0 || asked) && !fails;
  const receipts = repairs ? [written(hours)] : [];
  const findings = { before: [finding], after: [repairs ? right : finding] };
  const struggle = {
    ...window,
    now,
    ...findings,
    receipts,
    contested,
    cause: event,
    plan: nothingHeld,
  };
  return { states: statesAfter(known, new Set(), struggle), held: contested.size > 0 };
}

/** Drift at each of these hours; what came of each, and the states in the end. */
function drifts(...hours: readonly number[]) {
  let states: FindingStates = {};
  const held = hours.map((it) => {
    const next = look(states, { hours: it, finding: drift() });
    states = next.states;
    return next.held;
  });
  return { held, states };
}

test("the same drift is repaired three times a day, and not a fourth time", () => {
  expect(drifts(0, 1, 2, 3, 4).held).toEqual([false, false, false, true, true]);
});

test("repairs that are older than the window do not count", () => {
  expect(drifts(0, 1, 2, 24.5).held).toEqual([false, false, false, false]);
});

test("once it is contested, it stays so as long as the drift does", () => {
  expect(drifts(0, 1, 2, 3, 26, 49, 72).held.slice(3)).toEqual([true, true, true, true]);
});

test("it closes by itself when the drift stayed away for a whole window", () => {
  const { states } = drifts(0, 1, 2, 3);
  const away = look(states, { hours: 4, finding: right }).states;
  expect(look(away, { hours: 20, finding: drift() }).held).toBe(true);
  expect(look(away, { hours: 28, finding: drift() }).held).toBe(false);
});

test("it closes when a person has it repaired, and begins anew with that", () => {
  const { states } = drifts(0, 1, 2, 3);
  const decided = look(states, { hours: 4, finding: drift(), asked: true }).states;
  expect(contestIn(decided).repairs.map(({ at }) => at)).toEqual([at(4)]);
  expect(decided["ssl-only"]).toMatchObject(stateOf(right));
  let known = decided;
  const held = [5, 6, 7].map((hours) => {
    const next = look(known, { hours, finding: drift() });
    known = next.states;
    return next.held;
  });
  expect(held).toEqual([false, false, true]);
});

test("it closes also when what a person asked for shows only in a later delivery", () => {
  const { states } = drifts(0, 1, 2, 3);
  const later = {
    ...window,
    now: noon + 4 * hour,
    before: [drift()],
    after: [right],
    receipts: [written(4)],
    contested: new Map(),
    cause: event,
    plan: nothingHeld,
  };
  expect(contestIn(statesAfter(states, new Set(), later)).open).toBeUndefined();
});

test("another drift of the same control is not the same drift coming back", () => {
  const { states } = drifts(0, 1, 2);
  expect(look(states, { hours: 3, finding: drift("only plain GET works") }).held).toBe(false);
});

test("drift that was found but not written does not count", () => {
  let states: FindingStates = {};
  for (const hours of [0, 1, 2, 3]) {
    states = look(states, { hours, finding: drift(), fails: true }).states;
  }
  expect(states["ssl-only"]).toEqual(stateOf(drift()));
});

test("who made the change that was repaired is remembered", () => {
  const { repairs } = contestIn(drifts(0, 1).states);
  const { print } = stateOf(drift());
  expect(repairs).toEqual([
    { at: at(0), print, by: terraform },
    { at: at(1), print, by: terraform },
  ]);
});

test("redelivered work does not count the same write twice", () => {
  const once = look({}, { hours: 0, finding: drift() }).states;
  const again = {
    ...window,
    now: noon,
    before: [drift()],
    after: [right],
    receipts: [written(0)],
    contested: new Map(),
    cause: event,
    plan: nothingHeld,
  };
  const twice = statesAfter(once, new Set(), again);
  expect(contestIn(twice).repairs).toHaveLength(1);
});

test("each write of one document counts, also where one task had to write it again", () => {
  const first = look({}, { hours: 0, finding: drift() }).states;
  const again = {
    ...window,
    now: noon + hour,
    before: [drift()],
    after: [right],
    receipts: [written(0), written(1)],
    contested: new Map(),
    cause: event,
    plan: nothingHeld,
  };
  expect(contestIn(statesAfter(first, new Set(), again)).repairs.map(({ at: it }) => it)).toEqual([
    at(0),
    at(1),
  ]);
});

test("a repair that takes two documents counts once", () => {
  const other = { ...written(0.1), step: { ...written(0.1).step, document: "versioning" } };
  const both = {
    ...window,
    now: noon + hour,
    before: [drift()],
    after: [right],
    // Only the name of the document counts.
    receipts: [written(0), other as Receipt],
    contested: new Map(),
    cause: event,
    plan: nothingHeld,
  };
  expect(contestIn(statesAfter({}, new Set(), both)).repairs).toHaveLength(1);
});

test("defect: a write that was gone before it was proved counts for the next delivery", () => {
  const { states } = drifts(0, 1);
  // Nothing else of a task counts.
  const task = { cause: event } as Task;
  const earlier = { task, findings: [drift()], receipts: [written(2)] };
  const now = { ...window, now: noon + 2 * hour };
  expect(contestedControls(states, [drift()], now).size).toBe(0);
  const contested = contestedControls(states, [drift()], now, earlier);
  const counted = { repairs: [at(0), at(1), at(2)].map((it) => ({ at: it, by: terraform })) };
  expect(contested.get("ssl-only")).toMatchObject(counted);

  const findings = { before: [drift()], after: [drift()], receipts: [written(2)] };
  const struggle = { ...now, ...findings, contested, cause: event, plan: nothingHeld };
  const after = contestIn(statesAfter(states, new Set(), struggle));
  expect(after).toMatchObject({ ...counted, open: { since: at(2) } });
});

test("a write of an earlier delivery that is remembered already does not count twice", () => {
  const { states } = drifts(0, 1);
  // Nothing else of a task counts.
  const task = { cause: event } as Task;
  const earlier = { task, findings: [drift()], receipts: [written(1)] };
  const now = { ...window, now: noon + 2 * hour };
  expect(contestedControls(states, [drift()], now, earlier).size).toBe(0);
  expect(contestedControls({}, [drift()], now, earlier).size).toBe(0);
});

test("that nothing is written any more is news once", () => {
  const prints = (hours: readonly number[]) => drifts(...hours).states["ssl-only"]?.print;
  expect(prints([0, 1, 2, 3])).not.toBe(stateOf(drift()).print);
  expect(prints([0, 1, 2, 3, 4])).toBe(prints([0, 1, 2, 3]));
});

test("that a guard rail holds a drift back is news once, and that it does not is news again", () => {
  const held = { control: "ssl-only", kind: "blocked", why: "", next: "" } as const;
  const guarded = { held: [{ ...held, guard: "write-budget" as const }] };
  const print = (plan: Parameters<typeof statesAfter>[2]["plan"]) => {
    const found = { before: [drift()], after: [drift()], receipts: [], contested: new Map() };
    return statesAfter({}, new Set(), { ...window, now: noon, ...found, cause: event, plan })[
      "ssl-only"
    ]?.print;
  };
  expect(print(guarded)).not.toBe(print({ held: [held] }));
  expect(print(guarded)).toBe(print(guarded));
  expect(print({ held: [held] })).toBe(print(nothingHeld));
});

test("a control that was not judged this time keeps its memory", () => {
  const { states } = drifts(0, 1, 2, 3);
  const nothing = {
    before: [],
    after: [],
    receipts: [],
    contested: new Map(),
    cause: event,
    plan: nothingHeld,
  };
  const later = { ...window, now: noon + 4 * hour, ...nothing };
  expect(statesAfter(states, new Set(), later)).toEqual(states);
});

test("a control that never drifted remembers nothing", () => {
  expect(look({}, { hours: 0, finding: right }).states).toEqual({ "ssl-only": stateOf(right) });
});

function contestIn(states: FindingStates): Contest {
  const contest = states["ssl-only"]?.contest;
  if (contest === undefined) throw new Error("nothing is remembered");
  return contest;
}
