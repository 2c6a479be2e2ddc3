import { expect, test } from "vitest";
import { parseRecord } from "../record.ts";
import { hear } from "./alarm.ts";

const own = ["bucket-warden*", "arn:aws:kms:eu-west-1:111122223333:key/1234abcd"];

const mallory = {
  type: "AssumedRole",
  arn: "arn:aws:sts::111122223333:assumed-role/admin/mallory",
  accountId: "111122223333",
  sessionContext: { sessionIssuer: { arn: "arn:aws:iam::111122223333:role/admin" } },
};

/** A record as CloudTrail writes it, as far as it is read. */
function heard(call: string, more: object = {}) {
  const [service = "", eventName = ""] = call.split(":");
  const record = {
    userIdentity: mallory,
    eventTime: "2026-11-20T10:15:00Z",
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: "eu-west-1",
    sourceIPAddress: "203.0.113.7",
    requestParameters: null,
    eventID: "e-1",
    readOnly: false,
    recipientAccountId: "111122223333",
    ...more,
  };
  return hear(parseRecord(record, "test"), own, "test");
}

function alarm(call: string, more: object = {}) {
  const it = heard(call, more);
  if (it?.kind !== "alarm") throw new Error(`no alarm: ${it?.reason}`);
  return it.alarm;
}

const denied = { errorCode: "AccessDenied", errorMessage: "User: x is not authorized" };

function deniedOn(resource: string) {
  const errorMessage = `User: arn:aws:sts::111122223333:assumed-role/bucket-warden-x/y is not authorized to perform: it on resource: ${resource} because no identity-based policy allows it`;
  return { errorCode: "AccessDenied", errorMessage };
}

test("a stopped trail says who, where, what it means and the command that undoes it", () => {
  expect(heard("cloudtrail:StopLogging", { requestParameters: { name: "audit" } })).toEqual({
    kind: "alarm",
    alarm: {
      id: expect.stringMatching(/^[0-9a-f]{32}$/),
      on: { kind: "region", account: "111122223333", region: "eu-west-1" },
      cause: {
        kind: "event",
        eventName: "StopLogging",
        eventId: "e-1",
        eventTime: "2026-11-20T10:15:00Z",
        actor: {
          arn: mallory.arn,
          type: "AssumedRole",
          role: "arn:aws:iam::111122223333:role/admin",
          sourceIp: "203.0.113.7",
        },
      },
      service: "cloudtrail",
      resource: "audit",
      means: "calls are no longer recorded, so no change of a bucket is heard; only sweeps see it",
      undo: "aws cloudtrail start-logging --name audit",
      byOwnRole: false,
    },
  });
});

test("what it was done to is the name of the trail, not a word among its selectors", () => {
  const eventSelectors = [{ readWriteType: "ReadOnly", includeManagementEvents: false }];
  const requestParameters = { eventSelectors, trailName: "audit" };
  expect(alarm("cloudtrail:PutEventSelectors", { requestParameters }).resource).toBe("audit");
});

const always = [
  "cloudtrail:DeleteTrail",
  "cloudtrail:UpdateTrail",
  "cloudtrail:PutEventSelectors",
  "cloudtrail:PutInsightSelectors",
  "cloudtrail:PutEventConfiguration",
  "cloudtrail:StopEventDataStoreIngestion",
  "cloudtrail:DeleteEventDataStore",
  "cloudtrail:DeregisterOrganizationDelegatedAdmin",
  "organizations:LeaveOrganization",
  "organizations:DetachPolicy",
  "sts:AssumeRoot",
  "config:StopConfigurationRecorder",
  "securityhub:BatchDisableStandards",
  "guardduty:DeleteDetector",
];

test.each(always)("%s is an alarm whatever it names, done or denied", (call) => {
  const parameters = { requestParameters: { name: "somebody-elses" } };
  expect(alarm(call, parameters).error).toBeUndefined();
  expect(alarm(call, denied).error).toBe("AccessDenied");
});

