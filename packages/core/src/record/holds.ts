import { canonicalJson } from "../kernel/json.ts";
import { assertNever } from "../kernel/never.ts";
import type {
  Encryption,
  Logging,
  ObjectLock,
  PublicAccessBlock,
  Readings,
} from "../model/facets.ts";
import { isRemoval, type PlanStep, type RemovalStep } from "../model/plan.ts";
import { valueIn } from "../model/reading.ts";

/** Whether the resource holds what the step wanted of it. */
export function holds(step: PlanStep, readings: Readings): boolean {
  if (isRemoval(step)) return isWithout(step, readings);
  switch (step.document) {
    case "policy":
      return isSamePolicy(valueIn(readings.policy)?.text, step.after.text);
    case "encryption":
      return holdsEncryption(step.after, valueIn(readings.encryption));
    case "logging": {
      const value = valueIn(readings.logging);
      const { targetBucket, targetPrefix } = step.after;
      return (
        value?.targetBucket === targetBucket &&
        value.targetPrefix === targetPrefix &&
        keyFormatIn(value) === keyFormatIn(step.after)
      );
    }
    case "versioning":
      return valueIn(readings.versioning)?.status === step.after.status;
    case "objectLock":
      return ruleIn(valueIn(readings.objectLock)) === ruleIn(step.after);
    case "publicAccessBlock":
      return holdsPublicAccessBlock(step.after, valueIn(readings.publicAccessBlock));
    case "accountPublicAccess":
      return holdsPublicAccessBlock(step.after, valueIn(readings.accountPublicAccess));
    case "ownership":
      return valueIn(readings.ownership)?.setting === step.after.setting;
    case "cors":
      return canonicalJson(valueIn(readings.cors)?.rules ?? []) === canonicalJson(step.after.rules);
    default:
      return assertNever(step);
  }
}

/** S3 gives a bucket without an encryption of its own SSE-S3. */
function isWithout({ document }: RemovalStep, readings: Readings): boolean {
  if (readings[document]?.state === "absent") return true;
  return document === "encryption" && valueIn(readings.encryption)?.algorithm === "AES256";
}

function keyFormatIn({ enabled }: Logging): string {
  return canonicalJson(enabled["TargetObjectKeyFormat"] ?? null);
}

/** S3 may give a policy back with lists of one as single values, and with lists in another order. */
export function isSamePolicy(now: string | undefined, wanted: string): boolean {
  return now === wanted || (now !== undefined && settled(now) === settled(wanted));
}

function settled(text: string): string {
  try {
    return canonicalJson(withoutOrder(JSON.parse(text)));
  } catch {
    return text; // not JSON: only the same text is the same
  }
}

function withoutOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const members = value.map(withoutOrder);
    return members.length === 1 ? members[0] : members.sort(byText);
  }
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withoutOrder(it)]));
}

function byText(one: unknown, other: unknown): number {
  return canonicalJson(one) < canonicalJson(other) ? -1 : 1;
}

function ruleIn(lock: ObjectLock | undefined): string {
  return canonicalJson([lock?.defaultRetention ?? "none", lock?.defaultEventHold ?? "none"]);
}

function holdsPublicAccessBlock(
  wanted: PublicAccessBlock,
  value: PublicAccessBlock | undefined,
): boolean {
  return (
    value?.blockPublicAcls === wanted.blockPublicAcls &&
    value.ignorePublicAcls === wanted.ignorePublicAcls &&
    value.blockPublicPolicy === wanted.blockPublicPolicy &&
    value.restrictPublicBuckets === wanted.restrictPublicBuckets
  );
}

function holdsEncryption(wanted: Encryption, value: Encryption | undefined): boolean {
  const { algorithm, keyId, bucketKeyEnabled, blockedEncryptionTypes = [] } = wanted;
  return (
    value?.algorithm === algorithm &&
    value.keyId === keyId &&
    value.bucketKeyEnabled === bucketKeyEnabled &&
    blockedEncryptionTypes.every((type) => value.blockedEncryptionTypes?.includes(type))
  );
}
