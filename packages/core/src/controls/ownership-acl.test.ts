import { expect, test } from "vitest";
import {
  aclOf,
  judge,
  ownershipOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import { absent } from "../model/reading.ts";
import type { Allowance, Assessment } from "../model/verdict.ts";
import { ownershipAcl } from "./ownership-acl.ts";

const compliant: Assessment = {
  kind: "compliant",
  evidence: "ACLs are disabled (BucketOwnerEnforced)",
};
const approval: Allowance = {
  mode: "approval",
  why: "object ACLs lose their effect, and uploads that send an ACL other than bucket-owner-full-control would be refused",
};
const blocked: Allowance = {
  mode: "blocked",
  why: "S3 does not disable ACLs while the bucket ACL gives anything to others than its owner",
  needs:
    "a bucket policy that grants what is still wanted, and then: aws s3api put-bucket-acl --bucket invoices --expected-bucket-owner 111122223333 --acl private",
};

function drift(summary: string, allowance: Allowance): Assessment {
  const intents = [{ document: "ownership", kind: "disable-acls" }] as const;
  return { kind: "drift", summary, allowance, intents };
}

const toEveryone = {
  grantee: "http://acs.amazonaws.com/groups/global/AllUsers",
  permission: "READ",
};
const toAuthenticated = {
  grantee: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
  permission: "WRITE",
};
const toLogDelivery = {
  grantee: "http://acs.amazonaws.com/groups/s3/LogDelivery",
  permission: "WRITE",
};
const toSomebody = { grantee: "ab".repeat(32), permission: "FULL_CONTROL" };

test.each([
  { name: "and an ACL of the owner alone", acl: aclOf() },
  { name: "and public grants, which then mean nothing", acl: aclOf(toEveryone) },
])("BucketOwnerEnforced $name is compliant", ({ acl }) => {
  const ownership = ownershipOf("BucketOwnerEnforced");
  expect(judge(ownershipAcl, { ownership, acl })).toEqual(compliant);
});

test.each([
  { name: "ObjectWriter", ownership: ownershipOf("ObjectWriter") },
  { name: "BucketOwnerPreferred", ownership: ownershipOf("BucketOwnerPreferred") },
  { name: "bucketownerenforced", ownership: ownershipOf("bucketownerenforced") },
  { name: "no ownership controls", ownership: absent },
])("$name: a person is asked, then ACLs are disabled once", ({ name, ownership }) => {
  const readings = { ownership, acl: aclOf() };
  expect(judge(ownershipAcl, readings)).toEqual(drift(`ACLs are in force (${name})`, approval));
  expect(repair(ownershipAcl, readings)).toMatchObject({
    written: [],
    held: [{ control: "ownership-acl", kind: "approval" }],
  });
  expect(repair(ownershipAcl, readings, { asked: true })).toEqual({
    written: [{ document: "ownership", after: ownershipOf("BucketOwnerEnforced").value }],
    held: [],
    later: compliant,
    writtenAgain: [],
  });
});

test.each([
  { grants: [toEveryone], given: "READ to everyone" },
  { grants: [toAuthenticated], given: "WRITE to everyone with an AWS account" },
  { grants: [toLogDelivery], given: "WRITE to the log delivery of S3" },
  {
    grants: [toSomebody, toEveryone],
    given: `FULL_CONTROL to ${toSomebody.grantee}, READ to everyone`,
  },
])("an ACL that gives $given is in the way, even when a person asks", ({ grants, given }) => {
  const readings = { ownership: ownershipOf("ObjectWriter"), acl: aclOf(...grants) };
  const summary = `ACLs are in force (ObjectWriter), and the bucket ACL gives ${given}`;
  expect(judge(ownershipAcl, readings)).toEqual(drift(summary, blocked));
  expect(repair(ownershipAcl, readings, { asked: true })).toMatchObject({
    written: [],
    held: [{ control: "ownership-acl", kind: "blocked" }],
    writtenAgain: [],
  });
});

test.each(unreadRows(ownershipAcl))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const ownership = ownershipOf("BucketOwnerEnforced");
  const readings = { ownership, acl: aclOf(), [facet]: unknown(reason) };
  expect(judge(ownershipAcl, readings)).toEqual(unread(facet, reason));
});
