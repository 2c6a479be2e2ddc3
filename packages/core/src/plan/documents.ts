import type {
  Cors,
  Encryption,
  KeyFormat,
  Logging,
  ObjectLock,
  Ownership,
  PublicAccessBlock,
  Versioning,
} from "../model/facets.ts";
import type { Intent } from "../model/intent.ts";
import type { WishFor } from "./wish.ts";

type IntentOf<K extends Intent["kind"]> = Extract<Intent, { kind: K }>;

/** Applies the wishes of several controls to the one rule, one after the other. */
export function amendEncryption(
  wishes: readonly WishFor<"encryption">[],
  before: Encryption | undefined,
): Encryption | undefined {
  return wishes.reduce<Encryption | undefined>(
    (rule, { intent }) =>
      intent.kind === "block-sse-c" ? blockSseC(rule) : setEncryption(rule, intent),
    before,
  );
}

/** Sets algorithm, key and Bucket Key; every other member of the rule stays as it was read. */
export function setEncryption(
  before: Encryption | undefined,
  { algorithm, keyId, bucketKeyEnabled }: IntentOf<"set-default-encryption">,
): Encryption {
  const types = before?.blockedEncryptionTypes;
  return {
    algorithm,
    keyId,
    bucketKeyEnabled,
    ...(types === undefined ? {} : { blockedEncryptionTypes: types }),
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

/** Adds SSE-C to the blocked types; algorithm, key and every other member stay as they were read. */
export function blockSseC(before: Encryption | undefined): Encryption {
  const known = before ?? sseS3;
  // `NONE` says that nothing is blocked, so it cannot stand beside a type that is.
  const others = (known.blockedEncryptionTypes ?? []).filter((type) => !replaced.includes(type));
  const types = [...others, "SSE-C"];
  const block = { ...membersOf(known.rule[blocked]), EncryptionType: types };
  return {
    ...known,
    blockedEncryptionTypes: types,
    rule: { ...known.rule, [blocked]: block },
  };
}

/** What a bucket without any encryption rule does since January 2023. */
const sseS3: Encryption = { algorithm: "AES256", bucketKeyEnabled: false, rule: {} };
const replaced = ["NONE", "SSE-C"];
const blocked = "BlockedEncryptionTypes";
const applied = "ApplyServerSideEncryptionByDefault";

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

/**
 * Points logging at the target. Grants, unknown members and, unless another one is wanted, the key
 * format stay as they were read.
 */
export function setLogging(
  before: Logging | undefined,
  { targetBucket, targetPrefix, keyFormat }: IntentOf<"enable-logging">,
): Logging {
  return {
    targetBucket,
    targetPrefix,
    enabled: {
      ...before?.enabled,
      TargetBucket: targetBucket,
      TargetPrefix: targetPrefix,
      ...(keyFormat === undefined ? {} : { TargetObjectKeyFormat: keyFormats[keyFormat] }),
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_TargetObjectKeyFormat.html */
const keyFormats: Readonly<Record<KeyFormat, object>> = {
  simple: { SimplePrefix: {} },
  "partitioned-by-event-time": { PartitionedPrefix: { PartitionDateSource: "EventTime" } },
  "partitioned-by-delivery-time": { PartitionedPrefix: { PartitionDateSource: "DeliveryTime" } },
};

/** Enables versioning and leaves MFA delete alone. */
export function setVersioning(before: Versioning | undefined): Versioning {
  return { status: "enabled", mfaDelete: before?.mfaDelete ?? "never-configured" };
}

/**
 * Makes new objects locked in GOVERNANCE mode; the default event hold and members that nobody here
 * knows stay as they were read.
 */
export function setDefaultRetention(
  before: ObjectLock,
  { days }: IntentOf<"set-governance-retention">,
): ObjectLock {
  const rule = membersOf(before.configuration["Rule"]);
  const { Years: _, ...kept } = membersOf(rule["DefaultRetention"]);
  const mode = "GOVERNANCE";
  return {
    ...before,
    defaultRetention: { mode, period: { unit: "days", count: days } },
    configuration: {
      ...before.configuration,
      Rule: { ...rule, DefaultRetention: { ...kept, Mode: mode, Days: days } },
    },
  };
}

/** Turns all four flags on; members that nobody here knows stay as they were read. */
export function setPublicAccessBlock(before: PublicAccessBlock | undefined): PublicAccessBlock {
  return {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
    configuration: {
      ...before?.configuration,
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
  };
}

/** Leaves the rules at these places out; every other rule stays as it was read. */
export function withoutCorsRules(before: Cors, places: readonly number[]): Cors {
  return { rules: before.rules.filter((_, place) => !places.includes(place)) };
}

/** Takes ACLs their say; members of the rule that nobody here knows stay as they were read. */
export function setOwnership(before: Ownership | undefined): Ownership {
  const setting = "BucketOwnerEnforced";
  return { setting, rule: { ...before?.rule, ObjectOwnership: setting } };
}
