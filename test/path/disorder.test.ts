import { expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

test("events that all come twice, late and out of order, repair once and tell once", async () => {
  const disorder = { seed: 3, duplicate: 1, maximumDelayMilliseconds: 60 };
  await using twice = await rehearse({ disorder });
  const intruder = twice.as("mallory");
  const bucket = twice.bucket();
  const on = { Bucket: bucket };
  await Promise.all([
    intruder.deleteBucketPolicy(on),
    intruder.deleteBucketEncryption(on),
    intruder.putBucketLogging({ ...on, BucketLoggingStatus: {} }),
    intruder.putBucketVersioning({ ...on, VersioningConfiguration: { Status: "Suspended" } }),
  ]);
  await twice.deployment.idle();
  expect([...twice.writes(bucket)].sort()).toEqual([
    "PutBucketEncryption",
    "PutBucketLogging",
    "PutBucketPolicy",
    "PutBucketVersioning",
  ]);
  expect([...twice.told(bucket)].sort()).toEqual([
    "fixed access-logging",
    "fixed default-encryption",
    "fixed kms-enforcement",
    "fixed sse-c-blocked",
    "fixed ssl-only",
    "fixed versioning",
  ]);
  expect(await twice.sweepAgain()).toEqual({ writes: [], told: 0 });
});
