import { expect, test } from "vitest";
import {
  automatic,
  broken,
  delivered,
  enable,
  everything,
  grant,
  into,
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

test("where the log bucket is as the baseline wants it, a prefix of one's own is not served by it", () => {
  const folder = { ...grant, Resource: everything.replace(/\*$/, "access/*") };
  const logTarget = targetOf({ policy: policyOf(folder) });
  const baseline = { "access-logging": { target: logs.name, prefix: "access/{bucket}/" } };
  const readings = readingsOf(into(logs.name, "mine/"), logTarget);
  const needs = `${needsGrant} under "mine/", or logging under "access/invoices/" there`;
  const blocked: Allowance = { mode: "blocked", why: missing, needs };
  expect(judge(accessLogging, readings, { baseline })).toStrictEqual(broken(blocked));
  const held = { control: "access-logging", kind: "blocked", why: missing, next: `needs ${needs}` };
  expect(repair(accessLogging, readings, { baseline }).held).toStrictEqual([held]);
  // A grant for this one source leaves the log bucket something to do.
  const forOthers = { ...folder, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::b" } } };
  const partial = readingsOf(into(logs.name, "mine/"), targetOf({ policy: policyOf(forOthers) }));
  expect(judge(accessLogging, partial, { baseline })).toStrictEqual(
    broken({ mode: "blocked", why: missing, needs: needsGrant, behind: logs }),
  );
});

const refusal = { ...grant, Effect: "Deny", Sid: "Theirs" };

test.each([
  {
    name: "denies",
    policy: policyOf(grant, refusal),
    why: `statement 2 of the policy of ${logs.name} denies log delivery`,
    needs: needsGrant,
  },
  {
    name: "is unclear about",
    policy: present({ text: "[]" }),
    why: `the policy of ${logs.name} is not one that IAM defines`,
    needs: `a policy of ${logs.name} that is clear about log delivery`,
  },
])("where a policy $name delivery, the log bucket has nothing to do first", (row) => {
  const { policy, why, needs } = row;
  const elsewhere = repair(accessLogging, readingsOf(into("b"), targetOf({ policy })));
  const summary = `access logs go to b, not ${logs.name}`;
  expect(elsewhere).toStrictEqual({
    written: [],
    held: [{ control: "access-logging", kind: "blocked", why, next: `needs ${needs}` }],
    later: off({ mode: "blocked", why, needs }, summary),
    writtenAgain: [],
  });
});

const more = {
  TargetGrants: [{ Permission: "READ" }],
  TargetObjectKeyFormat: { SimplePrefix: {} },
};

test.each<{ name: string; before: Known<Logging>; kept: object }>([
  { name: "no logging", before: absent, kept: {} },
  { name: "logging into itself", before: into("invoices"), kept: {} },
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
    summary:
      "this bucket receives access logs, but its policy does not let S3 deliver those of every bucket of the account",
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

test.each(unreadRows(accessLogging))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const readings = { ...readingsOf(right), [facet]: unknown(reason) };
  expect(judge(accessLogging, readings)).toEqual(unread(facet, reason));
  // A log bucket need not log, so nobody asks what delivers its own logs.
  const target = { ...readingsOf(absent), [facet]: unknown(reason) };
  const there = facet === "vendedLogs" ? mayDeliver : unread(facet, reason);
  expect(judge(accessLogging, target, { on: logs })).toEqual(there);
});
