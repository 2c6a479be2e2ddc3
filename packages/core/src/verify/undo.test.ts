import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Held, PlanStep } from "../model/plan.ts";
import { absent } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import { judgeUndo, type UndoFacts } from "./undo.ts";

const step: PlanStep = { document: "policy", on, controls: ["a"], before: absent, after: absent };
const at = "2026-11-20T10:15:00.000Z";
const written: Receipt = { kind: "written", step, at };
const skipped: Receipt = { kind: "skipped", step, at, why: "the policy changed" };
const busy: Receipt = { kind: "failed", step, at, error: "SlowDown", retry: true };
const denied: Receipt = { kind: "failed", step, at, error: "AccessDenied", retry: false };
const conflict: Held = { control: "a", kind: "blocked", why: "it was changed", next: "look" };
const first = { attempt: 1, retrySeconds: 3 };
const last = { attempt: 5, retrySeconds: 3 };

const none: UndoFacts = {
  plan: { on, basedOn: {}, steps: [], held: [] },
  readings: {},
  receipts: [],
  told: [],
  unlanded: [],
  delivery: first,
};

function held(...all: readonly Held[]): Pick<UndoFacts, "plan"> {
  return { plan: { ...none.plan, held: all } };
}

const retry = (why: string): Outcome => ({ kind: "retry", afterSeconds: 3, why });
const blocked = (why: string): Outcome => {
  return { kind: "blocked", controls: ["a"], needs: `needs a person: ${why}` };
};
const late = "written, but S3 does not show it yet: policy";

test.each<{ name: string; facts: Partial<UndoFacts>; outcome: Outcome }>([
  { name: "nothing to take back", facts: {}, outcome: { kind: "clean" } },
  {
    name: "a write that shows",
    facts: { receipts: [written] },
    outcome: { kind: "undone", controls: ["a"] },
  },
  {
    name: "a write that people know",
    facts: { told: [written] },
    outcome: { kind: "undone", controls: ["a"] },
  },
  {
    name: "a bucket that is gone",
    facts: { readings: { policy: { state: "unknown", reason: "gone", detail: "" } } },
    outcome: { kind: "gone" },
  },
  {
    name: "a document that changed meanwhile",
    facts: { receipts: [skipped] },
    outcome: retry("the policy changed"),
  },
  { name: "a busy S3", facts: { receipts: [busy] }, outcome: retry("SlowDown") },
  {
    name: "a busy S3 until the end",
    facts: { receipts: [busy], delivery: last },
    outcome: blocked("SlowDown"),
  },
  { name: "a denied write", facts: { receipts: [denied] }, outcome: blocked("AccessDenied") },
  {
    name: "a write that does not show",
    facts: { receipts: [written], unlanded: [written] },
    outcome: retry(late),
  },
  {
    name: "a write that never shows",
    facts: { receipts: [written], unlanded: [written], delivery: last },
    outcome: blocked("what was written does not hold"),
  },
  { name: "a conflict", facts: held(conflict), outcome: blocked("it was changed") },
  {
    name: "a passing trouble",
    facts: held({ ...conflict, passing: true }),
    outcome: retry("it was changed"),
  },
])("an undo with $name ends as $outcome.kind", ({ facts, outcome }) => {
  expect(judgeUndo({ ...none, ...facts })).toEqual(outcome);
});
