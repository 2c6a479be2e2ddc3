import { expect, test } from "vitest";
import {
  account,
  deliveryUnder,
  everything,
  fromAccount,
  fromInvoices,
  open,
  service,
  source,
  targetUnder,
} from "../../../../test/controls/delivery.ts";
import {
  aclOf,
  invoices,
  logs,
  logTargetOf,
  ownershipOf,
  policyOf,
} from "../../../../test/controls/readings.ts";
import type { LogTarget } from "../model/facets.ts";
import { absent } from "../model/reading.ts";
import { type Delivery, deliveryGrant, judgeDelivery } from "./log-delivery.ts";

const { Action: _action, ...anything } = open;
const { Resource: _resource, ...anywhere } = open;
const { Principal: _principal, ...anyone } = open;

const everySource: readonly { name: string; statement: object }[] = [
  { name: "the statement that we write", statement: deliveryGrant(logs) },
  { name: "no condition at all", statement: open },
  { name: "the account", statement: { ...open, Condition: fromAccount } },
  {
    name: "a list of accounts",
    statement: {
      ...open,
      Condition: { StringEquals: { "aws:SourceAccount": ["444455556666", account] } },
    },
  },
  {
    name: "every source ARN",
    statement: { ...open, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } } },
  },
  {
    name: "every source ARN as a string",
    statement: { ...open, Condition: { StringLike: { "AWS:SourceARN": "arn:*:s3:::*" } } },
  },
  {
    name: "several services",
    statement: { ...open, Principal: { Service: ["cloudtrail.amazonaws.com", service] } },
  },
  { name: "everybody", statement: { ...open, Principal: "*" } },
  {
    name: "everybody but somebody",
    statement: { ...anyone, NotPrincipal: { AWS: `arn:aws:iam::${account}:root` } },
  },
  { name: "every action", statement: { ...open, Action: "s3:*" } },
  { name: "every kind of Put", statement: { ...open, Action: ["s3:List*", "S3:put*"] } },
  { name: "every action but one", statement: { ...anything, NotAction: "s3:GetObject" } },
  {
    name: "bucket and objects",
    statement: { ...open, Resource: [everything.slice(0, -2), everything] },
  },
  { name: "every resource", statement: { ...open, Resource: "*" } },
  {
    name: "every resource but one",
    statement: { ...anywhere, NotResource: `${everything}2025/*` },
  },
  {
    name: "TLS only",
    statement: { ...open, Condition: { Bool: { "aws:SecureTransport": "true" } } },
  },
  {
    name: "AWS services only",
    statement: { ...open, Condition: { Bool: { "aws:PrincipalIsAWSService": "true" } } },
  },
];

test.each(everySource)("a grant with $name serves every source", ({ statement }) => {
  expect(deliveryUnder(policyOf(statement))).toEqual({ kind: "granted" });
  expect(targetUnder(policyOf(statement))).toBe("compliant");
});

test.each([
  { name: "the source by name", statement: { ...open, Condition: fromInvoices } },
  {
    name: "the source among others",
    statement: {
      ...open,
      Condition: { ArnEquals: { "aws:SourceArn": ["arn:aws:s3:::a", source] }, ...fromAccount },
    },
  },
  {
    name: "the folder of the source",
    statement: { ...open, Resource: `${everything.slice(0, -1)}invoices/*` },
  },
])("a grant with $name serves that source, and the log bucket is not done", ({ statement }) => {
  expect(deliveryUnder(policyOf(statement))).toEqual({ kind: "granted" });
  expect(targetUnder(policyOf(statement))).toBe("drift");
});

const theirs = { ...open, Principal: { AWS: "444455556666" } };
const notGranted: Delivery = {
  kind: "not-granted",
  why: `no statement of the policy of ${logs.name} lets ${service} write there`,
};

