import type { ServerSideEncryptionRule } from "@aws-sdk/client-s3";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { denyPlainHttp, encryptionXml } from "./sound.ts";

const stage = await rehearse();
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

const key = stage.keyArn;
const alias = "arn:aws:kms:us-east-1:111122223333:alias/bucket-warden";
const otherKey = "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000001";

function rule(
  SSEAlgorithm: "AES256" | "aws:kms" | "aws:kms:dsse",
  KMSMasterKeyID: string | undefined,
  more: ServerSideEncryptionRule = {},
): ServerSideEncryptionRule {
  return { ApplyServerSideEncryptionByDefault: { SSEAlgorithm, KMSMasterKeyID }, ...more };
}

const blocked = { BlockedEncryptionTypes: { EncryptionType: ["SSE-C" as const] } };
const unblocked = { BlockedEncryptionTypes: { EncryptionType: ["NONE" as const] } };
const bucketKey = { BucketKeyEnabled: true };
const noBucketKey = { BucketKeyEnabled: false };

const sseS3Xml = encryptionXml("<SSEAlgorithm>AES256</SSEAlgorithm>");

async function ruleOf(bucket: string): Promise<unknown> {
  const answer = await stage.as("owner").getBucketEncryption({ Bucket: bucket });
  return JSON.parse(JSON.stringify(answer.ServerSideEncryptionConfiguration?.Rules));
}

function put(bucket: string, weaker: ServerSideEncryptionRule) {
  const body = { ServerSideEncryptionConfiguration: { Rules: [weaker] } };
  return mallory.putBucketEncryption({ Bucket: bucket, ...body });
}

test.each<{
  readonly name: string;
  readonly put: ServerSideEncryptionRule;
  readonly expected: ServerSideEncryptionRule;
}>([
  {
    name: "SSE-S3",
    put: rule("AES256", undefined, blocked),
    expected: rule("aws:kms", key, { ...bucketKey, ...blocked }),
  },
  {
    name: "SSE-S3 with SSE-C allowed, which nobody else may decide",
    put: rule("AES256", undefined, unblocked),
    expected: rule("aws:kms", key, { ...bucketKey, ...unblocked }),
  },
  {
    name: "nothing but blocked encryption types",
    put: blocked,
    expected: rule("aws:kms", key, { ...bucketKey, ...blocked }),
  },
  {
    name: "another key",
    put: rule("aws:kms", otherKey, { ...bucketKey, ...blocked }),
    expected: rule("aws:kms", key, { ...bucketKey, ...blocked }),
  },
  {
    name: "the AWS managed key",
    put: rule("aws:kms", undefined, bucketKey),
    expected: rule("aws:kms", key, bucketKey),
  },
  {
    name: "the alias of the key, which means another key to another account",
    put: rule("aws:kms", alias, { ...bucketKey, ...blocked }),
    expected: rule("aws:kms", key, { ...bucketKey, ...blocked }),
  },
  {
    name: "no Bucket Key",
    put: rule("aws:kms", key, { ...noBucketKey, ...blocked }),
    expected: rule("aws:kms", key, { ...bucketKey, ...blocked }),
  },
  {
    name: "DSSE under another key, which is not downgraded",
    put: rule("aws:kms:dsse", otherKey, { ...noBucketKey, ...blocked }),
    expected: rule("aws:kms:dsse", key, { ...noBucketKey, ...blocked }),
  },
])("default encryption set to $name is put right", async ({ put: weaker, expected }) => {
  const bucket = stage.bucket("encryption");
  await put(bucket, weaker);
  await stage.deployment.idle();
  expect(await ruleOf(bucket)).toEqual([expected]);
  expect(stage.told(bucket)).toEqual(["fixed default-encryption"]);
  expect(stage.writes(bucket)).toEqual(["PutBucketEncryption"]);
});

test("deleted default encryption comes back with the key and its Bucket Key", async () => {
  const bucket = stage.bucket("encryption");
  await mallory.deleteBucketEncryption({ Bucket: bucket });
  await stage.deployment.idle();
  // S3 forgets the block of SSE-C with the rest here, and nothing says that it was meant to stay.
  expect(await ruleOf(bucket)).toEqual([rule("aws:kms", key, bucketKey)]);
  expect(stage.told(bucket)).toEqual(["fixed default-encryption"]);
});

test.each<{ readonly name: string; readonly put: ServerSideEncryptionRule }>([
  { name: "DSSE under the right key", put: rule("aws:kms:dsse", key, noBucketKey) },
  {
    name: "the bare id of the right key",
    put: rule("aws:kms", key.split("/")[1], { ...bucketKey, ...unblocked }),
  },
])("$name is left alone, and nobody hears of it", async ({ put: equivalent }) => {
  const bucket = stage.bucket("encryption");
  await put(bucket, equivalent);
  await stage.deployment.idle();
  expect(await ruleOf(bucket)).toEqual([equivalent]);
  expect(stage.told(bucket)).toEqual([]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("a bucket into which load balancers deliver logs stays on SSE-S3", async () => {
  const bucket = stage.bucket("balancers");
  stage.change(bucket, "encryption", sseS3Xml);
  const deliver = {
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::127311923021:root" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${bucket}/AWSLogs/111122223333/*`,
  };
  const Statement = [deliver, denyPlainHttp(bucket)];
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: JSON.stringify({ Statement }) });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual([]);
  expect(stage.writes(bucket)).toEqual([]);
  await put(bucket, rule("aws:kms", key, { ...bucketKey, ...blocked }));
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged default-encryption"]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("where the baseline asks for DSSE, SSE-KMS becomes DSSE and stays so", async () => {
  const asksForDsse = {
    mode: "remediate",
    algorithm: "DSSE",
    key: "arn:{partition}:kms:{region}:{account}:alias/bucket-warden",
  };
  await using strict = await rehearse({
    baseline: { "default-encryption": asksForDsse },
    watch: false,
  });
  const bucket = strict.bucket();
  expect(await strict.lookAgain(bucket)).toBe("fixed");
  const answer = await strict.as("owner").getBucketEncryption({ Bucket: bucket });
  expect(answer.ServerSideEncryptionConfiguration?.Rules).toEqual([
    rule("aws:kms:dsse", strict.keyArn, { ...noBucketKey, ...blocked }),
  ]);
  expect(await strict.sweepAgain()).toEqual({ writes: [], told: 0 });
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
