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
  readonly play: (as: Caller, at: Place) => Promise<unknown>;
  readonly answer: "fixed" | "flagged" | "alarm" | "recovered" | "undone" | "contested";
}

/** What an act may do beside calling AWS. */
export interface Place {
  /** Resolves when all that follows from a call is done. */
  readonly idle: () => Promise<void>;
  /** Undoes the latest ledger entry of the act's bucket. */
  readonly undo: (reason: string) => Promise<unknown>;
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
    call: "warden undo (the repair of its versioning)",
    on: "acme-media",
    user: "owner",
    play: (_, { undo }) => undo("old clients cannot cope with versions yet"),
    answer: "undone",
  },
  {
    call: "PutBucketVersioning (Suspended, again after each of three repairs)",
    on: "acme-uploads",
    user: "terraform",
    play: async ({ s3 }, { idle }) => {
      for (let time = 0; time < 4; time += 1) {
        await s3.send(
          new PutBucketVersioningCommand({
            Bucket: "acme-uploads",
            VersioningConfiguration: { Status: "Suspended" },
          }),
        );
        await idle();
      }
    },
    answer: "contested",
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
