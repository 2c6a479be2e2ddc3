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
  aclOf,
  judge,
  logs,
  ownershipOf,
  policyOf,
  repair,
  type Situation,
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
  NewMember: { Of: "S3" },
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

const byName = { Grantee: { Type: "CanonicalUser", ID: "a".repeat(64) }, Permission: "READ" };
const withAcls = targetOf({ ownership: ownershipOf("ObjectWriter"), acl: aclOf() });

function granting(...grants: readonly object[]): Known<Logging> {
  return present({ targetBucket: "b", targetPrefix: "", enabled: { TargetGrants: grants } });
}

test.each([
  {
    name: "an e-mail address",
    grants: [byName, { Grantee: { EmailAddress: "bob@example.com" }, Permission: "READ" }],
    logTarget: withAcls,
    why: "the grants on the log files name somebody by e-mail, which S3 no longer takes",
    needs: "TargetGrants that name accounts by their canonical ids, or none",
  },
  {
    name: "the type of one",
    grants: [{ Grantee: { Type: "AmazonCustomerByEmail" }, Permission: "READ" }],
    logTarget: targetOf(),
    why: "the grants on the log files name somebody by e-mail, which S3 no longer takes",
    needs: "TargetGrants that name accounts by their canonical ids, or none",
  },
  {
    name: "accounts, where ACLs have no say",
    grants: [byName],
    logTarget: targetOf(),
    why: `the log files have grants of their own, and in ${logs.name} ACLs have no say`,
    needs: `logging without TargetGrants, and a policy of ${logs.name} for those who read logs`,
  },
])("grants on log files that name $name are not sent to be refused", (row) => {
  const { grants, logTarget, why, needs } = row;
  const readings = readingsOf(granting(...grants), logTarget);
  const summary = `access logs go to b, not ${logs.name}`;
  expect(judge(accessLogging, readings)).toEqual(off({ mode: "blocked", why, needs }, summary));
  expect(repair(accessLogging, readings).written).toEqual([]);
});

test.each([
  { name: "accounts, where ACLs have a say", grants: [byName], logTarget: withAcls },
  { name: "nobody", grants: [], logTarget: targetOf() },
])("grants on log files that name $name go along", ({ grants, logTarget }) => {
  const { written } = repair(accessLogging, readingsOf(granting(...grants), logTarget));
  expect(written).toMatchObject([{ after: { enabled: { TargetGrants: grants } } }]);
});

const partitioned = (source?: string) => ({
  PartitionedPrefix: source === undefined ? {} : { PartitionDateSource: source },
});

function named(format: object | undefined): Known<Logging> {
  const { value } = into(logs.name, "mine/");
  const enabled = { ...value.enabled, Kept: "yes", TargetObjectKeyFormat: format };
  return present({ ...value, enabled });
}

function wanting(keyFormat: string): Situation {
  return { baseline: { "access-logging": { target: logs.name, keyFormat } } };
}

const ofOwn = "in a format of their own";

test.each([
  { before: undefined, seen: "simple", wanted: "partitioned-by-event-time" },
  { before: { SimplePrefix: {} }, seen: "simple", wanted: "partitioned-by-delivery-time" },
  { before: partitioned("EventTime"), seen: "partitioned-by-event-time", wanted: "simple" },
  {
    before: partitioned("DeliveryTime"),
    seen: "partitioned-by-delivery-time",
    wanted: "partitioned-by-event-time",
  },
  { before: partitioned(), seen: "partitioned-by-event-time", wanted: "simple" },
  { before: partitioned("NewTime"), seen: ofOwn, wanted: "simple" },
  { before: { NewPrefix: {} }, seen: ofOwn, wanted: "simple" },
])("names that are $seen become $wanted, under the prefix that was chosen", (row) => {
  const { before, seen, wanted } = row;
  const readings = readingsOf(named(before));
  const repaired = repair(accessLogging, readings, wanting(wanted));
  expect(judge(accessLogging, readings, wanting(wanted))).toMatchObject({
    kind: "drift",
    summary: `the names of log files are ${seen}, not ${wanted}`,
    allowance: automatic,
  });
  expect(repaired.written).toMatchObject([
    { after: { targetPrefix: "mine/", enabled: { Kept: "yes", TargetPrefix: "mine/" } } },
  ]);
  expect(repaired.later).toEqual(delivered);
  expect(repaired.writtenAgain).toEqual([]);
});

test.each([
  { before: undefined, wanted: "simple" },
  { before: { SimplePrefix: {}, PartitionedPrefix: undefined }, wanted: "simple" },
  { before: partitioned("EventTime"), wanted: "partitioned-by-event-time" },
  { before: partitioned(), wanted: "partitioned-by-event-time" },
])("names that are $wanted already stay", ({ before, wanted }) => {
  expect(judge(accessLogging, readingsOf(named(before)), wanting(wanted))).toEqual(delivered);
});

test("logging that is switched on gets the format of the baseline", () => {
  const { written } = repair(accessLogging, readingsOf(absent), wanting("simple"));
  expect(written).toMatchObject([
    { after: { enabled: { TargetObjectKeyFormat: more.TargetObjectKeyFormat } } },
  ]);
});

test("while no logs arrive, their names are of no matter", () => {
  const readings = readingsOf(named(undefined), targetOf({ requesterPays: true }));
  const assessment = judge(accessLogging, readings, wanting("partitioned-by-event-time"));
  expect(assessment).toMatchObject({
    summary: `access logs go to ${logs.name}, but are not delivered there`,
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
  // A log bucket need not log, so nobody asks for its own logs.
  const target = { ...readingsOf(absent), [facet]: unknown(reason) };
  const isUnasked = ["vendedLogs", "lastLog"].includes(facet);
  const there = isUnasked ? mayDeliver : unread(facet, reason);
  expect(judge(accessLogging, target, { on: logs })).toEqual(there);
});
