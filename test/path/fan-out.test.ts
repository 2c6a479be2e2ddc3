import { KMS } from "@aws-sdk/client-kms";
import { DeletePublicAccessBlockCommand } from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse();
afterAll(() => stage[Symbol.asyncDispose]());
const { sandbox, deployment } = stage;
const { account: AccountId, endpoint } = sandbox;
const credentials = { accessKeyId: "mallory", secretAccessKey: "any" };
const kms = new KMS({ endpoint, region: sandbox.region, credentials });

/** Everything that was told of a bucket while `work` went on and its events were followed. */
async function toldDuring(
  bucket: string,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const before = stage.told(bucket).length;
  await work();
  await deployment.idle();
  return stage.told(bucket).slice(before);
}

test("a key that is disabled is told of each bucket that uses it, and so is its return", async () => {
  const bucket = stage.bucket("encrypted");
  const other = stage.bucket("plain");
  stage.change(other, "encryption", undefined);
  const KeyId = stage.keyArn;
  expect(await toldDuring(bucket, () => kms.disableKey({ KeyId }))).toContain(
    "flagged kms-key-health",
  );
  expect(stage.messages(bucket).at(-1)?.cause).toMatchObject({ eventName: "DisableKey" });
  expect(stage.told(other)).toEqual([]);
  expect(await toldDuring(bucket, () => kms.enableKey({ KeyId }))).toContain(
    "recovered kms-key-health",
  );
  expect(stage.writes(bucket)).toEqual([]);
});

test("what stops a log bucket is told of each bucket that logs into it", async () => {
  const bucket = stage.bucket("source");
  const other = stage.bucket("silent");
  stage.change(other, "logging", undefined);
  const pays = (Payer: "Requester" | "BucketOwner") => () =>
    stage.as("mallory").putBucketRequestPayment({
      Bucket: stage.logBucket,
      RequestPaymentConfiguration: { Payer },
    });
  expect(await toldDuring(bucket, pays("Requester"))).toEqual(["blocked access-logging"]);
  expect(stage.told(other)).toEqual([]);
  expect(await toldDuring(bucket, pays("BucketOwner"))).toEqual(["recovered access-logging"]);
});

test("when the block of the account falls, its buckets are closed one by one", async () => {
  const bucket = stage.bucket("covered");
  const complete = { BlockPublicAcls: "true", IgnorePublicAcls: "true" };
  const rest = { BlockPublicPolicy: "true", RestrictPublicBuckets: "true" };
  sandbox.world.accountPublicAccessBlocks.set(AccountId, { ...complete, ...rest });
  stage.change(bucket, "publicAccessBlock", undefined);
  await stage.lookAgain(bucket);
  expect(stage.writes(bucket)).toEqual([]);
  const region = parseRegion(sandbox.region, "test");
  const clients = createClients({ endpoint, region, credentials });
  const control = s3ControlAt(clients, { account: parseAccountId(AccountId, "test"), region });
  const told = await toldDuring(bucket, () =>
    control.send(new DeletePublicAccessBlockCommand({ AccountId })),
  );
  expect(told).toEqual(["fixed public-access-block"]);
  expect(stage.writes(bucket)).toEqual(["PutPublicAccessBlock"]);
});

test("a bucket that cannot be read is looked at rather than left out", async () => {
  const bucket = stage.bucket("opaque");
  const off = sandbox.faults.add({
    kind: "access-denied",
    operation: "GetBucketEncryption",
    bucket,
  });
  const KeyId = stage.keyArn;
  expect(await toldDuring(bucket, () => kms.disableKey({ KeyId }))).toContain(
    "unread kms-key-health",
  );
  off();
  await kms.enableKey({ KeyId });
  await deployment.idle();
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  await stage.sweepAgain();
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
