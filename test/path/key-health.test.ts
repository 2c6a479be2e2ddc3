import { KMS } from "@aws-sdk/client-kms";
import { createClients, createReader } from "@bucket-warden/core/aws";
import {
  type BucketRef,
  parseAccountId,
  parseBucketName,
  parseRegion,
} from "@bucket-warden/core/model";
import { afterAll, expect, test } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { encryptionXml } from "./sound.ts";

const stage = await rehearse({ watch: false });
const { sandbox, keyArn } = stage;
afterAll(() => stage[Symbol.asyncDispose]());

const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
const kms = new KMS({ endpoint: sandbox.endpoint, region: sandbox.region, credentials });
const region = parseRegion(sandbox.region, "test");
const reader = createReader(createClients({ region, endpoint: sandbox.endpoint, credentials }));

function refOf(name: string): BucketRef {
  const account = parseAccountId(sandbox.account, "test");
  return { kind: "bucket", name: parseBucketName(name, "test"), account, region };
}

/** A bucket whose default encryption names this key, or none, with a Bucket Key. */
function bucketUnder(keyId: string | undefined, algorithm = "aws:kms"): string {
  const bucket = stage.bucket("keyed");
  const named = keyId === undefined ? "" : `<KMSMasterKeyID>${keyId}</KMSMasterKeyID>`;
  const byDefault = `<SSEAlgorithm>${algorithm}</SSEAlgorithm>${named}`;
  stage.change(bucket, "encryption", encryptionXml(byDefault));
  return bucket;
}

async function keyBehind(bucket: string) {
  return reader.read("encryptionKey", refOf(bucket), {});
}

const sound = {
  arn: keyArn,
  state: "Enabled",
  manager: "CUSTOMER",
  usage: "ENCRYPT_DECRYPT",
  spec: "SYMMETRIC_DEFAULT",
};
const theirs = "arn:aws:kms:us-east-1:444455556666:key/00000000-0000-4000-8000-000000000001";
const afar = keyArn.replace("us-east-1", "eu-west-1");

test.each([
  { name: "the ARN", named: keyArn },
  { name: "the bare id", named: keyArn.split("/")[1] },
  { name: "an alias", named: "alias/bucket-warden" },
])("a key is found by $name", async ({ named }) => {
  expect(await keyBehind(bucketUnder(named))).toMatchObject({
    state: "present",
    value: { kind: "key", named, key: sound, origin: "AWS_KMS", rotation: "on" },
  });
});

test.each([
  { name: "SSE-S3", bucket: bucketUnder(undefined, "AES256"), expected: { state: "absent" } },
  { name: "aws/s3", bucket: bucketUnder(undefined), expected: { value: { kind: "aws-s3" } } },
  {
    name: "a key of another region",
    bucket: bucketUnder(afar),
    expected: { value: { kind: "elsewhere", named: afar } },
  },
  {
    name: "what is no ARN of a key",
    bucket: bucketUnder("arn:aws:kms:us-east-1:nobody"),
    expected: { value: { kind: "missing", named: "arn:aws:kms:us-east-1:nobody" } },
  },
  {
    name: "a key that does not exist",
    bucket: bucketUnder("alias/nobody"),
    expected: { value: { kind: "missing", named: "alias/nobody" } },
  },
])("$name is seen as such", async ({ bucket, expected }) => {
  expect(await keyBehind(bucket)).toMatchObject(expected);
});

test("material from elsewhere and replicas are not asked about their rotation", async () => {
  const { KeyMetadata: imported } = await kms.createKey({ Origin: "EXTERNAL" });
  expect(await keyBehind(bucketUnder(imported?.Arn))).toMatchObject({
    value: { key: { state: "PendingImport" }, origin: "EXTERNAL", rotation: "not-asked" },
  });
  const { KeyMetadata: made } = await kms.createKey({});
  const arn = made?.Arn ?? "";
  const key = sandbox.world.keys.get(arn);
  if (key === undefined) throw new Error("the key was not made");
  sandbox.world.keys.set(arn, { ...key, replicaOf: afar });
  expect(await keyBehind(bucketUnder(arn))).toMatchObject({
    value: { key: { state: "Enabled" }, replicaOf: afar, rotation: "not-asked" },
  });
});

test("a denied look is unknown for an own key, and a fact about one of another account", async () => {
  const bucket = bucketUnder(keyArn);
  const foreign = bucketUnder(theirs);
  const repair = sandbox.faults.add({ kind: "access-denied", operation: "DescribeKey" });
  expect(await keyBehind(bucket)).toMatchObject({ state: "unknown", reason: "denied" });
  expect(await keyBehind(foreign)).toMatchObject({
    value: { kind: "hidden", named: theirs, account: "444455556666" },
  });
  repair();
  const mute = sandbox.faults.add({ kind: "access-denied", operation: "GetKeyRotationStatus" });
  expect(await keyBehind(bucket)).toMatchObject({ state: "unknown", reason: "denied" });
  mute();
});

