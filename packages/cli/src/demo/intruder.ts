import {
  DeleteBucketEncryptionCommand,
  DeletePublicAccessBlockCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { foreignStatements } from "./cast.ts";

/** One thing that the intruder does, and which control shall answer how. */
export interface Act {
  readonly call: string;
  readonly bucket: string;
  readonly play: (s3: S3Client) => Promise<unknown>;
  readonly answer: "fixed" | "flagged";
}

export const acts: readonly Act[] = [
  {
    call: "PutBucketPolicy (a policy without the TLS and KMS denies)",
    bucket: "acme-partner",
    play: (s3) =>
      s3.send(
        new PutBucketPolicyCommand({
          Bucket: "acme-partner",
          Policy: `{"Version":"2012-10-17","Statement":[${foreignStatements.join(",")}]}`,
        }),
      ),
    answer: "fixed",
  },
  {
    call: "DeleteBucketEncryption",
    bucket: "acme-payroll",
    play: (s3) => s3.send(new DeleteBucketEncryptionCommand({ Bucket: "acme-payroll" })),
    answer: "fixed",
  },
  {
    call: "DeletePublicAccessBlock",
    bucket: "acme-payroll",
    play: (s3) => s3.send(new DeletePublicAccessBlockCommand({ Bucket: "acme-payroll" })),
    answer: "fixed",
  },
  {
    call: "PutBucketLogging (an empty status: logging off)",
    bucket: "acme-invoices",
    play: (s3) =>
      s3.send(new PutBucketLoggingCommand({ Bucket: "acme-invoices", BucketLoggingStatus: {} })),
    answer: "fixed",
  },
  {
    call: "PutBucketVersioning (Suspended)",
    bucket: "acme-media",
    play: (s3) =>
      s3.send(
        new PutBucketVersioningCommand({
          Bucket: "acme-media",
          VersioningConfiguration: { Status: "Suspended" },
        }),
      ),
    answer: "fixed",
  },
  {
    call: "PutObjectLockConfiguration (no default rule)",
    bucket: "acme-archive",
    play: (s3) =>
      s3.send(
        new PutObjectLockConfigurationCommand({
          Bucket: "acme-archive",
          ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
        }),
      ),
    answer: "flagged",
  },
];
