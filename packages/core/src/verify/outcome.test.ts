import { expect, test } from "vitest";
import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Held, Plan, PlanStep } from "../model/plan.ts";
import { absent } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Assessment } from "../model/verdict.ts";
import { type Facts, judge, notLanded, pendingControls } from "./outcome.ts";

const on = {
  kind: "bucket",
  name: parseBucketName("invoices", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
} as const;

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

function written(...controls: readonly string[]): Receipt {
  return { kind: "written", step: stepOf(...controls), at: "2026-11-20T00:00:00.000Z" };
}

function failed(control: string, retry: boolean): Receipt {
  return { kind: "failed", step: stepOf(control), error: `${control} failed`, retry };
}

function skipped(control: string): Receipt {
  return { kind: "skipped", step: stepOf(control), why: `${control} changed` };
}

function held(control: string, kind: Held["kind"], behind = false): Held {
  const why = `${control} is held`;
  return { control, kind, why, next: `needs ${control}`, ...(behind ? { behind: on } : {}) };
}

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
  return { plan, receipts, findings, attempt };
}

function retry(why: string): Outcome {
  return { kind: "retry", afterSeconds: expect.any(Number), why };
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
      needs: "needs permission to read every setting",
    },
  },
  {
    name: "another bucket comes first",
    findings: [finding("a", drift)],
    held: [held("a", "blocked", true)],
    attempt: 3,
    outcome: retry("a is held"),
  },
  {
    name: "another bucket did not come in time",
    findings: [finding("a", drift)],
    held: [held("a", "blocked", true)],
    attempt: 4,
    outcome: { kind: "blocked", controls: ["a"], needs: "needs a" },
  },
  {
    name: "several things need several people, one control twice",
    findings: [finding("a", drift), finding("b", drift), finding("c", unread("denied"))],
    held: [held("a", "blocked"), held("b", "blocked")],
    receipts: [failed("a", false)],
    outcome: {
      kind: "blocked",
      controls: ["a", "b", "c"],
      needs: "needs a; needs b; needs a person: a failed; needs permission to read every setting",
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
    held: [held("waiting", "blocked", true), held("stuck", "blocked"), held("flagged", "flagged")],
    outcome: { kind: "clean" },
  });
  expect([...pendingControls(facts)].sort()).toEqual([
    "conflict",
    "stale",
    "throttled",
    "unlanded",
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
  expect(notLanded({ receipts, findings })).toEqual(["b", "c"]);
});

// E.g. a person asks to apply a control that has no repair for what it found.
test.fails("drift for which nothing was written and nothing held is not clean", () => {
  const row = { name: "", findings: [finding("a", drift)], outcome: { kind: "clean" } } as const;
  expect(judge(factsOf(row)).kind).not.toBe("clean");
});

// Otherwise it ends in the dead-letter queue, sweep after sweep, and nobody is told of the bucket.
test.fails.each<{ name: string; findings: Finding[]; receipts?: Receipt[] }>([
  { name: "a read that fails", findings: [finding("a", unread("failed"))] },
  { name: "a write that fails", findings: [finding("a", drift)], receipts: [failed("a", true)] },
  { name: "a write that never shows", findings: [finding("a", drift)], receipts: [written("a")] },
])("$name again and again ends with a person", (row) => {
  const facts = factsOf({ ...row, attempt: 1_000, outcome: { kind: "clean" } });
  expect(judge(facts).kind).not.toBe("retry");
});