const named: readonly [string, object, string][] = [
  ["events:DisableRule", { name: "bucket-warden-s3" }, "bucket-warden-s3"],
  ["events:RemoveTargets", { rule: "bucket-warden-s3", ids: ["1"] }, "bucket-warden-s3"],
  [
    "sns:Unsubscribe",
    { subscriptionArn: "arn:aws:sns:eu-west-1:111122223333:bucket-warden:8f6c" },
    "arn:aws:sns:eu-west-1:111122223333:bucket-warden:8f6c",
  ],
  [
    "sqs:PurgeQueue",
    { queueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/bucket-warden-tasks.fifo" },
    "https://sqs.eu-west-1.amazonaws.com/111122223333/bucket-warden-tasks.fifo",
  ],
  [
    "lambda:UpdateFunctionCode20150331v2",
    { functionName: "bucket-warden-remediate" },
    "bucket-warden-remediate",
  ],
  [
    "lambda:DeleteFunction20150331",
    { functionName: "bucket-warden-intake" },
    "bucket-warden-intake",
  ],
  ["iam:UpdateAssumeRolePolicy", { roleName: "bucket-warden-member" }, "bucket-warden-member"],
  ["dynamodb:DeleteTable", { tableName: "bucket-warden-ledger" }, "bucket-warden-ledger"],
  ["cloudformation:DeleteStackSet", { stackSetName: "bucket-warden" }, "bucket-warden"],
  [
    "kms:DisableKey",
    { keyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd" },
    "arn:aws:kms:eu-west-1:111122223333:key/1234abcd",
  ],
  ["scheduler:DeleteSchedule", { name: "bucket-warden-sweep" }, "bucket-warden-sweep"],
];

test.each(named)("%s of something of ours is an alarm that names it", (call, parameters, what) => {
  expect(alarm(call, { requestParameters: parameters }).resource).toBe(what);
});

test.each([
  ["events:DisableRule", { name: "nightly-backup" }],
  ["lambda:UpdateFunctionCode20150331v2", { functionName: "my-bucket-warden" }],
  ["iam:PutRolePolicy", { roleName: "x", policyDocument: '{"Resource":"bucket-warden"}' }],
  ["iam:CreatePolicyVersion", { policyArn: "x", description: "for bucket-warden only" }],
  ["kms:DisableKey", { keyId: "arn:aws:kms:eu-west-1:111122223333:key/1234abcdef" }],
])("%s of %j is none of ours", (call, requestParameters) => {
  expect(heard(call, { requestParameters })).toEqual({
    kind: "harmless",
    reason: "the call names nothing of Bucket Warden",
  });
});

test("what a call names only in its answer or in its resources counts as well", () => {
  const functionArn = "arn:aws:lambda:eu-west-1:111122223333:function:bucket-warden-remediate";
  const mapping = { requestParameters: { uUID: "6f1c" }, responseElements: { functionArn } };
  expect(alarm("lambda:DeleteEventSourceMapping20150331", mapping).resource).toBe(functionArn);
  const key = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd";
  const asked = { requestParameters: { keyId: "1234" }, resources: [{ ARN: key }] };
  expect(alarm("kms:ScheduleKeyDeletion", asked).resource).toBe(key);
});

test.each([
  ["an ARN", "arn:aws:events:eu-west-1:111122223333:rule/bucket-warden-s3"],
  ["a kind and a name", "role bucket-warden-member"],
])("a denied call without parameters is judged by what the error names: %s", (_kind, resource) => {
  const attempt = alarm("events:DisableRule", deniedOn(resource));
  expect([attempt.error, attempt.resource]).toEqual(["AccessDenied", resource.split(" ").at(-1)]);
});

// The caller stands in that text too, and here it is even called like us.
test("a denied call on something else is none of ours, whoever tried", () => {
  const elsewhere = deniedOn("arn:aws:events:eu-west-1:111122223333:rule/nightly-backup");
  expect(heard("events:DisableRule", elsewhere)?.kind).toBe("harmless");
});

test.each([denied, deniedOn("*")])(
  "a denied call that names nothing is told as an attempt",
  (it) => {
    const attempt = alarm("events:DeleteRule", it);
    expect([attempt.error, attempt.resource]).toEqual(["AccessDenied", undefined]);
  },
);

test("a call that failed for another reason and names nothing is let be", () => {
  expect(heard("sns:DeleteTopic", { errorCode: "ThrottlingException" })).toEqual({
    kind: "harmless",
    reason: "the call failed, and its record names nothing",
  });
});

test("an attempt on something of ours counts, whatever it failed for", () => {
  const attempt = { requestParameters: { name: "bucket-warden-s3" }, errorCode: "Throttling" };
  expect(alarm("events:DeleteRule", attempt).error).toBe("Throttling");
});

test.each([
  "cloudtrail:StartLogging",
  "cloudtrail:LookupEvents",
  "events:PutEvents",
  "lambda:UpdateFunctionCodeOfAnother20150331v2",
  "s3:DeleteBucketPolicy",
  "constructor:constructor",
])("%s weakens nothing", (call) => {
  expect(heard(call, { requestParameters: { name: "bucket-warden" } })).toBeUndefined();
});

test("our own role is said to be ours, and still an alarm", () => {
  const role = "arn:aws:iam::111122223333:role/bucket-warden-deploy";
  const userIdentity = { ...mallory, sessionContext: { sessionIssuer: { arn: role } } };
  const requestParameters = { functionName: "bucket-warden-remediate" };
  const update = "lambda:UpdateFunctionCode20150331v2";
  expect(alarm(update, { userIdentity, requestParameters }).byOwnRole).toBe(true);
  expect(alarm(update, { requestParameters }).byOwnRole).toBe(false);
});

test("one call recorded in two accounts is one alarm, another call another", () => {
  const shared = { sharedEventID: "s-1" };
  const ids = [
    alarm("cloudtrail:StopLogging", shared).id,
    alarm("cloudtrail:StopLogging", { ...shared, eventID: "e-2" }).id,
    alarm("cloudtrail:StopLogging").id,
    alarm("cloudtrail:StopLogging", { eventID: "e-2" }).id,
  ];
  expect(ids[0]).toBe(ids[1]);
  expect(new Set(ids).size).toBe(3);
});

test("a record without a usable account is refused by name", () => {
  const nobody = { recipientAccountId: "x" };
  expect(() => heard("cloudtrail:StopLogging", nobody)).toThrow(
    'test.recipientAccountId: "x" is not an AWS account id',
  );
});
