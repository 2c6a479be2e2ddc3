import { expect, test } from "vitest";
import {
  automatic,
  broken,
  delivered,
  enable,
  everything,
  grant,
  into,
  isBroken,
  mayDeliver,
  off,
  readingsOf,
  right,
  service,
  targetOf,
} from "../../../../test/controls/logging.ts";
import {
  judge,
  logs,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Logging, PolicyText } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Allowance } from "../model/verdict.ts";
import { accessLogging } from "./access-logging.ts";

const missing = `no statement of the policy of ${logs.name} lets ${service} write there`;
const needsGrant = `a bucket policy on ${logs.name} that lets S3 deliver logs from arn:aws:s3:::invoices`;

test("where the right to deliver is missing, the log bucket comes first", () => {
  const blocked: Allowance = { mode: "blocked", why: missing, needs: needsGrant, behind: logs };
  const logTarget = targetOf({ policy: absent });
  expect(judge(accessLogging, readingsOf(absent, logTarget))).toEqual(off(blocked));
  expect(judge(accessLogging, readingsOf(right, logTarget))).toEqual(broken(blocked));
  const held = { control: "access-logging", kind: "blocked", why: missing } as const;
  expect(repair(accessLogging, readingsOf(absent, logTarget))).toEqual({
    written: [],
    held: [{ ...held, next: `needs ${needsGrant}`, behind: logs }],
    later: off(blocked),
    writtenAgain: [],
  });
});

const refusal = { ...grant, Effect: "Deny", Sid: "Theirs" };

test.each([
  { name: "denies", policy: policyOf(grant, refusal), why: "statement 2 of the policy" },
  { name: "is unclear about", policy: present({ text: "[]" }), why: "is not one that IAM defines" },
])("where a policy $name delivery, the log bucket has nothing to do first", ({ policy, why }) => {
  const { held } = repair(accessLogging, readingsOf(absent, targetOf({ policy })));
  const next = `needs ${needsGrant}`;
  const expected = { control: "access-logging", kind: "blocked", why: expect.any(String), next };
  expect(held).toStrictEqual([expected]);
  expect(held[0]?.why).toContain(why);
});

const more = {
  TargetGrants: [{ Permission: "READ" }],
  TargetObjectKeyFormat: { SimplePrefix: {} },
};

test.each<{ name: string; before: Known<Logging>; kept: object }>([
  { name: "no logging", before: absent, kept: {} },
  { name: "logging elsewhere", before: into("mallory-logs"), kept: {} },
  {
    name: "logging elsewhere, with members of its own",
    before: present({ targetBucket: "b", targetPrefix: "", enabled: more }),
    kept: more,
  },
])("$name is pointed at the target once", ({ before, kept }) => {
  const { document, kind, ...target } = enable;
  const enabled = { ...kept, TargetBucket: logs.name, TargetPrefix: "invoices/" };
  expect(repair(accessLogging, readingsOf(before))).toEqual({
    written: [{ document, after: { ...target, enabled } }],
    held: [],
    later: delivered,
    writtenAgain: [],
  });
});

const theirs = { ...grant, Sid: "Theirs", Principal: { Service: "cloudtrail.amazonaws.com" } };

test.each<{ name: string; before: Known<PolicyText>; after: readonly object[] }>([
  { name: "without a policy", before: absent, after: [grant] },
  { name: "with statements of others", before: policyOf(theirs), after: [theirs, grant] },
  {
    name: "with less under our Sid",
    before: policyOf({ ...grant, Resource: `${everything}2025/*` }, theirs),
    after: [theirs, grant],
  },
])("a log bucket $name lets S3 deliver, once it is repaired", ({ before, after }) => {
  const readings = { ...readingsOf(absent, targetOf({ policy: before })), policy: before };
  expect(judge(accessLogging, readings, { on: logs })).toEqual({
    kind: "drift",
    summary: "this bucket receives access logs, but its policy does not let S3 deliver them",
    allowance: automatic,
    intents: [{ document: "policy", kind: "ensure-statement", statement: grant }],
  });
  const text = JSON.stringify({ Version: "2012-10-17", Statement: after });
  expect(repair(accessLogging, readings, { on: logs })).toEqual({
    written: [{ document: "policy", after: { text } }],
    held: [],
    later: mayDeliver,
    writtenAgain: [],
  });
});

test.each([absent, into("b"), into("b", "logs/")])(
  "a log bucket need not log, and may log into a third one",
  (logging) => {
    expect(judge(accessLogging, readingsOf(logging), { on: logs })).toEqual(mayDeliver);
  },
);

// Its sources are blocked for it, and the one place to look at says that all is well.
test.fails.each([
  ["b", logs.name],
  ["b", "c", logs.name],
])("a log bucket in a loop over %s knows it", (...logsInto) => {
  const readings = readingsOf(into("b"), targetOf({ logsInto }));
  expect(judge(accessLogging, readings, { on: logs }).kind).toBe("drift");
});

test.fails("a loop is not called a lack of delivery", () => {
  const readings = readingsOf(right, targetOf({ logsInto: ["invoices"] }));
  expect(judge(accessLogging, readings)).not.toMatchObject({ summary: isBroken });
});

// It is logging into the wrong bucket; the repair is to name the right one.
test.fails("a source that logs into itself is pointed at the target", () => {
  expect(repair(accessLogging, readingsOf(into("invoices")))).toMatchObject({
    written: [{ document: "logging" }],
    later: delivered,
  });
});

test.each(unreadRows(accessLogging))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const readings = { ...readingsOf(right), [facet]: unknown(reason) };
  expect(judge(accessLogging, readings)).toEqual(unread(facet, reason));
  expect(judge(accessLogging, readings, { on: logs })).toEqual(unread(facet, reason));
});
