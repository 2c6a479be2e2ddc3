import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import { lockOf, retention } from "../../../../test/controls/locks.ts";
import { bucket, judge, repair } from "../../../../test/controls/readings.ts";
import type { Retention } from "../model/facets.ts";
import { absent, present } from "../model/reading.ts";
import { objectLock } from "./object-lock.ts";

type Minimum = { readonly mode: Retention["mode"]; readonly days: number };

const baselineOf = (minimum: Minimum) => ({ "object-lock": { minimum } });
const month = { mode: "GOVERNANCE", days: 30 } as const;

interface Weakening {
  readonly name: string;
  readonly actual?: Retention;
  readonly minimum: Minimum;
  readonly summary: string;
}

const weakenings: readonly Weakening[] = [
  {
    name: "the rule was removed",
    minimum: month,
    summary:
      "the default retention rule is missing: new objects are not locked (baseline: GOVERNANCE, 30 days)",
  },
  {
    name: "the rule of COMPLIANCE was removed",
    minimum: { mode: "COMPLIANCE", days: 3_650 },
    summary:
      "the default retention rule is missing: new objects are not locked (baseline: COMPLIANCE, 3650 days)",
  },
  {
    name: "the period is a day too short",
    actual: retention("GOVERNANCE", 29),
    minimum: month,
    summary: "default retention is weaker: the period is 29 days, not 30 days",
  },
  {
    name: "the period is one day",
    actual: retention("COMPLIANCE", 1),
    minimum: { mode: "COMPLIANCE", days: 2 },
    summary: "default retention is weaker: the period is 1 day, not 2 days",
  },
  {
    name: "the period in years is a day too short",
    actual: retention("COMPLIANCE", 1, "years"),
    minimum: { mode: "COMPLIANCE", days: 366 },
    summary: "default retention is weaker: the period is 365 days, not 366 days",
  },
  {
    name: "the period is empty",
    actual: retention("GOVERNANCE", 0),
    minimum: { mode: "GOVERNANCE", days: 1 },
    summary: "default retention is weaker: the period is 0 days, not 1 day",
  },
  {
    name: "the mode can be bypassed",
    actual: retention("GOVERNANCE", 30),
    minimum: { mode: "COMPLIANCE", days: 30 },
    summary:
      "default retention is weaker: the mode is GOVERNANCE, which privileged users can bypass, not COMPLIANCE",
  },
  {
    name: "mode and period are weaker",
    actual: retention("GOVERNANCE", 7),
    minimum: { mode: "COMPLIANCE", days: 30 },
    summary:
      "default retention is weaker: the mode is GOVERNANCE, which privileged users can bypass, not COMPLIANCE, and the period is 7 days, not 30 days",
  },
];

const irrevocable =
  "COMPLIANCE retention cannot be taken back from objects that have it, so a person decides what new objects are locked for";
const consequence = (days: string) =>
  `the versions of new objects could not be deleted for ${days}, but by those with s3:BypassGovernanceRetention`;

function commandFor({ mode, days }: Minimum): string {
  return `aws s3api put-object-lock-configuration --bucket invoices --expected-bucket-owner 111122223333 --object-lock-configuration '{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"${mode}","Days":${days}}}}'`;
}

const needsCompliance = ({ actual, minimum }: Weakening) =>
  minimum.mode === "COMPLIANCE" || actual?.mode === "COMPLIANCE";

test.each(weakenings.filter(needsCompliance))(
  "when $name a person is told how to make it COMPLIANCE, and no machine does",
  ({ actual, minimum, summary }) => {
    const situation = { baseline: baselineOf(minimum), asked: true };
    const readings = { objectLock: lockOf(actual), policy: absent };
    const next = commandFor({ ...minimum, mode: "COMPLIANCE" });
    expect(judge(objectLock, readings, situation)).toEqual({
      kind: "drift",
      summary,
      allowance: { mode: "report-only", why: irrevocable, command: next },
      intents: [],
    });
    expect(repair(objectLock, readings, situation)).toMatchObject({
      written: [],
      held: [{ control: "object-lock", kind: "flagged", why: irrevocable, next }],
    });
  },
);

