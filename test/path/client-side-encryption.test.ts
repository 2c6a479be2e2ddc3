import { TagResourceCommand, UntagResourceCommand } from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({
  baseline: { "client-side-encryption": { mode: "remediate", buckets: ["health-*"] } },
});
const mallory = stage.as("mallory");
const { endpoint, region: home, account } = stage.sandbox;
const region = parseRegion(home, "test");
const credentials = { accessKeyId: "mallory", secretAccessKey: "any" };
const control = s3ControlAt(createClients({ region, endpoint, credentials }), {
  account: parseAccountId(account, "test"),
  region,
});
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

// With ABAC on there is no other way.
test("tags that S3 Control changes one by one are seen at once", async () => {
  const bucket = stage.bucket("health");
  stage.change(bucket, "abac", "<AbacStatus><Status>Enabled</Status></AbacStatus>");
  const other = [{ Key: "team", Value: "care" }];
  const of = { AccountId: account, ResourceArn: `arn:aws:s3:::${bucket}` };
  await control.send(new TagResourceCommand({ ...of, Tags: [...attested.TagSet, ...other] }));
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual([]);
  await control.send(new UntagResourceCommand({ ...of, TagKeys: ["client-side-encryption"] }));
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged client-side-encryption"]);
  expect(stage.messages(bucket)[0]?.cause).toMatchObject({ eventName: "UntagResource" });
  expect((await mallory.getBucketTagging({ Bucket: bucket })).TagSet).toEqual(other);
  await control.send(new TagResourceCommand({ ...of, Tags: attested.TagSet }));
  await stage.deployment.idle();
  expect(stage.told(bucket).slice(1)).toEqual(["recovered client-side-encryption"]);
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
