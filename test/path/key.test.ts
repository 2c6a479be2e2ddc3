import { KMS } from "@aws-sdk/client-kms";
import { expect, test } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { newborn, standingOf } from "./standing.ts";

const alias = "arn:aws:kms:us-east-1:111122223333:alias/bucket-warden";

function kmsOf({ sandbox }: Rehearsal): KMS {
  const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
  return new KMS({ endpoint: sandbox.endpoint, region: sandbox.region, credentials });
}

const baselineWith = (key: string) => ({ "default-encryption": { mode: "remediate", key } });

interface Trouble {
  readonly name: string;
  readonly says: string;
  readonly key?: string;
  readonly prepare?: (kms: KMS, keyArn: string) => Promise<unknown>;
}

test.each<Trouble>([
  {
    name: "is disabled",
    says: "is in state Disabled",
    prepare: (kms, KeyId) => kms.disableKey({ KeyId }),
  },
  {
    name: "is going to be deleted",
    says: "is in state PendingDeletion",
    prepare: (kms, KeyId) => kms.scheduleKeyDeletion({ KeyId }),
  },
  {
    name: "does not exist",
    says: "does not exist",
    key: alias.replace("bucket-warden", "nobody"),
  },
  {
    name: "lives in another region",
    says: "lives in another region",
    key: alias.replace("us-east-1", "eu-west-1"),
  },
])(
  "a key that $name blocks default encryption, and nothing is written with it",
  async ({ says, key = alias, prepare }) => {
    await using stage = await rehearse({ baseline: baselineWith(key) });
    const elsewhere = new KMS({
      endpoint: stage.sandbox.endpoint,
      region: "eu-west-1",
      credentials: { accessKeyId: "owner", secretAccessKey: "any" },
    });
    const { KeyMetadata: made } = await elsewhere.createKey({});
    await elsewhere.createAlias({
      AliasName: "alias/bucket-warden",
      TargetKeyId: made?.KeyId ?? "",
    });
    await prepare?.(kmsOf(stage), stage.keyArn);
    const bucket = stage.bucket();
    await stage.as("mallory").deleteBucketEncryption({ Bucket: bucket });
    await stage.deployment.idle();
    expect(stage.told(bucket)).toEqual(["blocked default-encryption"]);
    expect(stage.messages(bucket)[0]?.notices[0]?.did).toContain(says);
    expect(stage.writes(bucket)).toEqual([]);
    expect((await standingOf(stage, bucket)).algorithm).toBe(newborn.algorithm);
  },
);

test("a key that works again is used by the next look", async () => {
  await using stage = await rehearse();
  const kms = kmsOf(stage);
  const bucket = stage.bucket();
  await kms.disableKey({ KeyId: stage.keyArn });
  await stage.as("mallory").deleteBucketEncryption({ Bucket: bucket });
  await stage.deployment.idle();
  await kms.enableKey({ KeyId: stage.keyArn });
  expect(await stage.lookAgain(bucket)).toBe("fixed");
  expect(stage.told(bucket)).toEqual(["blocked default-encryption", "fixed default-encryption"]);
});

test("the ARN of the key is written, never the alias of the baseline", async () => {
  await using stage = await rehearse();
  const bucket = stage.bucket();
  await stage.as("mallory").deleteBucketEncryption({ Bucket: bucket });
  await stage.deployment.idle();
  const { ServerSideEncryptionConfiguration: configuration } = await stage
    .as("owner")
    .getBucketEncryption({ Bucket: bucket });
  const [rule] = configuration?.Rules ?? [];
  expect(rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID).toBe(stage.keyArn);
});
