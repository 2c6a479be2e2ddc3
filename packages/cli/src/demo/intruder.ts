import { StartLoggingCommand, StopLoggingCommand } from "@aws-sdk/client-cloudtrail";
import {
  DeleteBucketEncryptionCommand,
  DeletePublicAccessBlockCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
} from "@aws-sdk/client-s3";
import { foreignStatements } from "./cast.ts";
import type { Caller } from "./clients.ts";

/** One thing that somebody does, and what people shall be told of it. */
export interface Act {
  readonly call: string;
  /** The name of a bucket, or which account it is. */
  readonly on: string;
  /** The intruder when left out. */
  readonly user?: string;
  readonly play: (as: Caller) => Promise<unknown>;
  readonly answer: "fixed" | "flagged" | "alarm" | "recovered";
}

const trail = { Name: "management-events" };

export const acts: readonly Act[] = [
  {
    call: "PutBucketPolicy (a policy without the TLS and KMS denies)",
    on: "acme-partner",
    play: ({ s3 }) =>
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
    on: "acme-payroll",
    play: ({ s3 }) => s3.send(new DeleteBucketEncryptionCommand({ Bucket: "acme-payroll" })),
    answer: "fixed",
  },
  {
    call: "DeletePublicAccessBlock",
    on: "acme-payroll",
    play: ({ s3 }) => s3.send(new DeletePublicAccessBlockCommand({ Bucket: "acme-payroll" })),
    answer: "fixed",
  },
  {
    call: "PutBucketLogging (an empty status: logging off)",
    on: "acme-invoices",
    play: ({ s3 }) =>
      s3.send(new PutBucketLoggingCommand({ Bucket: "acme-invoices", BucketLoggingStatus: {} })),
    answer: "fixed",
  },
  {
    call: "PutBucketVersioning (Suspended)",
    on: "acme-media",
    play: ({ s3 }) =>
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
    on: "acme-archive",
    play: ({ s3 }) =>
      s3.send(
        new PutObjectLockConfigurationCommand({
          Bucket: "acme-archive",
          ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" },
        }),
      ),
    answer: "flagged",
  },
  {
    call: "StopLogging (the trail that all of this depends on)",
    on: "account 111122223333 in us-east-1",
    play: ({ cloudtrail }) => cloudtrail.send(new StopLoggingCommand(trail)),
    answer: "alarm",
  },
  {
    call: "StartLogging (as the alarm says)",
    on: "account 111122223333 in us-east-1",
    user: "owner",
    play: ({ cloudtrail }) => cloudtrail.send(new StartLoggingCommand(trail)),
    answer: "recovered",
  },
];