test("a key that is lost is flagged with its date, and recovered once it works again", async () => {
  await using own = await rehearse({
    baseline: { "default-encryption": { mode: "off" }, "kms-enforcement": { mode: "off" } },
    watch: false,
  });
  const bucket = own.bucket();
  const ownKms = new KMS({ endpoint: own.sandbox.endpoint, region: sandbox.region, credentials });
  expect(await own.lookAgain(bucket)).toBe("clean");
  await ownKms.scheduleKeyDeletion({ KeyId: own.keyArn, PendingWindowInDays: 7 });
  expect(await own.lookAgain(bucket)).toBe("flagged");
  expect(own.told(bucket)).toEqual(["flagged kms-key-health"]);
  const [notice] = own.messages(bucket)[0]?.notices ?? [];
  expect(notice?.saw).toMatch(/is in state PendingDeletion, to be deleted at \d{4}-\d\d-\d\dT/);
  expect(notice?.next).toContain("aws kms cancel-key-deletion --region us-east-1 --key-id");
  expect(await own.lookAgain(bucket)).toBe("flagged");
  expect(own.told(bucket)).toHaveLength(1);
  await ownKms.cancelKeyDeletion({ KeyId: own.keyArn });
  await ownKms.enableKey({ KeyId: own.keyArn });
  expect(await own.lookAgain(bucket)).toBe("clean");
  expect(own.told(bucket)).toEqual(["flagged kms-key-health", "recovered kms-key-health"]);
  expect(own.writes(bucket)).toEqual([]);
});

test("a key whose rotation is switched off is flagged, and nothing is written", async () => {
  const bucket = stage.bucket("rotated");
  await kms.disableKeyRotation({ KeyId: keyArn });
  expect(await stage.lookAgain(bucket)).toBe("flagged");
  expect(stage.told(bucket)).toEqual(["flagged kms-key-health"]);
  expect(stage.writes(bucket)).toEqual([]);
  await kms.enableKeyRotation({ KeyId: keyArn });
  expect(await stage.lookAgain(bucket)).toBe("clean");
});

const minute = 60_000;

/** A bucket under this key that asks KMS for each object. */
function bucketWithoutBucketKey(of: Rehearsal): string {
  const bucket = of.bucket("thirsty");
  const byDefault = `<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${of.keyArn}</KMSMasterKeyID>`;
  of.change(bucket, "encryption", encryptionXml(byDefault, false));
  return bucket;
}

test("a bucket without Bucket Key is flagged when KMS gets busy, and recovers when that is past", async () => {
  const baseline = { "default-encryption": { mode: "off" }, "kms-enforcement": { mode: "off" } };
  await using busy = await rehearse({ baseline, watch: false });
  const { account, region: home, world } = busy.sandbox;
  const asked = () =>
    busy.sandbox.calls.list().filter(({ operation }) => /Quota|Metric/.test(operation)).length;
  const [bucket, spared] = [bucketWithoutBucketKey(busy), busy.bucket("spared")];
  const lastMinutes = (...requests: readonly number[]) => {
    const minutes = requests.map((it, ago) => ({
      at: world.now() - (ago + 1) * minute,
      requests: it,
    }));
    world.kmsLoad.set(`${account}/${home}`, minutes.reverse());
  };
  expect(await busy.lookAgain(bucket)).toBe("clean");
  lastMinutes(10, 4_800_000, 10); // four fifths of 100,000 a second
  expect(await busy.lookAgain(bucket)).toBe("clean");
  expect(asked()).toBe(4);
  lastMinutes(10, 4_800_001, 10);
  expect(await busy.lookAgain(bucket)).toBe("flagged");
  lastMinutes(10, 5_000_000, 10);
  expect(await busy.lookAgain(bucket)).toBe("flagged");
  expect(busy.told(bucket)).toEqual(["flagged kms-key-health"]);
  const before = asked();
  expect(await busy.lookAgain(spared)).toBe("clean");
  expect(asked()).toBe(before);
  world.kmsLoad.set(`${account}/${home}`, [
    { at: world.now() - 1_441 * minute, requests: 6_000_000 },
  ]);
  expect(await busy.lookAgain(bucket)).toBe("clean");
  expect(busy.told(bucket)).toEqual(["flagged kms-key-health", "recovered kms-key-health"]);
  expect(busy.writes(bucket)).toEqual([]);
});

test.each([
  { operation: "GetServiceQuota", kind: "access-denied", state: "present" },
  { operation: "GetMetricData", kind: "access-denied", state: "present" },
  { operation: "GetMetricData", kind: "throttle", state: "unknown" },
] as const)(
  "the load while $operation answers $kind is $state",
  async ({ operation, kind, state }) => {
    const bucket = bucketWithoutBucketKey(stage);
    const end = sandbox.faults.add({ kind, operation });
    const read = await reader.read("kmsLoad", refOf(bucket), { now: sandbox.world.now() });
    end();
    const hidden = { value: { kind: "hidden" } };
    expect(read).toMatchObject({ state, ...(state === "present" ? hidden : {}) });
  },
);
