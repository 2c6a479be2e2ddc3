import { expect, test } from "vitest";
import { commandIn } from "../../../../test/controls/command-line.ts";
import { lockOf, retention } from "../../../../test/controls/locks.ts";
import {
  judge,
  logs,
  ordinary,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Retention } from "../model/facets.ts";
import { absent } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { objectLock } from "./object-lock.ts";

type Minimum = { readonly mode: Retention["mode"]; readonly days: number };

const baselineOf = (minimum: Minimum) => ({ "object-lock": { minimum } });
const month = { mode: "GOVERNANCE", days: 30 } as const;

test("an event hold beside the retention is part of the evidence", () => {
  const lock = lockOf(retention("GOVERNANCE", 30), { unit: "days", count: 1 });
  expect(
    judge(objectLock, { objectLock: lock, policy: absent }, { baseline: baselineOf(month) }),
  ).toEqual({
    kind: "compliant",
    evidence: "GOVERNANCE for 30 days, and an event hold of 1 day",
  });
});

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
  const assessment = judge(
    objectLock,
    { objectLock: lockOf(actual), policy: absent },
    { baseline: baselineOf(minimum) },
  );
  expect(assessment).toEqual({ kind: "compliant", evidence });
});

test("without a minimum in the baseline one day of GOVERNANCE is enough, and nothing is not", () => {
  const one = { objectLock: lockOf(retention("GOVERNANCE", 1)), policy: absent };
  expect(judge(objectLock, one)).toEqual({ kind: "compliant", evidence: "GOVERNANCE for 1 day" });
  expect(judge(objectLock, { objectLock: lockOf(), policy: absent })).toMatchObject({
    summary:
      "the default retention rule is missing: new objects are not locked (baseline: GOVERNANCE, 1 day)",
  });
});

test("a bucket on which Object Lock was never enabled is not judged, for it cannot be taken back", () => {
  expect(judge(objectLock, { objectLock: absent, policy: absent })).toEqual({
    kind: "not-applicable",
    why: "Object Lock was never enabled on this bucket",
  });
});

// The same shape as a default retention, but it locks nothing until an event happens.
test("an event hold alone is no retention", () => {
  const readings = { objectLock: lockOf(undefined, { unit: "days", count: 90 }), policy: absent };
  expect(judge(objectLock, readings, { baseline: baselineOf(month) })).toMatchObject({
    kind: "drift",
    summary:
      "the default retention rule is missing: new objects are not locked (baseline: GOVERNANCE, 30 days)",
  });
});

function commandFor({ mode, days }: Minimum): string {
  return `aws s3api put-object-lock-configuration --bucket invoices --expected-bucket-owner 111122223333 --object-lock-configuration '{"ObjectLockEnabled":"Enabled","Rule":{"DefaultRetention":{"Mode":"${mode}","Days":${days}}}}'`;
}

const everywhere = (minimum: Minimum) => ({ "object-lock": { minimum, buckets: ["inv*"] } });

test.each([month, { mode: "COMPLIANCE", days: 30 }] as const)(
  "where the baseline wants Object Lock ($mode), a person is told how to enable it",
  (minimum) => {
    const situation = { baseline: everywhere(minimum), asked: true };
    const versioned =
      "aws s3api put-bucket-versioning --bucket invoices --expected-bucket-owner 111122223333 --versioning-configuration Status=Enabled";
    expect(judge(objectLock, { objectLock: absent, policy: absent }, situation)).toEqual({
      kind: "drift",
      summary:
        "Object Lock was never enabled, and the baseline wants it here: whoever may delete versions can do so",
      allowance: {
        mode: "report-only",
        why: "Object Lock can never be switched off again, and versioning, which it needs, can never be suspended again, so a person decides",
        command: `${versioned} && ${commandFor(minimum)}`,
      },
      intents: [],
    });
    expect(repair(objectLock, { objectLock: absent, policy: absent }, situation).written).toEqual(
      [],
    );
  },
);

test("a bucket that gets Object Lock with a rule is as the baseline wants it", () => {
  const readings = { objectLock: lockOf(retention("GOVERNANCE", 30)), policy: absent };
  expect(judge(objectLock, readings, { baseline: everywhere(month) }).kind).toBe("compliant");
});

const noneUnderLock = "S3 delivers none into a bucket with Object Lock";

test.each([
  { name: "without Object Lock", lock: absent },
  { name: "whose default rule is missing", lock: lockOf() },
  { name: "whose default rule is weak", lock: lockOf(retention("COMPLIANCE", 1)) },
])("the log bucket of the baseline $name is asked for none", ({ lock }) => {
  const baseline = { ...ordinary, "object-lock": { minimum: month, buckets: ["*"] } };
  const situation = { on: logs, baseline, asked: true };
  const readings = { objectLock: lock, policy: absent };
  expect(judge(objectLock, readings, situation)).toEqual({
    kind: "not-applicable",
    why: `access logs arrive here, and ${noneUnderLock}`,
  });
  expect(repair(objectLock, readings, situation).written).toEqual([]);
});

const letsS3Deliver = policyOf({
  Effect: "Allow",
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::invoices/*",
});

// Whoever may write the policy could otherwise switch the control off with it.
test.each([
  { name: "whose default rule is missing", lock: lockOf(), command: commandFor(month) },
  { name: "that never had Object Lock", lock: absent, command: commandFor(month) },
])("a bucket $name and whose policy lets access logs in is told, and never written", (row) => {
  const situation = { baseline: everywhere(month), asked: true };
  const readings = { objectLock: row.lock, policy: letsS3Deliver };
  const assessment = judge(objectLock, readings, situation);
  expect(assessment).toMatchObject({ kind: "drift", allowance: { mode: "report-only" } });
  expect(whyOf(assessment)).toContain(
    `the bucket policy lets access logs in, and ${noneUnderLock}`,
  );
  expect(commandIn(assessment)).toContain(row.command);
  expect(repair(objectLock, readings, situation).written).toEqual([]);
});

function whyOf(assessment: Assessment): string {
  const allowance = assessment.kind === "drift" ? assessment.allowance : undefined;
  return allowance !== undefined && "why" in allowance ? allowance.why : "";
}

test("logs of other services arrive under Object Lock, as far as is known", () => {
  const Principal = { Service: "delivery.logs.amazonaws.com" };
  const policy = policyOf({ Effect: "Allow", Principal, Action: "s3:PutObject", Resource: "*" });
  const readings = { objectLock: lockOf(), policy };
  expect(judge(objectLock, readings, { baseline: baselineOf(month) })).toMatchObject({
    kind: "drift",
    allowance: { mode: "approval" },
  });
});

test.each(unreadRows(objectLock))("$facet unread ($reason) is not judged", ({ facet, reason }) => {
  expect(
    judge(objectLock, { objectLock: absent, policy: absent, [facet]: unknown(reason) }),
  ).toEqual(unread(facet, reason));
});
