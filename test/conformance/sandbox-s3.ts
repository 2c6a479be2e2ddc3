import {
  CreateBucketCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  type PutBucketVersioningCommandInput,
  PutObjectLockConfigurationCommand,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import { anyBucket, clientFor } from "./sandbox-clients.ts";

export const s3 = clientFor("alice");
export const root = clientFor("root");
export const stranger = clientFor("mallory@222233334444");
export const dublin = clientFor("alice", "eu-west-1");

export const denyHttp = (bucket: string) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "Tls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ],
});

/** The same statement with some members replaced; `undefined` removes one. */
export function policyWith(bucket: string, change: object): string {
  const [statement] = denyHttp(bucket).Statement;
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] });
}

export async function freshBucket(
  input: { ObjectLockEnabledForBucket?: boolean } = {},
): Promise<string> {
  const Bucket = anyBucket();
  await s3().send(new CreateBucketCommand({ Bucket, ...input }));
  return Bucket;
}

export const encrypt = (Bucket: string, Rules: ServerSideEncryptionRule[]) =>
  s3().send(
    new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }),
  );
export const aes: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
};
export const version = (Bucket: string, input: Partial<PutBucketVersioningCommandInput>) =>
  s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: {}, ...input }));
export const log = (Bucket: string, TargetBucket: string) =>
  s3().send(
    new PutBucketLoggingCommand({
      Bucket,
      BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: "" } },
    }),
  );

/** Sends a rule as it stands, also one that the SDK's types would not allow. */
export const lock = (
  Bucket: string,
  rule: object | undefined,
  enabled: object = { ObjectLockEnabled: "Enabled" },
) =>
  s3().send(
    new PutObjectLockConfigurationCommand({
      Bucket,
      ObjectLockConfiguration: { ...enabled, ...(rule === undefined ? {} : { Rule: rule }) },
    }),
  );
export const putPolicy = (Bucket: string, Policy: string) =>
  s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
