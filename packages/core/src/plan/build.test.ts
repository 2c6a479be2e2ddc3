import { expect, test } from "vitest";
import { invoices as on } from "../../../../test/controls/readings.ts";
import type { Finding } from "../model/finding.ts";
import { absent, present } from "../model/reading.ts";
import type { Task } from "../model/trigger.ts";
import type { Assessment } from "../model/verdict.ts";
import { buildPlan } from "./build.ts";

const sweep: Task = {
  id: "t-1",
  ref: on,
  cause: { kind: "sweep", sweepId: "s-1" },
  mode: "apply",
  touches: "all",
};
const manual: Task = {
  ...sweep,
  cause: { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "audit" },
};

const drift: Assessment = {
  kind: "drift",
  summary: "versioning is suspended",
  allowance: { mode: "automatic" },
  intents: [{ document: "versioning", kind: "enable-versioning" }],
};
const suspended = present({ status: "suspended", mfaDelete: "disabled" } as const);
const readings = {
  versioning: suspended,
  website: absent,
  lifecycle: { state: "unknown", reason: "denied", detail: "AccessDenied" },
} as const;
const basedOn = { versioning: suspended.fingerprint, website: "absent" };
const step = {
  document: "versioning",
  on,
  controls: ["versioning"],
  before: suspended,
  after: { status: "enabled", mfaDelete: "disabled" },
};

function finding(assessment: Assessment, mode: Finding["mode"] = "remediate"): Finding {
  return { control: "versioning", mode, assessment };
}

test("a plan has the steps, and the fingerprint of every reading that was known", () => {
  expect(buildPlan([finding(drift)], readings, sweep)).toEqual({
    on,
    basedOn,
    steps: [step],
    held: [],
  });
});

test.each<Assessment>([
  { kind: "compliant", evidence: "it is right" },
  { kind: "not-applicable", why: "not here" },
  { kind: "undecided", why: "a policy variable" },
  { kind: "unread", facets: [{ facet: "policy", reason: "denied", detail: "AccessDenied" }] },
])("an assessment that is $kind makes no step", (assessment) => {
  expect(buildPlan([finding(assessment)], readings, sweep)).toEqual({
    on,
    basedOn,
    steps: [],
    held: [],
  });
});

test("what is held back and what the document refuses are both left to people", () => {
  const policyDrift: Assessment = {
    kind: "drift",
    summary: "logs cannot be delivered",
    allowance: { mode: "automatic" },
    intents: [{ document: "logging", kind: "enable-logging", targetBucket: "l", targetPrefix: "" }],
  };
  const plan = buildPlan(
    [finding(drift, "alert"), { ...finding(policyDrift), control: "access-logging" }],
    readings,
    sweep,
  );
  expect(plan.steps).toEqual([]);
  expect(plan.held.map(({ control, kind }) => [control, kind])).toEqual([
    ["versioning", "flagged"],
    ["access-logging", "blocked"],
  ]);
});

test.each<{ name: string; task: Task; steps: number }>([
  { name: "names the control", task: { ...manual, controls: ["versioning"] }, steps: 1 },
  { name: "names no control", task: manual, steps: 0 },
  { name: "names another control", task: { ...manual, controls: ["ssl-only"] }, steps: 0 },
  {
    name: "names the control and wants a plan",
    task: { ...manual, mode: "plan", controls: ["versioning"] },
    steps: 1,
  },
  { name: "names nothing and wants a plan", task: { ...manual, mode: "plan" }, steps: 0 },
  { name: "is a sweep", task: { ...sweep, controls: ["versioning"] }, steps: 0 },
])("under approval a request that $name makes $steps steps", ({ task, steps }) => {
  expect(buildPlan([finding(drift, "approve")], readings, task).steps).toHaveLength(steps);
});

test("drift without a repair is left to people, and no step is made of it", () => {
  const plan = buildPlan([finding({ ...drift, intents: [] })], readings, sweep);
  const why = "versioning is suspended";
  const next = "a person has to change it";
  expect(plan).toEqual({
    on,
    basedOn,
    steps: [],
    held: [{ control: "versioning", kind: "flagged", why, next }],
  });
});

test("a plan is plain data: it survives being stored", () => {
  const plan = buildPlan([finding(drift)], readings, sweep);
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
});
