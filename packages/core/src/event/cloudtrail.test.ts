import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { InputError } from "../kernel/input-error.ts";
import { receiveEvent, receiveRecord } from "./cloudtrail.ts";

const folder = new URL("../../../../test/fixtures/events/", import.meta.url);

function fixture(name: string): { detail: { eventID: string } } {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8"));
}

function bucket(name: string, region = "eu-west-1", account = "111122223333"): object {
  return { kind: "bucket", name, account, region };
}

const alice = {
  arn: "arn:aws:iam::111122223333:user/alice",
  type: "IAMUser",
  userAgent: "aws-cli/2.31.0 md/prompt#off",
  sourceIp: "203.0.113.7",
};
const deploy = {
  ...alice,
  arn: "arn:aws:sts::111122223333:assumed-role/deploy/ci-4711",
  type: "AssumedRole",
  role: "arn:aws:iam::111122223333:role/deploy",
};
const change = {
  kind: "config-change",
  eventTime: "2026-11-20T10:15:00Z",
  actor: alice,
  on: bucket("invoices-archive"),
};

const triggers: Readonly<Record<string, object>> = {
  "put-bucket-policy": {
    eventName: "PutBucketPolicy",
    touches: ["policy", "logTarget", "logReceiver"],
    claim: { kind: "put", text: expect.stringContaining('"Sid":"Everyone"') },
  },
  "delete-bucket-policy-2015": {
    eventName: "DeleteBucketPolicy",
    eventTime: "2015-08-26T20:46:31Z",
    actor: { ...alice, userAgent: "S3Console/0.4" },
    on: bucket("invoices-archive", "us-east-1"),
    touches: ["policy", "logTarget", "logReceiver"],
    claim: { kind: "removed" },
  },
  "put-bucket-encryption": {
    eventName: "PutBucketEncryption",
    actor: deploy,
    touches: ["encryption", "encryptionKey", "kmsLoad", "logTarget", "logReceiver"],
  },
  "delete-bucket-encryption": {
    eventName: "DeleteBucketEncryption",
    actor: deploy,
    touches: ["encryption", "encryptionKey", "kmsLoad", "logTarget", "logReceiver"],
  },
  "put-bucket-logging-empty": {
    eventName: "PutBucketLogging",
    actor: { ...alice, arn: "arn:aws:iam::111122223333:root", type: "Root" },
    touches: ["logging", "vendedLogs", "lastLog", "logTarget", "logReceiver"],
  },
  "put-bucket-logging-grants": {
    eventName: "PutBucketLogging",
    touches: ["logging", "vendedLogs", "lastLog", "logTarget", "logReceiver"],
  },
  "delete-bucket-logging": {
    eventName: "DeleteBucketLogging",
    touches: ["logging", "vendedLogs", "lastLog", "logTarget", "logReceiver"],
  },
  "put-bucket-versioning-cloudformation": {
    eventName: "PutBucketVersioning",
    actor: {
      ...deploy,
      arn: "arn:aws:sts::111122223333:assumed-role/deploy/AWSCloudFormation",
      invokedBy: "cloudformation.amazonaws.com",
      userAgent: "cloudformation.amazonaws.com",
      sourceIp: "cloudformation.amazonaws.com",
    },
    touches: ["versioning"],
  },
  "put-bucket-versioning-foreign-caller": {
    eventName: "PutBucketVersioning",
    sharedEventId: "5ha7ed00-0000-4000-8000-000000000002",
    on: bucket("shared-exchange"),
    actor: { ...alice, arn: "AROAEXAMPLEPARTNER00:session", type: "AWSAccount" },
    touches: ["versioning"],
  },
  "put-bucket-object-lock-configuration": {
    eventName: "PutBucketObjectLockConfiguration",
    on: bucket("ledger-of-record"),
    touches: ["objectLock", "logTarget", "logReceiver"],
  },
  "put-bucket-lifecycle-one-rule": { eventName: "PutBucketLifecycle", touches: ["lifecycle"] },
  "put-bucket-lifecycle-two-rules": { eventName: "PutBucketLifecycle", touches: ["lifecycle"] },
  "delete-bucket-lifecycle": { eventName: "DeleteBucketLifecycle", touches: ["lifecycle"] },
  "put-bucket-website": {
    eventName: "PutBucketWebsite",
    on: bucket("brochure"),
    touches: ["website"],
  },
  "put-bucket-tagging": { eventName: "PutBucketTagging", touches: ["tags"] },
  "put-bucket-request-payment": {
    eventName: "PutBucketRequestPayment",
    on: bucket("access-logs"),
    touches: ["logTarget", "logReceiver"],
  },
  "disable-key": {
    eventName: "DisableKey",
    on: { kind: "region", account: "111122223333", region: "eu-west-1" },
    behind: {
      kind: "keys",
      keys: ["arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-00000000beef"],
    },
    touches: ["encryption", "encryptionKey", "baselineKey"],
  },
  "put-account-public-access-block": {
    eventName: "PutAccountPublicAccessBlock",
    on: { kind: "account", account: "111122223333", region: "us-east-1" },
    touches: ["accountPublicAccess", "acl"],
  },
  "create-bucket": {
    eventName: "CreateBucket",
    on: bucket("brand-new", "us-east-1"),
    touches: "all",
  },
  "create-bucket-elsewhere": {
    eventName: "CreateBucket",
    on: bucket("brand-new", "ap-southeast-2"),
    touches: "all",
  },
  "delete-bucket": {
    eventName: "DeleteBucket",
    on: bucket("brand-new", "us-east-1"),
    touches: "all",
  },
};

