import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Held, Plan, PlanStep } from "../model/plan.ts";
import { absent } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import type { Assessment } from "../model/verdict.ts";
import {
  type Facts,
  isPatient,
  judge,
  notLanded,
  pendingControls,
  retryOutcome,
} from "./outcome.ts";

const compliant: Assessment = { kind: "compliant", evidence: "it is right" };
const drift: Assessment = {
  kind: "drift",
  summary: "it drifted",
  allowance: { mode: "automatic" },
  intents: [],
};
const undecided: Assessment = { kind: "undecided", why: "a policy variable" };
const notApplicable: Assessment = { kind: "not-applicable", why: "not here" };

function unread(...reasons: readonly string[]): Assessment {
  const facets = reasons.map((reason) => ({ facet: "policy", reason, detail: "Detail" }) as const);
  return { kind: "unread", facets };
}

function finding(control: string, assessment: Assessment): Finding {
  return { control, mode: "remediate", assessment };
}

function stepOf(...controls: readonly string[]): PlanStep {
  return { document: "policy", on, controls, before: absent, after: { text: "{}" } };
}

const at = "2026-11-20T00:00:00.000Z";

function written(...controls: readonly string[]): Receipt {
  return { kind: "written", step: stepOf(...controls), at };
}

function failed(control: string, retry: boolean): Receipt {
  return { kind: "failed", step: stepOf(control), at, error: `${control} failed`, retry };
}

function skipped(control: string): Receipt {
  return { kind: "skipped", step: stepOf(control), at, why: `${control} changed` };
}

function held(control: string, kind: Held["kind"], more: Partial<Held> = {}): Held {
  return { control, kind, why: `${control} is held`, next: `needs ${control}`, ...more };
}

const waiting = { behind: on };
const passing = { passing: true } as const;

interface Row {
  readonly name: string;
  readonly findings?: readonly Finding[];
  readonly receipts?: readonly Receipt[];
  readonly held?: readonly Held[];
  readonly attempt?: number;
  readonly outcome: Outcome;
}

function factsOf({ findings = [], receipts = [], held: kept = [], attempt = 1 }: Row): Facts {
  const plan: Plan = { on, basedOn: {}, steps: [], held: kept };
  return { plan, receipts, findings, delivery: { attempt, retrySeconds: 3 } };
}

function retry(why: string): Outcome {
  return { kind: "retry", afterSeconds: 3, why };
}

test.each<Row>([
  { name: "nothing was looked at", outcome: { kind: "clean" } },
  {
    name: "all is right or does not apply",
    findings: [finding("a", compliant), finding("b", notApplicable)],
    outcome: { kind: "clean" },
  },
  {
    name: "what was written holds",
    findings: [finding("a", compliant), finding("b", compliant)],
    receipts: [written("a", "b"), written("a")],
    outcome: { kind: "fixed", controls: ["a", "b"] },
  },
  {
    name: "what was written does not show yet",
    findings: [finding("a", drift), finding("b", compliant)],
    receipts: [written("a", "b")],
    outcome: retry("written, but S3 does not show it yet: a"),
  },
  {
    name: "a document changed meanwhile",
    findings: [finding("a", drift)],
    receipts: [skipped("a")],
    outcome: retry("a changed"),
  },
  {
    name: "a write met a passing trouble",
    findings: [finding("a", drift)],
    receipts: [failed("a", true)],
    outcome: retry("a failed"),
  },
  {
    name: "a write was refused",
    findings: [finding("a", drift)],
    receipts: [failed("a", false)],
    outcome: { kind: "blocked", controls: ["a"], needs: "needs a person: a failed" },
  },
  {
    name: "a read was throttled",
    findings: [finding("a", unread("throttled"))],
    outcome: retry("could not read policy (Detail)"),
  },
  {
    name: "a read failed and another was denied",
    findings: [finding("a", unread("denied", "failed"))],
    outcome: retry("could not read policy (Detail), policy (Detail)"),
  },
  {
    name: "a read was denied",
    findings: [finding("a", unread("denied")), finding("b", compliant)],
    outcome: {
      kind: "blocked",
      controls: ["a"],
      needs: "needs every setting to be readable",
    },
  },
  {
    name: "another bucket comes first",
    findings: [finding("a", drift)],
    held: [held("a", "blocked", waiting)],
    outcome: retry("a is held"),
  },
  {
    name: "a document cannot be read right now",
    findings: [finding("a", drift), finding("b", drift)],
    held: [held("b", "blocked"), held("a", "blocked", passing)],
    outcome: retry("a is held"),
  },
  {
    name: "several things need several people, one control twice",
    findings: [finding("a", drift), finding("b", drift), finding("c", unread("denied"))],
    held: [held("a", "blocked"), held("b", "blocked")],
    receipts: [failed("a", false)],
    outcome: {
      kind: "blocked",
      controls: ["a", "b", "c"],
      needs: "needs a; needs b; needs a person: a failed; needs every setting to be readable",
    },
  },
  {
    name: "a person has to approve",
    findings: [finding("a", drift), finding("b", drift)],
    held: [held("a", "approval"), held("b", "flagged")],
    outcome: { kind: "awaiting-approval", controls: ["a"] },
  },
  {
    name: "only a person can repair it, or decide it",
    findings: [finding("a", drift), finding("b", undecided)],
    held: [held("a", "flagged")],
    outcome: { kind: "flagged", controls: ["a", "b"] },
  },
  // E.g. a person asks to apply a control that has no repair for what it found.
  {
    name: "nothing was written for drift, and nothing held back",
    findings: [finding("a", drift), finding("b", compliant)],
    outcome: { kind: "flagged", controls: ["a"] },
  },
  {
    name: "something was fixed and something is left to people",
    findings: [finding("a", compliant), finding("b", drift)],
    receipts: [written("a")],
    held: [held("b", "flagged")],
    outcome: { kind: "flagged", controls: ["b"] },
  },
  {
    name: "what may pass comes before what needs a person",
    findings: [finding("a", drift), finding("b", drift), finding("c", drift)],
    receipts: [failed("a", true)],
    held: [held("b", "blocked"), held("c", "approval")],
    outcome: retry("a failed"),
  },
])("$name: $outcome.kind", (row) => {
  expect(judge(factsOf(row))).toEqual(row.outcome);
});

