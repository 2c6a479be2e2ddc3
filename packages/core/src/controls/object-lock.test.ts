import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import {
  bucket,
  judge,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Retention } from "../model/facets.ts";
import { absent, present } from "../model/reading.ts";
import { objectLock } from "./object-lock.ts";

type Minimum = { readonly mode: Retention["mode"]; readonly days: number };

const baselineOf = (minimum: Minimum) => ({ "object-lock": { minimum } });
const month = { mode: "GOVERNANCE", days: 30 } as const;

function retention(mode: Retention["mode"], count: number, unit: "days" | "years" = "days") {
  return { mode, period: { unit, count } };
}

function lockOf(defaultRetention?: Retention) {
  return { objectLock: present(defaultRetention === undefined ? {} : { defaultRetention }) };
}

test.each<{ actual: Retention; minimum: Minimum; evidence: string }>([
  { actual: retention("GOVERNANCE", 30), minimum: month, evidence: "GOVERNANCE for 30 days" },
  { actual: retention("GOVERNANCE", 31), minimum: month, evidence: "GOVERNANCE for 31 days" },
  { actual: retention("COMPLIANCE", 30), minimum: month, evidence: "COMPLIANCE for 30 days" },
  {
    actual: retention("COMPLIANCE", 1),
    minimum: { mode: "COMPLIANCE", days: 1 },
    evidence: "COMPLIANCE for 1 day",
  },
  {
    actual: retention("GOVERNANCE", 1, "years"),
    minimum: { mode: "GOVERNANCE", days: 365 },
    evidence: "GOVERNANCE for 365 days",
  },
  {
    actual: retention("COMPLIANCE", 10, "years"),
    minimum: { mode: "COMPLIANCE", days: 3_650 },
    evidence: "COMPLIANCE for 3650 days",
  },
])("$actual.mode for $actual.period is enough for $minimum", ({ actual, minimum, evidence }) => {
  const assessment = judge(objectLock, lockOf(actual), { baseline: baselineOf(minimum) });
  expect(assessment).toEqual({ kind: "compliant", evidence });
});

test("without a minimum in the baseline one day of GOVERNANCE is enough, and nothing is not", () => {
  const one = lockOf(retention("GOVERNANCE", 1));
  expect(judge(objectLock, one)).toEqual({ kind: "compliant", evidence: "GOVERNANCE for 1 day" });
  expect(judge(objectLock, lockOf())).toMatchObject({
    summary:
      "the default retention rule is missing: new objects are not locked (baseline: GOVERNANCE, 1 day)",
  });
});

test("a bucket on which Object Lock was never enabled is not judged, for it cannot be taken back", () => {
  expect(judge(objectLock, { objectLock: absent })).toEqual({
    kind: "not-applicable",
    why: "Object Lock was never enabled on this bucket",
  });
});

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

const decided =
  "retention cannot be taken back from objects that have it, so a person decides what new objects are locked for";

function commandFor({ mode, days }: Minimum): string {
  return `aws s3api put-object-lock-configuration --bucket invoices --object-lock-configuration '{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"${mode}","Days":${days}}}}'`;
}

test.each(weakenings)("when $name a person is told how to put it back", (row) => {
  const { actual, minimum, summary } = row;
  expect(judge(objectLock, lockOf(actual), { baseline: baselineOf(minimum) })).toEqual({
    kind: "drift",
    summary,
    allowance: { mode: "report-only", why: decided, command: commandFor(minimum) },
    intents: [],
  });
});

test.each([false, true])("no machine writes a retention (asked for: %s)", (asked) => {
  const situation = { baseline: baselineOf(month), asked };
  expect(repair(objectLock, lockOf(), situation)).toEqual({
    written: [],
    held: [{ control: "object-lock", kind: "flagged", why: decided, next: commandFor(month) }],
    later: judge(objectLock, lockOf(), situation),
    writtenAgain: [],
  });
});

function commandOn(actual: Retention | undefined, minimum: Minimum): readonly string[] {
  const situation = { on: bucket("my.ledger"), baseline: baselineOf(minimum) };
  return argumentsOf(commandIn(judge(objectLock, lockOf(actual), situation)));
}

function retentionIn(words: readonly string[]): unknown {
  return JSON.parse(words.at(-1) ?? "").Rule.DefaultRetention;
}

test.each<Minimum>([month, { mode: "COMPLIANCE", days: 3_650 }])(
  "the command that asks for $mode and $days days is one that a shell takes as it is",
  (minimum) => {
    const words = commandOn(undefined, minimum);
    expect(words.slice(0, -1)).toEqual([
      "aws",
      "s3api",
      "put-object-lock-configuration",
      "--bucket",
      "my.ledger",
      "--object-lock-configuration",
    ]);
    expect(JSON.parse(words.at(-1) ?? "")).toEqual({
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: minimum.mode, Days: minimum.days } },
    });
  },
);

// The command replaces the whole rule, and must not weaken the half that is stronger.
test.each<{ actual: Retention; minimum: Minimum; rule: object }>([
  {
    actual: retention("COMPLIANCE", 7),
    minimum: month,
    rule: { Mode: "COMPLIANCE", Days: 30 },
  },
  {
    actual: retention("GOVERNANCE", 10, "years"),
    minimum: { mode: "COMPLIANCE", days: 30 },
    rule: { Mode: "COMPLIANCE", Days: 3_650 },
  },
])(
  "the command keeps the stronger half of $actual beside $minimum",
  ({ actual, minimum, rule }) => {
    expect(retentionIn(commandOn(actual, minimum))).toEqual(rule);
  },
);

test.each(unreadRows(objectLock))("$facet unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(objectLock, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
