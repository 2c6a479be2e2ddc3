import { canonicalJson } from "../kernel/json.ts";
import { assertNever } from "../kernel/never.ts";
import type {
  Encryption,
  Logging,
  ObjectLock,
  PublicAccessBlock,
  Readings,
} from "../model/facets.ts";
import type { PlanStep } from "../model/plan.ts";
import { valueIn } from "../model/reading.ts";
import type { Receipt, WrittenReceipt } from "../model/receipt.ts";
import type { BeforeImage, EarlierDeliveries } from "./ledger.ts";

/** What earlier deliveries of a task did. */
export interface EarlierWork {
  /** Recorded, and people know of it. */
  readonly told: readonly Receipt[];
  /** Written, but nobody was told yet. */
  readonly untold: readonly WrittenReceipt[];
}

/**
 * Sorts what earlier deliveries did. A before-image without a receipt means that the delivery stopped
 * around its write; where the bucket holds now just what was to be written, the write happened, and
 * the repair has to be recorded and told after all. `readings` are those at the end of this delivery.
 */
export function earlierWork(
  { entry, images }: EarlierDeliveries,
  readings: Readings,
  now: readonly Receipt[],
): EarlierWork {
  const recorded = entry?.receipts ?? [];
  const isTold = (receipt: Receipt): receipt is Receipt =>
    receipt.kind !== "written" ||
    (entry?.announced === true && !receipt.step.controls.some((it) => entry.pending.includes(it)));
  const untold = recorded.filter((it) => it.kind === "written").filter((it) => !isTold(it));
  const interrupted = images
    .filter((image) => !recorded.some((receipt) => isSettled(receipt) && isOf(receipt, image)))
    .filter((image) => ![...recorded, ...now].some((receipt) => covers(receipt, image)))
    .filter(({ step }) => holds(step, readings))
    .filter((image, index, all) => all.findLastIndex((it) => isSameDocument(it, image)) === index)
    .map(({ step, at }): WrittenReceipt => ({ kind: "written", step, at }));
  return { told: recorded.filter(isTold), untold: [...untold, ...interrupted] };
}

function isOf({ step, at }: Receipt, image: BeforeImage): boolean {
  return step.document === image.step.document && at === image.at;
}

/** A write that got no answer may have landed all the same. */
function isSettled(receipt: Receipt): boolean {
  return receipt.kind !== "failed" || !receipt.retry;
}

/** A later write of the same document is the one to speak of. */
function covers({ kind, step, at }: Receipt, image: BeforeImage): boolean {
  return kind === "written" && step.document === image.step.document && at > image.at;
}

function isSameDocument(one: BeforeImage, other: BeforeImage): boolean {
  return one.step.document === other.step.document;
}

/** Whether the bucket holds what the step wanted to write. */
function holds(step: PlanStep, readings: Readings): boolean {
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

function keyFormatIn({ enabled }: Logging): string {
  return canonicalJson(enabled["TargetObjectKeyFormat"] ?? null);
}

/** S3 may give a policy back with lists of one as single values, and with lists in another order. */
function isSamePolicy(now: string | undefined, wanted: string): boolean {
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