const directory =
  "a directory bucket, which is not judged: it has no versioning, logging, Object Lock or public access block, and its policy speaks of other actions";
const alias =
  "an alias of an access point, which is not judged: settings belong to the bucket behind it";
const table =
  "a table bucket, which is not judged: it has policies, encryption and maintenance of its own, and no setting of a general purpose bucket";
const vector =
  "a vector bucket, which is not judged: it has a policy and encryption of its own, and no setting of a general purpose bucket";
const unknownCall = "not a call that changes the configuration of a bucket";
const ignored: Readonly<Record<string, { eventName: string; reason: string }>> = {
  "put-bucket-policy-denied": {
    eventName: "PutBucketPolicy",
    reason: "the call failed, so nothing changed",
  },
  "get-bucket-policy": { eventName: "GetBucketPolicy", reason: "read-only call" },
  "put-bucket-versioning-foreign-owner": {
    eventName: "PutBucketVersioning",
    reason: "the bucket belongs to another account, which gets its own copy of the record",
  },
  "put-bucket-policy-directory-bucket": {
    eventName: "PutBucketPolicy",
    reason: directory,
  },
};

test("every event fixture has a row below", () => {
  const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ""));
  expect(names.sort()).toEqual([...Object.keys(triggers), ...Object.keys(ignored)].sort());
});

test.each(Object.entries(triggers))("%s leads to a look at what it changed", (name, expected) => {
  const event = fixture(name);
  expect(receiveEvent(event)).toEqual({
    kind: "trigger",
    trigger: { ...change, eventId: event.detail.eventID, ...expected },
  });
});

test.each(Object.entries(ignored))("%s is ignored with the reason", (name, expected) => {
  expect(receiveEvent(fixture(name))).toEqual({ kind: "ignored", ...expected });
});

/** A record of the newest generation, changed. */
function record(changes: Readonly<Record<string, unknown>>): unknown {
  return { ...fixture("put-bucket-policy").detail, ...changes };
}

function received(changes: Readonly<Record<string, unknown>>) {
  return receiveRecord(record(changes), "record");
}

test.each([
  { name: "another detail type", "detail-type": "AWS Service Event via CloudTrail" },
  { name: "an S3 event notification", "detail-type": "Object Created" },
  { name: "a schedule", "detail-type": "Scheduled Event" },
])("$name is ignored: it is not a recorded call", ({ "detail-type": type }) => {
  expect(receiveEvent({ "detail-type": type, detail: {} })).toEqual({
    kind: "ignored",
    reason: "not a recorded API call",
    eventName: "",
  });
});