test.each<{ name: string; statement: object }>([
  { name: "another service", statement: { ...open, Principal: { Service: "s3.amazonaws.com" } } },
  {
    name: "the delivery of other logs",
    statement: { ...open, Principal: { Service: "delivery.logs.amazonaws.com" } },
  },
  { name: "the account as principal", statement: { ...open, Principal: { AWS: account } } },
  {
    name: "another account",
    statement: { ...open, Condition: { StringEquals: { "aws:SourceAccount": "444455556666" } } },
  },
  {
    name: "another source",
    statement: { ...open, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::ledger" } } },
  },
  {
    name: "the source in another partition",
    statement: { ...open, Condition: { ArnLike: { "aws:SourceArn": "arn:aws-cn:s3:::*" } } },
  },
  { name: "another action", statement: { ...open, Action: "s3:PutObjectAcl" } },
  { name: "a misspelt action", statement: { ...open, Action: "s3:PutOject" } },
  { name: "the bucket and no object", statement: { ...open, Resource: everything.slice(0, -2) } },
  {
    name: "another folder",
    statement: { ...open, Resource: `${everything.slice(0, -1)}ledger/*` },
  },
  { name: "another bucket", statement: { ...open, Resource: "arn:aws:s3:::logs/*" } },
  {
    name: "an ACL that S3 does not send",
    statement: { ...open, Condition: { StringEquals: { "s3:x-amz-acl": "log-delivery-write" } } },
  },
  {
    name: "callers from the account",
    statement: { ...open, Condition: { StringEquals: { "aws:PrincipalAccount": account } } },
  },
])("a grant with $name does not let logs in", ({ statement }) => {
  expect(deliveryUnder(policyOf(statement))).toEqual(notGranted);
  expect(targetUnder(policyOf(statement))).toBe("drift");
});

test("where there is no policy, nothing is granted", () => {
  expect(deliveryUnder(absent)).toEqual(notGranted);
});

const group = "http://acs.amazonaws.com/groups/s3/LogDelivery";
const write = { grantee: group, permission: "WRITE" };
const readAcp = { grantee: group, permission: "READ_ACP" };
const byAcl = { ownership: ownershipOf("ObjectWriter"), acl: aclOf(write, readAcp) };

function deliveryInto(more: Partial<LogTarget>): Delivery {
  return judgeDelivery(logTargetOf(more).value, invoices, "invoices/");
}

test.each<{ name: string; target: Partial<LogTarget> }>([
  { name: "WRITE and READ_ACP", target: byAcl },
  { name: "ownership that was never set", target: { ...byAcl, ownership: absent } },
  {
    name: "FULL_CONTROL",
    target: { ...byAcl, acl: aclOf({ ...write, permission: "FULL_CONTROL" }) },
  },
  { name: "a policy that says nothing of it", target: { ...byAcl, policy: policyOf(theirs) } },
])("the log delivery group may deliver by ACL with $name", ({ target }) => {
  expect(deliveryInto(target)).toEqual({ kind: "granted" });
});

test.each<{ name: string; target: Partial<LogTarget> }>([
  { name: "WRITE alone", target: { ...byAcl, acl: aclOf(write) } },
  { name: "READ_ACP alone", target: { ...byAcl, acl: aclOf(readAcp) } },
  {
    name: "grants to another group",
    target: { ...byAcl, acl: aclOf({ ...write, grantee: "x" }, { ...readAcp, grantee: "x" }) },
  },
  { name: "no ACL", target: { ...byAcl, acl: absent } },
  {
    name: "ACLs that have no say",
    target: { ...byAcl, ownership: ownershipOf("BucketOwnerEnforced") },
  },
])("the log delivery group may not deliver by ACL with $name", ({ target }) => {
  expect(deliveryInto(target)).toEqual(notGranted);
});

test("a Deny in the policy is stronger than the ACL", () => {
  const policy = policyOf({ ...open, Effect: "Deny" });
  expect(deliveryInto({ ...byAcl, policy })).toMatchObject({ kind: "denied" });
});

test("the prefix is the one that is set, not the one that the baseline would set", () => {
  const folder = policyOf({ ...open, Resource: `${everything.slice(0, -1)}invoices/*` });
  expect(deliveryUnder(folder, "")).toEqual(notGranted);
  expect(deliveryUnder(folder, "invoices")).toEqual(notGranted);
  expect(deliveryUnder(folder, "invoices/2026/")).toEqual({ kind: "granted" });
});

test("our grant names the partition and the account of the log bucket", () => {
  const on = { ...logs, region: "cn-north-1" as typeof logs.region };
  expect(deliveryGrant(on)).toEqual({
    Sid: "BucketWardenLogDelivery",
    ...open,
    Resource: `arn:aws-cn:s3:::${logs.name}/*`,
    Condition: { ArnLike: { "aws:SourceArn": "arn:aws-cn:s3:::*" }, ...fromAccount },
  });
});
