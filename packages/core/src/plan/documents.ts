import type { Encryption, Logging, Versioning } from "../model/facets.ts";
import type { Intent } from "../model/intent.ts";

type IntentOf<K extends Intent["kind"]> = Extract<Intent, { kind: K }>;

/** Sets algorithm, key and Bucket Key; every other member of the rule stays as it was read. */
export function setEncryption(
  before: Encryption | undefined,
  { algorithm, keyId, bucketKeyEnabled }: IntentOf<"set-default-encryption">,
): Encryption {
  const blocked = before?.blockedEncryptionTypes;
  return {
    algorithm,
    keyId,
    bucketKeyEnabled,
    ...(blocked === undefined ? {} : { blockedEncryptionTypes: blocked }),
    rule: {
      ...before?.rule,
      [applied]: {
        ...membersOf(before?.rule[applied]),
        SSEAlgorithm: algorithm,
        KMSMasterKeyID: keyId,
      },
      BucketKeyEnabled: bucketKeyEnabled,
    },
  };
}

const applied = "ApplyServerSideEncryptionByDefault";

function membersOf(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** Points logging at the target; key format, grants and unknown members stay as they were read. */
export function setLogging(
  before: Logging | undefined,
  { targetBucket, targetPrefix }: IntentOf<"enable-logging">,
): Logging {
  return {
    targetBucket,
    targetPrefix,
    enabled: { ...before?.enabled, TargetBucket: targetBucket, TargetPrefix: targetPrefix },
  };
}

/** Enables versioning and leaves MFA delete alone. */
export function setVersioning(before: Versioning | undefined): Versioning {
  return { status: "enabled", mfaDelete: before?.mfaDelete ?? "never-configured" };
}