test.each([
  {
    name: "a read-only mark written as text",
    changes: { readOnly: "true" },
    reason: "read-only call",
  },
  {
    name: "a call of s3control on an access point",
    changes: { eventName: "CreateAccessGrant", requestParameters: { name: "ap" } },
    reason: unknownCall,
  },
  {
    name: "a call that no table knows",
    changes: { eventName: "PutBucketFutureThing" },
    reason: unknownCall,
  },
  {
    name: "an event name that is a member of every object",
    changes: { eventName: "constructor" },
    reason: unknownCall,
  },
  {
    name: "a failed call that names a bucket",
    changes: { eventName: "DeleteBucket", errorCode: "BucketNotEmpty" },
    reason: "the call failed, so nothing changed",
  },
  ...[
    { name: "no request parameters", requestParameters: null, resources: null },
    {
      name: "an empty bucket name",
      requestParameters: { bucketName: "" },
      resources: [{ type: "AWS::S3::Bucket", accountId: "111122223333" }],
    },
    {
      name: "a bucket name that is a list",
      requestParameters: { bucketName: ["a", "b"] },
      resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::a/key" }],
    },
    {
      name: "an ARN that names nothing",
      requestParameters: null,
      resources: [{ type: "AWS::S3::Bucket", ARN: "arn:aws:s3" }],
    },
  ].map(({ name, ...changes }) => ({ name, changes, reason: "the call names no bucket" })),
  {
    name: "a directory bucket that only the resources name",
    changes: {
      requestParameters: null,
      resources: [{ type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::fast--euw1-az1--x-s3" }],
    },
    reason: directory,
  },
  {
    name: "a directory bucket under the name of S3",
    changes: { requestParameters: { bucketName: "fast--euw1-az1--x-s3" } },
    reason: directory,
  },
  {
    name: "an access point alias",
    changes: { requestParameters: { bucketName: "ap-abcdefghij1234567890-s3alias" } },
    reason: alias,
  },
  {
    name: "tags of a directory bucket",
    changes: {
      eventName: "TagResource",
      requestParameters: {
        resourceArn: "arn:aws:s3express:eu-west-1:111122223333:bucket/fast--euw1-az1--x-s3",
      },
      resources: null,
    },
    reason: directory,
  },
  {
    name: "a table bucket",
    changes: { eventSource: "s3tables.amazonaws.com", eventName: "PutTableBucketPolicy" },
    reason: table,
  },
  {
    name: "a table bucket in the spelling of the guide",
    changes: { eventSource: "s3tables.amazonaws.com" },
    reason: table,
  },
  {
    name: "a vector bucket",
    changes: { eventSource: "s3vectors.amazonaws.com", eventName: "PutVectorBucketPolicy" },
    reason: vector,
  },
])("$name: ignored", ({ changes, reason }) => {
  const eventName = "eventName" in changes ? changes.eventName : "PutBucketPolicy";
  expect(received(changes)).toEqual({ kind: "ignored", reason, eventName });
});

const bucketName = "invoices-archive";

// CloudTrail leaves them out when they are larger than 100 KB, as a policy with much in it may be.
test.each([
  { requestParameters: null },
  { requestParameters: undefined },
  { requestParameters: {} },
])("with %j the resources name the bucket", (changes) => {
  expect(received(changes)).toEqual(received({ requestParameters: { bucketName } }));
});

test("where the parameters name a bucket, the resources name no other", () => {
  const requestParameters = { bucketName: "named-in-the-call" };
  expect(received({ requestParameters })).toMatchObject({
    trigger: { on: bucket("named-in-the-call") },
  });
});

test("an Insights record is ignored: it records no call", () => {
  const insight = { eventType: "AwsCloudTrailInsight", insightDetails: { state: "Start" } };
  const reason = "not a recorded API call";
  expect(receiveRecord(insight, "record")).toEqual({ kind: "ignored", reason, eventName: "" });
  expect(received({ eventType: "AwsCloudTrailInsight" })).toMatchObject({
    kind: "ignored",
    reason,
  });
  expect(received({ eventType: "AwsServiceEvent" }).kind).toBe("trigger");
});

test("a later trail version or unknown members change nothing", () => {
  expect(
    received({ eventVersion: "2.0", addendum: { reason: "DELIVERY_DELAY" }, future: 1 }),
  ).toEqual(received({}));
});

test.each([
  { location: "", region: "eu-west-1" },
  { location: "EU", region: "eu-west-1" },
  { location: "us-gov-west-1", region: "us-gov-west-1" },
  { location: 7, region: "eu-west-1" },
])("a new bucket with location $location is in $region", ({ location, region }) => {
  const requestParameters = {
    bucketName: "brand-new",
    CreateBucketConfiguration: { LocationConstraint: location },
  };
  expect(received({ eventName: "CreateBucket", requestParameters })).toMatchObject({
    trigger: { on: bucket("brand-new", region) },
  });
});

const account = "111122223333";
const shown = { userAgent: alice.userAgent, sourceIp: alice.sourceIp };

test.each([
  {
    name: "a federated user",
    userIdentity: {
      type: "FederatedUser",
      principalId: `${account}:bob`,
      arn: `arn:aws:sts::${account}:federated-user/bob`,
      accountId: account,
      sessionContext: { sessionIssuer: { type: "IAMUser", arn: alice.arn } },
    },
    actor: {
      arn: `arn:aws:sts::${account}:federated-user/bob`,
      type: "FederatedUser",
      role: alice.arn,
    },
  },
  {
    name: "a role itself",
    userIdentity: { type: "Role", arn: `arn:aws:iam::${account}:role/r`, accountId: account },
    actor: { arn: `arn:aws:iam::${account}:role/r`, type: "Role" },
  },
  {
    name: "an AWS service",
    userIdentity: { type: "AWSService", invokedBy: "controltower.amazonaws.com" },
    actor: {
      arn: "controltower.amazonaws.com",
      type: "AWSService",
      invokedBy: "controltower.amazonaws.com",
    },
  },
  {
    name: "another account",
    userIdentity: { type: "AWSAccount", principalId: "AIDAOTHER", accountId: "444455556666" },
    actor: { arn: "AIDAOTHER", type: "AWSAccount" },
  },
  {
    name: "an Identity Center user without an ARN",
    userIdentity: { type: "IdentityCenterUser", accountId: account, onBehalfOf: { userId: "u-1" } },
    actor: { arn: "unknown", type: "IdentityCenterUser" },
  },
  {
    name: "a directory user",
    userIdentity: { type: "Directory", userName: "carol", principalId: "d-1" },
    actor: { arn: "d-1", type: "Directory" },
  },
  {
    name: "an identity of a kind that is not known yet",
    userIdentity: { type: "Martian", arn: "arn:aws:mars::1:x" },
    actor: { arn: "arn:aws:mars::1:x", type: "Martian" },
  },
  { name: "no identity", userIdentity: undefined, actor: { arn: "unknown", type: "Unknown" } },
  {
    name: "a caller with empty names",
    userIdentity: { type: "", arn: "", principalId: "", accountId: account },
    actor: { arn: "unknown", type: "Unknown" },
  },
  {
    name: "a service whose ARN is empty",
    userIdentity: { type: "AWSService", arn: "", invokedBy: "config.amazonaws.com" },
    actor: {
      arn: "config.amazonaws.com",
      type: "AWSService",
      invokedBy: "config.amazonaws.com",
    },
  },
  { name: "a broken identity", userIdentity: "me", actor: { arn: "unknown", type: "Unknown" } },
])("the actor of $name", ({ userIdentity, actor }) => {
  expect(received({ userIdentity })).toMatchObject({ trigger: { actor: { ...shown, ...actor } } });
});

test.each([
  { eventTime: undefined },
  { eventTime: 1_763_633_700 },
  { userAgent: 7 },
  { sourceIPAddress: ["203.0.113.7"] },
  { sharedEventID: null },
  { readOnly: "perhaps" },
  { errorCode: null },
  { resources: "none" },
  { resources: null },
  { resources: [{ type: 1, accountId: 2, ARN: 3 }] },
  { resources: [null] },
  { userIdentity: null },
  { userIdentity: { type: 1, arn: 2, principalId: 3, accountId: 4, invokedBy: 5 } },
  { userIdentity: { type: "AssumedRole", sessionContext: "broken" } },
  { userIdentity: { type: "AssumedRole", sessionContext: { sessionIssuer: [] } } },
])("%j is only shown, so the record stays usable", (changes) => {
  expect(received(changes)).toMatchObject({
    kind: "trigger",
    trigger: { on: bucket("invoices-archive") },
  });
});

test.each([
  { name: "of the caller", changes: { resources: undefined }, account: "111122223333" },
  {
    name: "of the owner, where the caller has none",
    changes: {
      userIdentity: { type: "AWSService", invokedBy: "config.amazonaws.com" },
      resources: [{ type: "AWS::S3::Bucket", accountId: "444455556666" }],
    },
    account: "444455556666",
  },
])("without recipientAccountId the account $name counts", ({ changes, account: expected }) => {
  const trigger = { on: bucket("invoices-archive", "eu-west-1", expected) };
  expect(received({ ...changes, recipientAccountId: undefined })).toMatchObject({ trigger });
});

test("a time that is missing is shown as nothing", () => {
  expect(received({ eventTime: undefined })).toMatchObject({ trigger: { eventTime: "" } });
});

function problemIn(input: unknown): string {
  try {
    receiveRecord(input, "file, Records[7]");
  } catch (error) {
    if (error instanceof InputError) return `${error.place}: ${error.problem}`;
    throw error;
  }
  return "no problem";
}

const notARecord = "it is missing or has the wrong type, so this is not a CloudTrail record";

test.each([
  { name: "nothing", input: undefined, problem: `file, Records[7]: ${notARecord}` },
  { name: "a list", input: [], problem: `file, Records[7]: ${notARecord}` },
  { name: "a text", input: "PutBucketPolicy", problem: `file, Records[7]: ${notARecord}` },
  ...["eventSource", "eventName", "eventID", "awsRegion"].map((field) => ({
    name: `no ${field}`,
    input: record({ [field]: undefined }),
    problem: `file, Records[7].${field}: ${notARecord}`,
  })),
  {
    name: "an event name that is a number",
    input: record({ eventName: 1 }),
    problem: `file, Records[7].eventName: ${notARecord}`,
  },
  {
    name: "a bucket name that cannot be one",
    input: record({ requestParameters: { bucketName: "../etc" } }),
    problem: 'file, Records[7].requestParameters.bucketName: "../etc" is not a bucket name',
  },
  {
    name: "a region that cannot be one",
    input: record({ awsRegion: "somewhere" }),
    problem: 'file, Records[7].awsRegion: "somewhere" is not an AWS Region',
  },
  {
    name: "an account that cannot be one",
    input: record({ recipientAccountId: "12", resources: null }),
    problem: 'file, Records[7].recipientAccountId: "12" is not an AWS account id',
  },
  {
    name: "no account at all",
    input: record({ recipientAccountId: undefined, resources: null, userIdentity: {} }),
    problem: 'file, Records[7].recipientAccountId: "" is not an AWS account id',
  },
])("a malformed record is named: $name", ({ input, problem }) => {
  expect(problemIn(input)).toBe(problem);
});

test.each([
  { event: undefined },
  { event: "x" },
  { event: [] },
  { event: { detail: {} } },
  { event: { "detail-type": "AWS API Call via CloudTrail" } },
])("an event without an envelope is refused: $event", ({ event }) => {
  expect(() => receiveEvent(event)).toThrow(
    "event: it has no detail-type and detail. Send what EventBridge delivers for `AWS API Call via CloudTrail`.",
  );
});

test("an envelope with a broken record names the place inside", () => {
  const event = { "detail-type": "AWS API Call via CloudTrail", detail: null };
  expect(() => receiveEvent(event)).toThrow(
    `event.detail: ${notARecord}. Send the record as CloudTrail wrote it.`,
  );
});

const photos = "arn:aws:s3:::photos";

test.each([
  { name: "as the API's members are spelt elsewhere", parameters: { resourceArn: photos } },
  { name: "as the API's own URL spells it", parameters: { ResourceArn: photos } },
  { name: "in another partition", parameters: { resourceArn: "arn:aws-cn:s3:::photos" } },
])("a call on tags names the bucket by its ARN, $name", ({ parameters }) => {
  const changes = { eventName: "TagResource", requestParameters: parameters, resources: null };
  expect(received(changes)).toMatchObject({
    kind: "trigger",
    trigger: { on: { name: "photos" }, touches: ["tags"] },
  });
});

test.each([
  "arn:aws:s3:eu-west-1:111122223333:accesspoint/photos",
  "arn:aws:s3:eu-west-1:111122223333:storage-lens-group/photos",
  "arn:aws:s3:::photos/2026/a.jpg",
  "photos",
  7,
])("tags of %s are not those of a bucket", (resourceArn) => {
  const changes = { eventName: "UntagResource", requestParameters: { resourceArn } };
  expect(received({ ...changes, resources: null })).toEqual({
    kind: "ignored",
    reason: "the call names no bucket",
    eventName: "UntagResource",
  });
});

test("a new access point is about the bucket that its request names", () => {
  const body = { Bucket: "photos", BucketAccountId: 111122223333 };
  const parameters = { name: "reader", CreateAccessPointRequest: body };
  const changes = { eventName: "CreateAccessPoint", requestParameters: parameters };
  expect(received({ ...changes, resources: null })).toMatchObject({
    kind: "trigger",
    trigger: { on: { kind: "bucket", name: "photos" }, touches: ["accessPoints"] },
  });
});

// Taken for one of the caller's account it would be unreadable there, and told as such.
test.each([444455556666, "444455556666", 12345678])(
  "a new access point for a bucket of another account (%s) is about no bucket of this one",
  (BucketAccountId) => {
    const body = { Bucket: "photos", BucketAccountId };
    const requestParameters = { name: "reader", CreateAccessPointRequest: body };
    const changes = { eventName: "CreateAccessPoint", requestParameters, resources: null };
    expect(received(changes)).toEqual({
      kind: "ignored",
      eventName: "CreateAccessPoint",
      reason: "the access point is for a bucket of another account, which cannot list it",
    });
  },
);

test("the owner of the bucket behind a new access point may have lost its leading zeros", () => {
  const body = { Bucket: "photos", BucketAccountId: 12345678 };
  const requestParameters = { name: "reader", CreateAccessPointRequest: body };
  const own = { recipientAccountId: "000012345678", requestParameters, resources: null };
  expect(received({ eventName: "CreateAccessPoint", ...own })).toMatchObject({
    kind: "trigger",
    trigger: { on: { kind: "bucket", name: "photos", account: "000012345678" } },
  });
});

test.each(["name", "Name", "accessPointName"])(
  "a call that names an access point alone (%s) is about what is behind it",
  (member) => {
    const changes = {
      eventName: "PutAccessPointPolicy",
      requestParameters: { [member]: "reader" },
    };
    expect(received({ ...changes, resources: null })).toMatchObject({
      kind: "trigger",
      trigger: {
        on: { kind: "region", account: "111122223333", region: "eu-west-1" },
        behind: { kind: "access-point", name: "reader" },
        touches: ["accessPoints"],
      },
    });
  },
);

test("an access point of a directory bucket is none of ours", () => {
  const parameters = { name: "reader--euw1-az1--xa-s3" };
  const changes = { eventName: "DeleteAccessPointPolicy", requestParameters: parameters };
  expect(received({ ...changes, resources: null })).toEqual({
    kind: "ignored",
    reason: alias,
    eventName: "DeleteAccessPointPolicy",
  });
});

test("a name means an access point only in calls on one", () => {
  const changes = { eventName: "PutBucketPolicy", requestParameters: { name: "reader" } };
  expect(received({ ...changes, resources: null })).toMatchObject({
    reason: "the call names no bucket",
  });
});

test.each([
  { name: "an object with members of every object", id: { toString: 1, valueOf: 1 } },
  { name: "a list", id: ["444455556666"] },
])("an account of an access point that is $name says nothing", ({ id: BucketAccountId }) => {
  const body = { Bucket: "invoices", BucketAccountId };
  const requestParameters = { name: "ap", CreateAccessPointRequest: body };
  expect(received({ eventName: "CreateAccessPoint", requestParameters })).toMatchObject({
    trigger: { on: bucket("invoices") },
  });
});

test.each([
  { name: "of another account", changes: { account: "444455556666" }, place: "recipientAccountId" },
  { name: "of no service of AWS", changes: { source: "evil.s3" }, place: "event.source" },
])("an event $name is refused: its detail says what its sender likes", ({ changes, place }) => {
  const event = { ...fixture("put-bucket-policy"), ...changes };
  expect(() => receiveEvent(event)).toThrow(InputError);
  expect(() => receiveEvent(event)).toThrow(place);
});

const long = "x".repeat(300_000);

test("what is longer than AWS writes is left out, and the change is still seen", () => {
  const userIdentity = {
    type: "AssumedRole",
    arn: long,
    principalId: "AROA:ci",
    accountId: account,
  };
  expect(received({ userAgent: long, eventTime: long, userIdentity })).toMatchObject({
    trigger: {
      on: bucket("invoices-archive"),
      eventTime: "",
      actor: { arn: "AROA:ci", type: "AssumedRole", sourceIp: alice.sourceIp },
    },
  });
});

test("a name of a call that no call has is refused", () => {
  expect(() => received({ eventName: long })).toThrow("record.eventName");
});
