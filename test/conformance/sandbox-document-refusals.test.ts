import {
  CreateBucketCommand,
  PutBucketAclCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { refusal, sandboxForTests } from "./sandbox-clients.ts";
import { aes, encrypt, freshBucket, lock, log, root, s3, stranger, version } from "./sandbox-s3.ts";

sandboxForTests();

const refused: readonly [string, number, string, (Bucket: string) => Promise<unknown>][] = [
  ["MalformedXML", 400, "no encryption rule", (b) => encrypt(b, [])],
  ["MalformedXML", 400, "two encryption rules", (b) => encrypt(b, [aes, aes])],
  [
    "MalformedXML",
    400,
    "an algorithm that does not exist",
    (b) =>
      encrypt(b, JSON.parse('[{"ApplyServerSideEncryptionByDefault":{"SSEAlgorithm":"aws.kms"}}]')),
  ],
  [
    "InvalidArgument",
    400,
    "a key with AES256",
    (b) =>
      encrypt(b, [
        { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256", KMSMasterKeyID: "k" } },
      ]),
  ],

  [
    "InvalidTargetBucketForLogging",
    400,
    "a log target that is not there",
    (b) => log(b, `${b}-no`),
  ],
  [
    "InvalidTargetBucketForLogging",
    400,
    "a log target of another account",
    async (b) => {
      await stranger().send(new CreateBucketCommand({ Bucket: `${b}-logs` }));
      return log(b, `${b}-logs`);
    },
  ],
  [
    "CrossLocationLoggingProhibitted",
    403,
    "a log target in another region",
    async (b) => {
      await s3().send(
        new CreateBucketCommand({
          Bucket: `${b}-logs`,
          CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
        }),
      );
      return log(b, `${b}-logs`);
    },
  ],
  [
    "MethodNotAllowed",
    405,
    "grants on log files by e-mail",
    (Bucket) => {
      const Grantee = { Type: "AmazonCustomerByEmail", EmailAddress: "bob@example.com" } as const;
      const TargetGrants = [{ Grantee, Permission: "READ" } as const];
      const LoggingEnabled = { TargetBucket: Bucket, TargetPrefix: "", TargetGrants };
      const BucketLoggingStatus = { LoggingEnabled };
      return s3().send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus }));
    },
  ],
  [
    "AccessControlListNotSupported",
    400,
    "grants on a log target without ACLs",
    (Bucket) =>
      s3().send(
        new PutBucketLoggingCommand({
          Bucket,
          BucketLoggingStatus: {
            LoggingEnabled: {
              TargetBucket: Bucket,
              TargetPrefix: "",
              TargetGrants: [
                { Grantee: { Type: "CanonicalUser", ID: "a".repeat(64) }, Permission: "READ" },
              ],
            },
          },
        }),
      ),
  ],

  [
    "IllegalVersioningConfigurationException",
    400,
    "versioning without a status",
    (b) => version(b, {}),
  ],
  [
    "MalformedXML",
    400,
    "a status in lower case",
    (b) => version(b, { VersioningConfiguration: JSON.parse('{"Status":"enabled"}') }),
  ],
  [
    "AccessDenied",
    403,
    "MFA delete by somebody other than root",
    (b) =>
      version(b, {
        MFA: "serial 123456",
        VersioningConfiguration: { Status: "Enabled", MFADelete: "Enabled" },
      }),
  ],
  [
    "AccessDenied",
    403,
    "MFA delete by root without a code",
    (Bucket) =>
      root().send(
        new PutBucketVersioningCommand({
          Bucket,
          VersioningConfiguration: { Status: "Enabled", MFADelete: "Enabled" },
        }),
      ),
  ],
  [
    "InvalidBucketState",
    409,
    "suspending versioning under Object Lock",
    async () =>
      version(await freshBucket({ ObjectLockEnabledForBucket: true }), {
        VersioningConfiguration: { Status: "Suspended" },
      }),
  ],

  ["InvalidBucketState", 409, "Object Lock without versioning", (b) => lock(b, undefined)],
  [
    "MalformedXML",
    400,
    "an Object Lock body that does not say Enabled",
    (b) => lock(b, undefined, {}),
  ],
  ["MalformedXML", 400, "an empty Object Lock rule", (b) => lock(b, {})],
  [
    "MalformedXML",
    400,
    "a retention without a period",
    (b) => lock(b, { DefaultRetention: { Mode: "GOVERNANCE" } }),
  ],
  [
    "MalformedXML",
    400,
    "a retention of days and years",
    (b) => lock(b, { DefaultRetention: { Mode: "GOVERNANCE", Days: 1, Years: 1 } }),
  ],
  [
    "MalformedXML",
    400,
    "a retention mode that does not exist",
    (b) => lock(b, { DefaultRetention: { Mode: "STRICT", Days: 1 } }),
  ],
  [
    "InvalidArgument",
    400,
    "a retention of no days",
    (b) => lock(b, { DefaultRetention: { Mode: "GOVERNANCE", Days: 0 } }),
  ],

  [
    "AccessControlListNotSupported",
    400,
    "an ACL where they are off",
    (Bucket) => s3().send(new PutBucketAclCommand({ Bucket, ACL: "public-read" })),
  ],
  [
    "AccessDenied",
    403,
    "a public ACL under BlockPublicAcls",
    async (Bucket) => {
      await s3().send(
        new PutBucketOwnershipControlsCommand({
          Bucket,
          OwnershipControls: { Rules: [{ ObjectOwnership: "ObjectWriter" }] },
        }),
      );
      return s3().send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
    },
  ],
  [
    "InvalidBucketAclWithObjectOwnership",
    400,
    "switching ACLs off while one grants to others",
    async (Bucket) => {
      const own = (ObjectOwnership: "ObjectWriter" | "BucketOwnerEnforced") =>
        s3().send(
          new PutBucketOwnershipControlsCommand({
            Bucket,
            OwnershipControls: { Rules: [{ ObjectOwnership }] },
          }),
        );
      await own("ObjectWriter");
      await s3().send(
        new PutBucketAclCommand({
          Bucket,
          GrantWrite: 'uri="http://acs.amazonaws.com/groups/s3/LogDelivery"',
        }),
      );
      return own("BucketOwnerEnforced");
    },
  ],
  [
    "InvalidTag",
    400,
    "two tags of one key",
    (Bucket) =>
      s3().send(
        new PutBucketTaggingCommand({
          Bucket,
          Tagging: {
            TagSet: [
              { Key: "a", Value: "1" },
              { Key: "a", Value: "2" },
            ],
          },
        }),
      ),
  ],
  [
    "InvalidArgument",
    400,
    "a website without an index",
    (Bucket) =>
      s3().send(
        new PutBucketWebsiteCommand({
          Bucket,
          WebsiteConfiguration: { ErrorDocument: { Key: "e" } },
        }),
      ),
  ],
];

test.each(refused)("%s (%i) answers %s", async (name, status, _title, act) => {
  expect(await refusal(act(await freshBucket()))).toEqual({ name, status });
});
