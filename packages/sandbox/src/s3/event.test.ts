import { expect, test } from "vitest";
import type { Call } from "../call.ts";
import { anonymous } from "../principal.ts";
import { createWorld } from "../world.ts";
import { eventOfS3 } from "./event.ts";

const world = createWorld({ account: "111122223333", region: "us-east-1", now: () => 0 });

function eventOf(
  operation: string,
  parts: { query?: string; body?: string; headers?: Record<string, string> } = {},
) {
  const call: Call = {
    id: "R",
    at: 0,
    service: "s3",
    operation,
    bucket: "b",
    write: true,
    principal: anonymous,
    region: "us-east-1",
    request: {
      method: "PUT",
      path: "/b",
      query: new URLSearchParams(parts.query ?? ""),
      headers: { host: "127.0.0.1:4566", ...parts.headers },
      body: Buffer.from(parts.body ?? ""),
      sourceIp: "127.0.0.1",
    },
  };
  return eventOfS3(call, world, "111122223333");
}

const names: readonly [string, string][] = [
  ["PutBucketPolicy", "PutBucketPolicy"],
  ["PutBucketEncryption", "PutBucketEncryption"],
  ["PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"],
  ["PutPublicAccessBlock", "PutBucketPublicAccessBlock"],
  ["DeletePublicAccessBlock", "DeleteBucketPublicAccessBlock"],
  ["PutBucketLifecycleConfiguration", "PutBucketLifecycle"],
  ["DeleteBucketLifecycle", "DeleteBucketLifecycle"],
  ["PutBucketNotificationConfiguration", "PutBucketNotification"],
  ["PutBucketAccelerateConfiguration", "PutAccelerateConfiguration"],
  ["GetPublicAccessBlock", "GetBucketPublicAccessBlock"],
  ["GetBucketLifecycleConfiguration", "GetBucketLifecycle"],
  ["PutBucketInventoryConfiguration", "PutBucketInventoryConfiguration"],
];

test.each(names)("the API's %s is CloudTrail's %s", (operation, eventName) => {
  expect(eventOf(operation)?.eventName).toBe(eventName);
});

test.each(["PutObject", "GetObject", "ListObjectsV2", "HeadBucket", "POST bucket?delete"])(
  "%s is no management event",
  (operation) => {
    expect(eventOf(operation)).toBeUndefined();
  },
);

test("a policy is shown as an object beside the marker of its sub-resource", () => {
  const event = eventOf("PutBucketPolicy", {
    query: "policy=&x-id=PutBucketPolicy",
    body: '{"Version":"2012-10-17","Statement":[]}',
  });
  expect(event).toEqual({
    eventName: "PutBucketPolicy",
    eventSource: "s3.amazonaws.com",
    requestParameters: {
      bucketPolicy: { Version: "2012-10-17", Statement: [] },
      bucketName: "b",
      Host: "127.0.0.1:4566",
      policy: "",
    },
    owner: "111122223333",
    resource: { type: "AWS::S3::Bucket", arn: "arn:aws:s3:::b" },
  });
});

test("a body that is not JSON leaves the policy out", () => {
  expect(eventOf("PutBucketPolicy", { body: "{" })?.requestParameters).toEqual({
    bucketName: "b",
    Host: "127.0.0.1:4566",
  });
});

test("XML is shown with one element as an object, several as a list, and scalars typed", () => {
  const rule = (days: string) => `<Rule><Expiration><Days>${days}</Days></Expiration></Rule>`;
  const shown = (body: string) =>
    eventOf("PutBucketLifecycleConfiguration", { body })?.requestParameters;
  const root = (inside: string) =>
    `<LifecycleConfiguration xmlns="urn:s3">${inside}</LifecycleConfiguration>`;
  expect(shown(root(rule("1")))?.["LifecycleConfiguration"]).toEqual({
    xmlns: "urn:s3",
    Rule: { Expiration: { Days: 1 } },
  });
  expect(shown(root(rule("1") + rule("007")))?.["LifecycleConfiguration"]).toEqual({
    xmlns: "urn:s3",
    Rule: [{ Expiration: { Days: 1 } }, { Expiration: { Days: "007" } }],
  });
});

test("logging that is switched off shows an empty status", () => {
  const body = '<BucketLoggingStatus xmlns="urn:s3"/>';
  expect(eventOf("PutBucketLogging", { query: "logging", body })?.requestParameters).toEqual({
    BucketLoggingStatus: { xmlns: "urn:s3" },
    bucketName: "b",
    Host: "127.0.0.1:4566",
    logging: "",
  });
});

test("CreateBucket shows its headers and has no resource yet", () => {
  const event = eventOf("CreateBucket", {
    headers: { "x-amz-bucket-object-lock-enabled": "true" },
  });
  expect(event?.requestParameters).toMatchObject({ "x-amz-bucket-object-lock-enabled": "true" });
  expect(event).not.toHaveProperty("resource");
});
