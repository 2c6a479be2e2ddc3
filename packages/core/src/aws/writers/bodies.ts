import type {
  BucketLoggingStatus,
  CORSConfiguration,
  EncryptionType,
  LoggingEnabled,
  ObjectLockConfiguration,
  ObjectOwnership,
  OwnershipControls,
  PublicAccessBlockConfiguration,
  ServerSideEncryption,
  ServerSideEncryptionConfiguration,
  ServerSideEncryptionRule,
  VersioningConfiguration,
} from "@aws-sdk/client-s3";
import type {
  Cors,
  Encryption,
  Logging,
  ObjectLock,
  Ownership,
  PublicAccessBlock,
  Versioning,
} from "../../model/facets.ts";

/**
 * The one rule, with every member that was read. The block of SSE-C is always sent along: what S3
 * does to it when a Put leaves it out is not documented.
 */
export function encryptionConfiguration(after: Encryption): ServerSideEncryptionConfiguration {
  const { algorithm, keyId, bucketKeyEnabled, blockedEncryptionTypes, rule } = after;
  const applied = rule["ApplyServerSideEncryptionByDefault"];
  const known: ServerSideEncryptionRule = {
    ApplyServerSideEncryptionByDefault: {
      ...(typeof applied === "object" ? applied : {}),
      SSEAlgorithm: algorithm as ServerSideEncryption, // S3 knows more than the SDK's list
      KMSMasterKeyID: keyId,
    },
    BucketKeyEnabled: bucketKeyEnabled,
  };
  const blocked = blockedEncryptionTypes?.map((type) => type as EncryptionType);
  if (blocked !== undefined) known.BlockedEncryptionTypes = { EncryptionType: blocked };
  return { Rules: [{ ...rule, ...known }] };
}

/** Key format, grants and whatever else was read go back as they came. */
export function loggingStatus({
  enabled,
  targetBucket,
  targetPrefix,
}: Logging): BucketLoggingStatus {
  const all: LoggingEnabled = {
    ...enabled,
    TargetBucket: targetBucket,
    TargetPrefix: targetPrefix,
  };
  return { LoggingEnabled: all };
}

/** MFA delete is not mentioned, so it stays as it is. What was on once can only be suspended. */
export function versioningConfiguration({ status }: Versioning): VersioningConfiguration {
  return { Status: status === "enabled" ? "Enabled" : "Suspended" };
}

/** The four flags, and whatever else was read. */
export function publicAccessBlockConfiguration(
  after: PublicAccessBlock,
): PublicAccessBlockConfiguration {
  return {
    ...after.configuration,
    BlockPublicAcls: after.blockPublicAcls,
    IgnorePublicAcls: after.ignorePublicAcls,
    BlockPublicPolicy: after.blockPublicPolicy,
    RestrictPublicBuckets: after.restrictPublicBuckets,
  };
}

/** The default rule, its event hold and whatever else was read. S3 wants to be told that it is on. */
export function objectLockConfiguration({ configuration }: ObjectLock): ObjectLockConfiguration {
  return { ...configuration, ObjectLockEnabled: "Enabled" };
}

/** The rules that are left, each with every member that was read. */
export function corsConfiguration({ rules }: Cors): CORSConfiguration {
  return {
    CORSRules: rules.map(({ origins, methods, rule }) => ({
      ...rule,
      AllowedOrigins: [...origins],
      AllowedMethods: [...methods],
    })),
  };
}

/** The one rule, with every member that was read. */
export function ownershipControls({ setting, rule }: Ownership): OwnershipControls {
  // S3 may come to know more settings than the SDK's list.
  return { Rules: [{ ...rule, ObjectOwnership: setting as ObjectOwnership }] };
}
