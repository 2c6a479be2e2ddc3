import { expect, test } from "vitest";
import type { ApiEvent, Call } from "../call.ts";
import { anonymous, principalOf, type RoleSession } from "../principal.ts";
import { recordsOf } from "./record.ts";

const session: RoleSession = {
  account: "222233334444",
  accessKey: "ASIA1",
  roleArn: "arn:aws:iam::222233334444:role/warden",
  roleName: "warden",
  sessionName: "s",
  externalId: undefined,
  createdAt: Date.UTC(2026, 10, 21, 7),
};
const sessions = new Map([["ASIA1", session]]);

function callBy(principal: Call["principal"]): Call {
  return {
    id: "REQUEST1",
    at: Date.UTC(2026, 10, 21, 8, 0, 0, 123),
    service: "s3",
    operation: "PutBucketPolicy",
    bucket: "b",
    write: true,
    principal,
    region: "us-east-1",
    request: {
      method: "PUT",
      path: "/b",
      query: new URLSearchParams("policy"),
      headers: {
        "user-agent": "aws-cli/2",
        authorization: "AWS4-HMAC-SHA256 Credential=a/20261121/us-east-1/s3/aws4_request",
      },
      body: Buffer.from("{}"),
      sourceIp: "::ffff:127.0.0.1",
    },
  };
}

const event: ApiEvent = {
  eventName: "PutBucketPolicy",
  eventSource: "s3.amazonaws.com",
  requestParameters: { bucketName: "b", policy: "" },
  owner: "111122223333",
  resource: { type: "AWS::S3::Bucket", arn: "arn:aws:s3:::b" },
};
const alice = principalOf("alice", "111122223333", sessions);

test("a successful write of an IAM user is one complete record", () => {
  expect(recordsOf(callBy(alice), event, undefined)).toEqual([
    {
      eventVersion: "1.11",
      userIdentity: {
        type: "IAMUser",
        principalId: expect.stringMatching(/^AIDA[0-9A-F]{17}$/),
        arn: "arn:aws:iam::111122223333:user/alice",
        accountId: "111122223333",
        accessKeyId: "alice",
        userName: "alice",
      },
      eventTime: "2026-11-21T08:00:00Z",
      eventSource: "s3.amazonaws.com",
      eventName: "PutBucketPolicy",
      awsRegion: "us-east-1",
      sourceIPAddress: "127.0.0.1",
      userAgent: "[aws-cli/2]",
      requestParameters: { bucketName: "b", policy: "" },
      responseElements: null,
      additionalEventData: {
        SignatureVersion: "SigV4",
        bytesTransferredIn: 2,
        AuthenticationMethod: "AuthHeader",
        "x-amz-id-2": expect.any(String),
        bytesTransferredOut: 0,
      },
      requestID: "REQUEST1",
      readOnly: false,
      resources: [{ accountId: "111122223333", type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::b" }],
      eventType: "AwsApiCall",
      managementEvent: true,
      eventCategory: "Management",
      recipientAccountId: "111122223333",
      eventID: expect.stringMatching(/^[0-9a-f-]{36}$/),
    },
  ]);
});

test("a failed call has its error and vouches for no resource", () => {
  const failure = { code: "AccessDenied", message: "Access Denied" };
  const [record] = recordsOf(callBy(alice), event, failure);
  expect(record).toMatchObject({ errorCode: "AccessDenied", errorMessage: "Access Denied" });
  expect(record).not.toHaveProperty("resources");
});

test("a call across accounts is recorded in both, joined by the shared id", () => {
  const role = principalOf("ASIA1", "111122223333", sessions);
  const records = recordsOf(callBy(role), event, undefined);
  const [first, second] = records;
  expect(records.map((record) => record.recipientAccountId)).toEqual([
    "222233334444",
    "111122223333",
  ]);
  expect(first?.sharedEventID).toBe(second?.sharedEventID);
  expect(first?.eventID).not.toBe(second?.eventID);
});

test("a role session shows the role that issued it", () => {
  const [record] = recordsOf(callBy(principalOf("ASIA1", "1", sessions)), event, undefined);
  expect(record?.userIdentity).toMatchObject({
    type: "AssumedRole",
    arn: "arn:aws:sts::222233334444:assumed-role/warden/s",
    sessionContext: {
      sessionIssuer: {
        type: "Role",
        arn: "arn:aws:iam::222233334444:role/warden",
        accountId: "222233334444",
        userName: "warden",
      },
      attributes: { creationDate: "2026-11-21T07:00:00Z", mfaAuthenticated: "false" },
    },
  });
});

test("the root user and the anonymous caller have their own shapes", () => {
  const identityOf = (principal: Call["principal"]) =>
    recordsOf(callBy(principal), event, undefined)[0]?.userIdentity;
  expect(identityOf(principalOf("root", "111122223333", sessions))).toEqual({
    type: "Root",
    principalId: "111122223333",
    arn: "arn:aws:iam::111122223333:root",
    accountId: "111122223333",
    accessKeyId: "root",
  });
  expect(identityOf(anonymous)).toEqual({
    type: "AWSAccount",
    principalId: "",
    accountId: "ANONYMOUS_PRINCIPAL",
  });
});

test("only S3 wraps the user agent in brackets", () => {
  const [record] = recordsOf({ ...callBy(alice), service: "kms" }, event, undefined);
  expect(record?.userAgent).toBe("aws-cli/2");
});
