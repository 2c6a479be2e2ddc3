import { assertNever } from "../kernel/never.ts";
import type { Readings } from "../model/facets.ts";
import type { Held, WriteStep } from "../model/plan.ts";
import { type Known, type Reading, type Unknown, valueIn } from "../model/reading.ts";
import type { AccountRef, BucketRef, ResourceRef } from "../model/ref.ts";
import {
  amendEncryption,
  setDefaultRetention,
  setLogging,
  setOwnership,
  setPublicAccessBlock,
  setVersioning,
  withoutCorsRules,
} from "./documents.ts";
import { amendPolicy } from "./policy-document.ts";
import { controlsOf, type Wish, type WishFor, wishesFor } from "./wish.ts";

export interface Combined {
  readonly steps: readonly WriteStep[];
  readonly refused: readonly Held[];
}

/**
 * All intents to one write for each document. The order of the result is the order of the writes:
 * the default encryption before the policy that relies on it, the policy before the block under
 * which S3 refuses to write a policy that is public, Object Lock after the versioning without which
 * S3 refuses it, logging after the rights it needs.
 */
export function combine(wishes: readonly Wish[], readings: Readings, on: ResourceRef): Combined {
  const parts = partsFor(wishes, readings, on);
  return {
    steps: parts.flatMap(({ steps }) => steps),
    refused: parts.flatMap(({ refused }) => refused),
  };
}

function partsFor(
  wishes: readonly Wish[],
  readings: Readings,
  on: ResourceRef,
): readonly Combined[] {
  switch (on.kind) {
    case "bucket":
      return bucketSteps(wishes, readings, on);
    case "account":
      return [accountPublicAccessStep(wishesFor("accountPublicAccess", wishes), readings, on)];
    case "region":
      return [];
    default:
      return assertNever(on);
  }
}

function bucketSteps(
  wishes: readonly Wish[],
  readings: Readings,
  on: BucketRef,
): readonly Combined[] {
  return [
    encryptionStep(wishesFor("encryption", wishes), readings, on),
    policyStep(wishesFor("policy", wishes), readings, on),
    publicAccessBlockStep(wishesFor("publicAccessBlock", wishes), readings, on),
    ownershipStep(wishesFor("ownership", wishes), readings, on),
    corsStep(wishesFor("cors", wishes), readings, on),
    versioningStep(wishesFor("versioning", wishes), readings, on),
    objectLockStep(wishesFor("objectLock", wishes), readings, on),
    loggingStep(wishesFor("logging", wishes), readings, on),
  ];
}

function policyStep(
  wishes: readonly WishFor<"policy">[],
  { policy }: Readings,
  on: BucketRef,
): Combined {
  if (wishes.length === 0) return nothing;
  if (!isKnown(policy)) return unread(wishes, policy);
  const { text, controls, refused } = amendPolicy(wishes, valueIn(policy)?.text);
  if (text === undefined) return { steps: [], refused };
  const step = { document: "policy", on, controls, before: policy, after: { text } } as const;
  return { steps: [step], refused };
}

function encryptionStep(
  wishes: readonly WishFor<"encryption">[],
  { encryption: before }: Readings,
  on: BucketRef,
): Combined {
  if (wishes.length === 0) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  const after = amendEncryption(wishes, valueIn(before));
  if (after === undefined) return nothing;
  return one({ document: "encryption", on, controls: controlsOf(wishes), before, after });
}

function loggingStep(
  wishes: readonly WishFor<"logging">[],
  { logging: before }: Readings,
  on: BucketRef,
): Combined {
  const wish = wishes.at(-1);
  if (wish === undefined) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  const after = setLogging(valueIn(before), wish.intent);
  return one({ document: "logging", on, controls: controlsOf(wishes), before, after });
}

function versioningStep(
  wishes: readonly WishFor<"versioning">[],
  { versioning: before }: Readings,
  on: BucketRef,
): Combined {
  if (wishes.length === 0) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  const after = setVersioning(valueIn(before));
  return one({ document: "versioning", on, controls: controlsOf(wishes), before, after });
}

/** Where Object Lock is not on there is nothing to amend: a default rule would switch it on for good. */
function objectLockStep(
  wishes: readonly WishFor<"objectLock">[],
  { objectLock: before }: Readings,
  on: BucketRef,
): Combined {
  const wish = wishes.at(-1);
  if (wish === undefined) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  if (before.state === "absent") return nothing;
  const after = setDefaultRetention(before.value, wish.intent);
  return one({ document: "objectLock", on, controls: controlsOf(wishes), before, after });
}

function publicAccessBlockStep(
  wishes: readonly WishFor<"publicAccessBlock">[],
  { publicAccessBlock: before }: Readings,
  on: BucketRef,
): Combined {
  if (wishes.length === 0) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  const after = setPublicAccessBlock(valueIn(before));
  return one({ document: "publicAccessBlock", on, controls: controlsOf(wishes), before, after });
}

function accountPublicAccessStep(
  wishes: readonly WishFor<"accountPublicAccess">[],
  { accountPublicAccess: before }: Readings,
  on: AccountRef,
): Combined {
  if (wishes.length === 0) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  const after = setPublicAccessBlock(valueIn(before));
  return one({ document: "accountPublicAccess", on, controls: controlsOf(wishes), before, after });
}

function ownershipStep(
  wishes: readonly WishFor<"ownership">[],
  { ownership: before }: Readings,
  on: BucketRef,
): Combined {
  if (wishes.length === 0) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  const after = setOwnership(valueIn(before));
  return one({ document: "ownership", on, controls: controlsOf(wishes), before, after });
}

function corsStep(
  wishes: readonly WishFor<"cors">[],
  { cors: before }: Readings,
  on: BucketRef,
): Combined {
  if (wishes.length === 0) return nothing;
  if (!isKnown(before)) return unread(wishes, before);
  if (before.state === "absent") return nothing;
  const places = wishes.flatMap(({ intent }) => intent.places);
  const after = withoutCorsRules(before.value, places);
  return one({ document: "cors", on, controls: controlsOf(wishes), before, after });
}

const nothing: Combined = { steps: [], refused: [] };
const passes = { passing: true } as const;

function one(step: WriteStep): Combined {
  return { steps: [step], refused: [] };
}

function isKnown<T>(reading: Reading<T> | undefined): reading is Known<T> {
  return reading !== undefined && reading.state !== "unknown";
}

function unread(wishes: readonly Wish[], reading: Unknown | undefined): Combined {
  const passing = reading === undefined || reading.reason === "denied" ? {} : passes;
  const refused = wishes.map(
    ({ control, intent }): Held => ({
      control,
      kind: "blocked",
      why: `the present ${intent.document} could not be read, so a write could lose something`,
      next: `needs the ${intent.document} to be readable`,
      ...passing,
    }),
  );
  return { steps: [], refused };
}
