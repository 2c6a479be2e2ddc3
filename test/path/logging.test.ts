import type { LoggingEnabled } from "@aws-sdk/client-s3";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { denyPlainHttp } from "./sound.ts";

// These tests need log buckets that take ACLs.
const stage = await rehearse({ baseline: { "ownership-acl": { mode: "off" } } });
const mallory = stage.as("mallory");
const { logBucket } = stage;
afterAll(() => stage[Symbol.asyncDispose]());

const withAcls =
  "<OwnershipControls><Rule><ObjectOwnership>ObjectWriter</ObjectOwnership></Rule></OwnershipControls>";

async function loggingOf(bucket: string): Promise<unknown> {
  const { LoggingEnabled: enabled } = await stage.as("owner").getBucketLogging({ Bucket: bucket });
  return enabled;
}

function log(bucket: string, enabled?: LoggingEnabled) {
  const status = enabled === undefined ? {} : { LoggingEnabled: enabled };
  return mallory.putBucketLogging({ Bucket: bucket, BucketLoggingStatus: status });
}

test("logging that was switched off is on again", async () => {
  const bucket = stage.bucket("logging");
  await log(bucket);
  await stage.deployment.idle();
  expect(await loggingOf(bucket)).toEqual({
    TargetBucket: logBucket,
    TargetPrefix: `${bucket}/`,
  });
  expect(stage.told(bucket)).toEqual(["fixed access-logging"]);
  expect(stage.writes(bucket)).toEqual(["PutBucketLogging"]);
});

test("logs that went elsewhere go to the log bucket, in the format that they had", async () => {
  const bucket = stage.bucket("logging");
  const elsewhere = stage.bucket("elsewhere");
  const format = { PartitionedPrefix: { PartitionDateSource: "DeliveryTime" as const } };
  await log(bucket, {
    TargetBucket: elsewhere,
    TargetPrefix: "deep/below/",
    TargetObjectKeyFormat: format,
  });
  await stage.deployment.idle();
  expect(await loggingOf(bucket)).toEqual({
    TargetBucket: logBucket,
    TargetPrefix: `${bucket}/`,
    TargetObjectKeyFormat: format,
  });
  expect(stage.told(bucket)).toEqual(["fixed access-logging"]);
});

test("grants on the delivered logs survive", async () => {
  const bucket = stage.bucket("logging");
  const elsewhere = stage.bucket("elsewhere");
  for (const target of [elsewhere, logBucket]) stage.change(target, "ownershipControls", withAcls);
  const grants = [
    {
      Grantee: { Type: "CanonicalUser" as const, ID: "a".repeat(64) },
      Permission: "READ" as const,
    },
  ];
  await log(bucket, { TargetBucket: elsewhere, TargetPrefix: "", TargetGrants: grants });
  await stage.deployment.idle();
  expect(await loggingOf(bucket)).toEqual({
    TargetBucket: logBucket,
    TargetPrefix: `${bucket}/`,
    TargetGrants: grants,
  });
  expect(stage.told(bucket)).toEqual(["fixed access-logging"]);
});

test("another prefix and format in the right log bucket are somebody's choice", async () => {
  const bucket = stage.bucket("logging");
  const chosen = {
    TargetBucket: logBucket,
    TargetPrefix: "by-team/payments/",
    TargetObjectKeyFormat: { SimplePrefix: {} },
  };
  await log(bucket, chosen);
  await stage.deployment.idle();
  expect(await loggingOf(bucket)).toEqual(chosen);
  expect(stage.told(bucket)).toEqual([]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("a bucket that logs into itself, for ever, logs into the log bucket again", async () => {
  const bucket = stage.bucket("logging");
  await log(bucket, { TargetBucket: bucket, TargetPrefix: "loop/" });
  await stage.deployment.idle();
  expect(await loggingOf(bucket)).toEqual({
    TargetBucket: logBucket,
    TargetPrefix: `${bucket}/`,
  });
  expect(stage.told(bucket)).toEqual(["fixed access-logging"]);
});

test("a log bucket that logs into itself is flagged with the command that stops it", async () => {
  await using own = await rehearse();
  const itself = { TargetBucket: own.logBucket, TargetPrefix: "loop/" };
  const Bucket = own.logBucket;
  const intruder = own.as("mallory");
  await intruder.putBucketLogging({ Bucket, BucketLoggingStatus: { LoggingEnabled: itself } });
  await own.deployment.idle();
  expect((await intruder.getBucketLogging({ Bucket })).LoggingEnabled).toEqual(itself);
  expect(own.told(Bucket)).toEqual(["flagged log-target-health"]);
  expect(own.messages(Bucket)[0]?.notices[0]?.next).toBe(
    `aws s3api put-bucket-logging --bucket ${Bucket} --bucket-logging-status '{}'`,
  );
  expect(own.writes()).toEqual([]);

  await intruder.putBucketLogging({ Bucket, BucketLoggingStatus: {} });
  await own.deployment.idle();
  expect(own.told(Bucket)).toEqual(["flagged log-target-health", "recovered log-target-health"]);
});

test("a log bucket may let the log delivery group in by its ACL, without a policy", async () => {
  await using own = await rehearse({
    watch: false,
    baseline: { "ownership-acl": { mode: "off" } },
  });
  const { logBucket: Bucket, change, as } = own;
  change(Bucket, "ownershipControls", withAcls);
  change(Bucket, "policy", JSON.stringify({ Statement: [denyPlainHttp(Bucket)] }));
  const group = 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"';
  await as("owner").putBucketAcl({ Bucket, GrantWrite: group, GrantReadACP: group });
  expect(await own.lookAgain(own.bucket())).toBe("clean");
  expect(await own.lookAgain(Bucket)).toBe("clean");
  expect(own.writes()).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
