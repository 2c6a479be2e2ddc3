import type { Rehearsal } from "./rehearsal.ts";

/** How a bucket stands, read back by its owner. */
export interface Standing {
  /** The Sids of the policy in alphabetical order; the whole text where a statement has none. */
  readonly statements: readonly string[];
  readonly algorithm: string | undefined;
  readonly logsTo: string | undefined;
  readonly versioning: string | undefined;
}

export async function standingOf({ as }: Rehearsal, bucket: string): Promise<Standing> {
  const owner = as("owner");
  const on = { Bucket: bucket };
  const [policy, encryption, logging, versioning] = await Promise.all([
    owner.getBucketPolicy(on).catch((error: unknown) => without("NoSuchBucketPolicy", error)),
    owner.getBucketEncryption(on),
    owner.getBucketLogging(on),
    owner.getBucketVersioning(on),
  ]);
  const [rule] = encryption.ServerSideEncryptionConfiguration?.Rules ?? [];
  return {
    statements: sidsIn(policy.Policy),
    algorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm,
    logsTo: logging.LoggingEnabled?.TargetBucket,
    versioning: versioning.Status,
  };
}

/** What the product makes of a bucket that has nothing. */
export function repaired(logBucket: string): Standing {
  return {
    statements: [
      "BucketWardenKmsEnforcement",
      "BucketWardenKmsEnforcementSseC",
      "BucketWardenSslOnly",
    ],
    algorithm: "aws:kms",
    logsTo: logBucket,
    versioning: "Enabled",
  };
}

/** What S3 gives to a new bucket. */
export const newborn: Standing = {
  statements: [],
  algorithm: "AES256",
  logsTo: undefined,
  versioning: undefined,
};

function without(name: string, error: unknown): { readonly Policy?: string } {
  if (error instanceof Error && error.name === name) return {};
  throw error;
}

function sidsIn(policy: string | undefined): readonly string[] {
  if (policy === undefined) return [];
  const { Statement }: { readonly Statement: readonly { readonly Sid?: string }[] } =
    JSON.parse(policy);
  return Statement.map((statement) => statement.Sid ?? JSON.stringify(statement)).sort();
}