test.each(weakenings.filter((row) => !needsCompliance(row)))(
  "when $name a person is asked before it is put back",
  ({ actual, minimum, summary }) => {
    const situation = { baseline: baselineOf(minimum) };
    const readings = { objectLock: lockOf(actual), policy: absent };
    const why = consequence(minimum.days === 1 ? "1 day" : `${minimum.days} days`);
    expect(judge(objectLock, readings, situation)).toEqual({
      kind: "drift",
      summary,
      allowance: { mode: "approval", why },
      intents: [{ document: "objectLock", kind: "set-governance-retention", days: minimum.days }],
    });
    expect(repair(objectLock, readings, situation)).toMatchObject({
      written: [],
      held: [{ control: "object-lock", kind: "approval", why }],
      writtenAgain: [],
    });
    const after = lockOf(retention("GOVERNANCE", minimum.days)).value;
    expect(repair(objectLock, readings, { ...situation, asked: true })).toMatchObject({
      written: [{ document: "objectLock", after }],
      held: [],
      later: { kind: "compliant" },
      writtenAgain: [],
    });
  },
);

test("a repair says days where years were, and keeps the event hold and what nobody here knows", () => {
  const configuration = {
    ObjectLockEnabled: "Enabled",
    Rule: {
      DefaultRetention: {
        Mode: "GOVERNANCE",
        Years: 1,
        DefaultEventHold: { Years: 7 },
        Future: "kept",
      },
      Scope: "kept",
    },
    Note: "kept",
  };
  const hold = { unit: "years", count: 7 } as const;
  const before = { ...lockOf(retention("GOVERNANCE", 1, "years"), hold).value, configuration };
  const situation = { baseline: baselineOf({ mode: "GOVERNANCE", days: 366 }), asked: true };
  const { written, later } = repair(
    objectLock,
    { objectLock: present(before), policy: absent },
    situation,
  );
  expect(written).toEqual([
    {
      document: "objectLock",
      after: {
        defaultRetention: retention("GOVERNANCE", 366),
        defaultEventHold: hold,
        configuration: {
          ...configuration,
          Rule: {
            DefaultRetention: {
              Mode: "GOVERNANCE",
              Days: 366,
              DefaultEventHold: { Years: 7 },
              Future: "kept",
            },
            Scope: "kept",
          },
        },
      },
    },
  ]);
  expect(later).toEqual({
    kind: "compliant",
    evidence: "GOVERNANCE for 366 days, and an event hold of 2555 days",
  });
});

function commandOn(actual: ReturnType<typeof lockOf>, minimum: Minimum): readonly string[] {
  const situation = { on: bucket("my.ledger"), baseline: baselineOf(minimum) };
  return argumentsOf(
    commandIn(judge(objectLock, { objectLock: actual, policy: absent }, situation)),
  );
}

test("the command is one that a shell takes as it is", () => {
  const words = commandOn(lockOf(), { mode: "COMPLIANCE", days: 3_650 });
  expect(words.slice(0, -1)).toEqual([
    "aws",
    "s3api",
    "put-object-lock-configuration",
    "--bucket",
    "my.ledger",
    "--expected-bucket-owner",
    "111122223333",
    "--object-lock-configuration",
  ]);
  expect(JSON.parse(words.at(-1) ?? "")).toEqual({
    ObjectLockEnabled: "Enabled",
    Rule: { DefaultRetention: { Mode: "COMPLIANCE", Days: 3_650 } },
  });
});

// The command replaces the whole rule, and must not weaken the half that is stronger.
test.each<{ actual: ReturnType<typeof lockOf>; minimum: Minimum; rule: object }>([
  {
    actual: lockOf(retention("COMPLIANCE", 7)),
    minimum: month,
    rule: { Mode: "COMPLIANCE", Days: 30 },
  },
  {
    actual: lockOf(retention("GOVERNANCE", 10, "years")),
    minimum: { mode: "COMPLIANCE", days: 30 },
    rule: { Mode: "COMPLIANCE", Days: 3_650 },
  },
  {
    actual: lockOf(retention("COMPLIANCE", 1), { unit: "days", count: 9 }),
    minimum: month,
    rule: { Mode: "COMPLIANCE", Days: 30, DefaultEventHold: { Days: 9 } },
  },
  {
    actual: lockOf(undefined, { unit: "years", count: 7 }),
    minimum: { mode: "COMPLIANCE", days: 30 },
    rule: { Mode: "COMPLIANCE", Days: 30, DefaultEventHold: { Years: 7 } },
  },
])("the command $rule keeps what is stronger than $minimum", ({ actual, minimum, rule }) => {
  const words = commandOn(actual, minimum);
  expect(JSON.parse(words.at(-1) ?? "").Rule.DefaultRetention).toEqual(rule);
});
