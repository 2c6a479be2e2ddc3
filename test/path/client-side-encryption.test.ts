import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({
  baseline: { "client-side-encryption": { mode: "remediate", buckets: ["health-*"] } },
});
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

const attested = { TagSet: [{ Key: "client-side-encryption", Value: "required" }] };

test("the attestation is missed when its tag goes, and seen when it comes back", async () => {
  const bucket = stage.bucket("health");
  await mallory.putBucketTagging({ Bucket: bucket, Tagging: attested });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual([]);
  await mallory.deleteBucketTagging({ Bucket: bucket });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged client-side-encryption"]);
  expect(stage.messages(bucket)[0]?.notices[0]?.next).toContain("aws s3control tag-resource");
  await mallory.putBucketTagging({ Bucket: bucket, Tagging: attested });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual([
    "flagged client-side-encryption",
    "recovered client-side-encryption",
  ]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("tags of a bucket of which nothing is asked are not even read", async () => {
  const bucket = stage.bucket("pictures");
  await stage.lookAgain(bucket);
  const read = stage.sandbox.calls.list({ operation: "GetBucketTagging", bucket });
  expect(read).toEqual([]);
  expect(stage.told(bucket)).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
