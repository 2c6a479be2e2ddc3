import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { encryptionXml } from "./sound.ts";

const stage = await rehearse({
  baseline: {
    "kms-enforcement": { mode: "off" },
    "sse-c-blocked": { mode: "remediate", allowed: ["legacy-*"] },
  },
});
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

const key = stage.keyArn;
const byDefault = { SSEAlgorithm: "aws:kms" as const, KMSMasterKeyID: key };
const blockOf = (...EncryptionType: ("SSE-C" | "NONE")[]) => ({
  BlockedEncryptionTypes: { EncryptionType },
});

/** A bucket as the baseline wants it, whose policy does not speak of SSE-C. */
async function newBucket(purpose: string): Promise<string> {
  const bucket = stage.bucket(purpose);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  return bucket;
}

async function ruleOf(bucket: string): Promise<unknown> {
  const answer = await stage.as("owner").getBucketEncryption({ Bucket: bucket });
  return JSON.parse(JSON.stringify(answer.ServerSideEncryptionConfiguration?.Rules?.[0]));
}

function put(bucket: string, rule: object) {
  const body = { ServerSideEncryptionConfiguration: { Rules: [rule] } };
  return mallory.putBucketEncryption({ Bucket: bucket, ...body });
}

test.each([
  { name: "NONE is blocked", block: blockOf("NONE") },
  { name: "the block is left out", block: {} },
])("where $name, SSE-C is blocked again, under the same key", async ({ block }) => {
  const bucket = await newBucket("uploads");
  const kept = { ApplyServerSideEncryptionByDefault: byDefault, BucketKeyEnabled: true };
  await put(bucket, { ...kept, ...block });
  await stage.deployment.idle();
  expect(await ruleOf(bucket)).toEqual({ ...kept, ...blockOf("SSE-C") });
  expect(stage.told(bucket)).toEqual(["fixed ssl-only", "fixed sse-c-blocked"]);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy", "PutBucketEncryption"]);
});

test("key and block are put right by one write", async () => {
  const bucket = await newBucket("uploads");
  await mallory.deleteBucketEncryption({ Bucket: bucket });
  await stage.deployment.idle();
  expect(await ruleOf(bucket)).toEqual({
    ApplyServerSideEncryptionByDefault: byDefault,
    BucketKeyEnabled: true,
    ...blockOf("SSE-C"),
  });
  expect(stage.told(bucket)).toEqual([
    "fixed ssl-only",
    "fixed default-encryption",
    "fixed sse-c-blocked",
  ]);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy", "PutBucketEncryption"]);
});

test("where the baseline lets clients use SSE-C, it is left alone", async () => {
  const bucket = await newBucket("legacy");
  const rule = {
    ApplyServerSideEncryptionByDefault: byDefault,
    BucketKeyEnabled: true,
    ...blockOf("NONE"),
  };
  await put(bucket, rule);
  await stage.deployment.idle();
  expect(await ruleOf(bucket)).toEqual(rule);
  expect(stage.told(bucket)).toEqual(["fixed ssl-only"]);
});

test("a block that was lost without an event is found by a sweep", async () => {
  const bucket = stage.bucket("lost");
  const xml = `<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${key}</KMSMasterKeyID>`;
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "encryption", encryptionXml(xml).replace(">SSE-C<", ">NONE<"));
  await stage.sweepAgain();
  expect(stage.told(bucket)).toEqual(["fixed ssl-only", "fixed sse-c-blocked"]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
