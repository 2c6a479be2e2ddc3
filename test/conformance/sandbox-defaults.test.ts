import {
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  GetBucketAccelerateConfigurationCommand,
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketInventoryConfigurationCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketReplicationCommand,
  GetBucketRequestPaymentCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { plain, refusal, sandboxForTests } from "./sandbox-clients.ts";
import { freshBucket, s3 } from "./sandbox-s3.ts";

sandboxForTests();

const defaults: readonly [string, (Bucket: string) => Promise<unknown>, unknown][] = [
  [
    "encryption is SSE-S3 without a bucket key and with SSE-C blocked",
    (Bucket) => plain(s3().send(new GetBucketEncryptionCommand({ Bucket }))),
    {
      ServerSideEncryptionConfiguration: {
        Rules: [
          {
            ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
            BucketKeyEnabled: false,
            BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
          },
        ],
      },
    },
  ],
  [
    "logging is an empty status",
    (Bucket) => plain(s3().send(new GetBucketLoggingCommand({ Bucket }))),
    {},
  ],
  [
    "versioning has no status",
    (Bucket) => plain(s3().send(new GetBucketVersioningCommand({ Bucket }))),
    {},
  ],
  [
    "all four public access blocks are on",
    (Bucket) => plain(s3().send(new GetPublicAccessBlockCommand({ Bucket }))),
    {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    },
  ],
  [
    "ACLs are off",
    (Bucket) => plain(s3().send(new GetBucketOwnershipControlsCommand({ Bucket }))),
    { OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] } },
  ],
  [
    "the location of us-east-1 is empty",
    (Bucket) => plain(s3().send(new GetBucketLocationCommand({ Bucket }))),
    {},
  ],
  [
    "no notifications",
    (Bucket) => plain(s3().send(new GetBucketNotificationConfigurationCommand({ Bucket }))),
    {},
  ],
  [
    "no acceleration",
    (Bucket) => plain(s3().send(new GetBucketAccelerateConfigurationCommand({ Bucket }))),
    {},
  ],
  [
    "the owner pays",
    (Bucket) => plain(s3().send(new GetBucketRequestPaymentCommand({ Bucket }))),
    { Payer: "BucketOwner" },
  ],
  [
    "the region is in the answer to HEAD",
    (Bucket) => plain(s3().send(new HeadBucketCommand({ Bucket }))),
    { BucketRegion: "us-east-1", AccessPointAlias: false },
  ],
];

test.each(defaults)("on a new bucket %s", async (_title, read, expected) => {
  expect(await read(await freshBucket())).toEqual(expected);
});

test("only the owner has a grant on a new bucket", async () => {
  const { Grants, Owner } = await s3().send(
    new GetBucketAclCommand({ Bucket: await freshBucket() }),
  );
  expect(Grants).toEqual([
    { Grantee: { ID: Owner?.ID, Type: "CanonicalUser" }, Permission: "FULL_CONTROL" },
  ]);
});

const unset: readonly [string, number, (Bucket: string) => Promise<unknown>][] = [
  ["NoSuchBucketPolicy", 404, (Bucket) => s3().send(new GetBucketPolicyCommand({ Bucket }))],
  ["NoSuchBucketPolicy", 404, (Bucket) => s3().send(new GetBucketPolicyStatusCommand({ Bucket }))],
  [
    "ObjectLockConfigurationNotFoundError",
    404,
    (Bucket) => s3().send(new GetObjectLockConfigurationCommand({ Bucket })),
  ],
  [
    "NoSuchWebsiteConfiguration",
    404,
    (Bucket) => s3().send(new GetBucketWebsiteCommand({ Bucket })),
  ],
  ["NoSuchCORSConfiguration", 404, (Bucket) => s3().send(new GetBucketCorsCommand({ Bucket }))],
  ["NoSuchTagSet", 404, (Bucket) => s3().send(new GetBucketTaggingCommand({ Bucket }))],
  [
    "NoSuchLifecycleConfiguration",
    404,
    (Bucket) => s3().send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
  ],
  [
    "ReplicationConfigurationNotFoundError",
    404,
    (Bucket) => s3().send(new GetBucketReplicationCommand({ Bucket })),
  ],
  [
    "NoSuchConfiguration",
    404,
    (Bucket) => s3().send(new GetBucketInventoryConfigurationCommand({ Bucket, Id: "i" })),
  ],
];

test.each(unset)("what was never set is %s (%i)", async (name, status, read) => {
  const Bucket = await freshBucket();
  expect(await refusal(read(Bucket))).toEqual({ name, status });
});

test("what was deleted is not found, and deleting a policy twice is no error", async () => {
  const Bucket = await freshBucket();
  await s3().send(new DeletePublicAccessBlockCommand({ Bucket }));
  await s3().send(new DeleteBucketPolicyCommand({ Bucket }));
  await s3().send(new DeleteBucketPolicyCommand({ Bucket }));
  expect(await refusal(s3().send(new GetPublicAccessBlockCommand({ Bucket })))).toEqual({
    name: "NoSuchPublicAccessBlockConfiguration",
    status: 404,
  });
});
