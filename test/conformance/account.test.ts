import { S3 } from "@aws-sdk/client-s3";
import { InputError } from "@bucket-warden/core/kernel";
import { startSandbox } from "@bucket-warden/sandbox";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { startAccountWorld, wordsFor } from "./account/account-world.ts";
import { askAccount } from "./account/against-account.ts";
import { guard, markerTag } from "./account/guard.ts";

// The sandbox plays the account of somebody who has buckets of their own in it.
const sandbox = await startSandbox();
afterAll(() => sandbox.stop());
const { account, region, endpoint } = sandbox;
const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
const owner = new S3({ endpoint, region, credentials });
await owner.createBucket({ Bucket: "precious" });
await owner.createBucket({ Bucket: "bucket-warden-conformance-of-somebody" });

beforeEach(() => {
  vi.stubEnv("AWS_ENDPOINT_URL", endpoint);
  vi.stubEnv("AWS_REGION", region);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "owner");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "any");
});

const bucketNames = async () => (await owner.listBuckets({})).Buckets?.map(({ Name }) => Name);
const buckets = await bucketNames();
const consent = { account, confirm: wordsFor(account) };

test.each([
  { name: "another account", said: { ...consent, account: "444455556666" } },
  { name: "no account", said: { account: undefined, confirm: consent.confirm } },
  { name: "no words", said: { account, confirm: undefined } },
  { name: "the words for another account", said: { account, confirm: wordsFor("444455556666") } },
])("with $name nothing is done", async ({ said }) => {
  const before = sandbox.calls.list({ write: true }).length;
  await expect(startAccountWorld(said)).rejects.toThrow(InputError);
  expect(sandbox.calls.list({ write: true })).toHaveLength(before);
});

test("with consent its questions are answered as expected, and nothing is left behind", async () => {
  const { asked, different } = await askAccount(consent);
  expect(asked.length).toBeGreaterThan(40);
  expect(different).toEqual([]);
  expect(await bucketNames()).toEqual(buckets);
  const writes = sandbox.calls.list({ service: "s3", write: true });
  const touched = new Set(
    writes.map(({ bucket }) => bucket).filter((it) => !buckets?.includes(it)),
  );
  expect([...touched].every((it) => it?.startsWith("bucket-warden-conformance-"))).toBe(true);
});

test.each([
  { name: "a bucket of somebody else", Bucket: "precious", tag: account },
  {
    name: "a bucket without the tag",
    Bucket: "bucket-warden-conformance-of-somebody",
    tag: undefined,
  },
  {
    name: "a tag of another account",
    Bucket: "bucket-warden-conformance-of-somebody",
    tag: "444455556666",
  },
])("$name is not touched", async ({ Bucket, tag }) => {
  const TagSet = tag === undefined ? [] : [{ Key: markerTag, Value: tag }];
  await owner.putBucketTagging({ Bucket, Tagging: { TagSet } });
  const client = new S3({ endpoint, region, credentials });
  const marker = { account, prefix: "bucket-warden-conformance-" };
  guard(client, owner, marker);
  const before = sandbox.calls.list({ write: true }).length;
  await expect(client.deleteBucketPolicy({ Bucket })).rejects.toThrow(`${Bucket}: `);
  await expect(client.listBuckets({})).rejects.toThrow("names no bucket");
  expect(sandbox.calls.list({ write: true })).toHaveLength(before);
});