test("pending is what a later delivery looks at again, and nothing else", () => {
  const facts = factsOf({
    name: "",
    findings: [
      finding("unlanded", drift),
      finding("landed", compliant),
      finding("throttled", unread("throttled")),
      finding("denied", unread("denied")),
      finding("flagged", drift),
    ],
    receipts: [
      written("unlanded", "landed"),
      skipped("stale"),
      failed("conflict", true),
      failed("refused", false),
    ],
    held: [
      held("waiting", "blocked", waiting),
      held("unread", "blocked", passing),
      held("stuck", "blocked"),
      held("flagged", "flagged"),
    ],
    outcome: { kind: "clean" },
  });
  expect([...pendingControls(facts)].sort()).toEqual([
    "conflict",
    "stale",
    "throttled",
    "unlanded",
    "unread",
    "waiting",
  ]);
});

test("a write has landed only when its control is compliant", () => {
  const findings = [
    finding("a", compliant),
    finding("b", undecided),
    finding("c", unread("denied")),
    finding("d", drift),
  ];
  const receipts = [written("a", "b", "c"), failed("d", true), skipped("d")];
  expect(notLanded(receipts, findings)).toEqual(["b", "c"]);
});

// Otherwise it ends in the dead-letter queue, sweep after sweep, and nobody is told of the bucket.
test.each<Row>([
  {
    name: "a read that fails",
    findings: [finding("a", unread("failed"))],
    outcome: { kind: "blocked", controls: ["a"], needs: "needs every setting to be readable" },
  },
  {
    name: "a write that fails",
    findings: [finding("a", drift)],
    receipts: [failed("a", true)],
    outcome: { kind: "blocked", controls: ["a"], needs: "needs a person: a failed" },
  },
  {
    name: "a write that never shows",
    findings: [finding("a", drift)],
    receipts: [written("a")],
    outcome: {
      kind: "blocked",
      controls: ["a"],
      needs: "needs a person: what was written does not hold",
    },
  },
  {
    name: "a document that changes before every write",
    findings: [finding("a", drift)],
    receipts: [skipped("a")],
    outcome: { kind: "flagged", controls: ["a"] },
  },
  {
    name: "a document that cannot be read before a write",
    findings: [finding("a", drift)],
    held: [held("a", "blocked", passing)],
    outcome: { kind: "blocked", controls: ["a"], needs: "needs a" },
  },
  {
    name: "another bucket that does not come",
    findings: [finding("a", drift)],
    held: [held("a", "blocked", waiting)],
    outcome: { kind: "blocked", controls: ["a"], needs: "needs a" },
  },
])("$name is tried in four deliveries, and the fifth tells people", (row) => {
  for (const attempt of [1, 2, 3, 4]) {
    const facts = factsOf({ ...row, attempt });
    expect(judge(facts)).toMatchObject({ kind: "retry" });
    expect([...pendingControls(facts)]).toEqual(["a"]);
  }
  for (const attempt of [5, 6, 1_000]) {
    const facts = factsOf({ ...row, attempt });
    expect(judge(facts)).toEqual(row.outcome);
    expect([...pendingControls(facts)]).toEqual([]);
  }
});

test("what was repaired by the fifth delivery is a repair like any other", () => {
  const row = { name: "", findings: [finding("a", compliant)], receipts: [written("a")] };
  const outcome: Outcome = { kind: "fixed", controls: ["a"] };
  expect(judge(factsOf({ ...row, attempt: 5, outcome }))).toEqual(outcome);
});

test.each([
  { retrySeconds: 3, waits: [3, 6, 12, 24] },
  { retrySeconds: 0.3, waits: [0, 1, 1, 2] },
  { retrySeconds: 0, waits: [0, 0, 0, 0] },
])("after $retrySeconds seconds at first, the waits are $waits", ({ retrySeconds, waits }) => {
  const deliveries = waits.map((_, index) => ({ attempt: index + 1, retrySeconds }));
  expect(deliveries.map((delivery) => retryOutcome(delivery, "SlowDown"))).toEqual(
    waits.map((afterSeconds) => ({ kind: "retry", afterSeconds, why: "SlowDown" })),
  );
  expect(deliveries.every(isPatient)).toBe(true);
});

test("the wait of a retry follows the delivery", () => {
  const facts = factsOf({
    name: "",
    findings: [finding("a", drift)],
    receipts: [skipped("a")],
    attempt: 3,
    outcome: retry("a changed"),
  });
  expect(judge(facts)).toEqual({ kind: "retry", afterSeconds: 12, why: "a changed" });
});
