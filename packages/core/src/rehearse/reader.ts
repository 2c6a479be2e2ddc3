import type { BucketFacets, Facet, Facets, LogTarget } from "../model/facets.ts";
import { absent, present, type Reading, type Unknown, valueIn } from "../model/reading.ts";
import type { BucketRef, ResourceRef } from "../model/ref.ts";
import type { ReadContext, Reader } from "../observe/index.ts";
import { type BucketState, isKept, neverSeen, untold } from "./bucket-state.ts";
import { cannedAcl, hasPublicGrants, withoutPublicGrants } from "./canned-acl.ts";
import { targetIn } from "./log-target.ts";
import type { World } from "./world.ts";

/** What a rehearsal takes as given where the log does not tell: it is named in the result. */
export type Given = (what: string) => void;

/** Reads facets from what a log tells. What no record told of is `unknown`. */
export function readerOf(world: World, given: Given): Reader {
  return {
    read: async (facet, on, context) => {
      const reading = readingOf(facet, on, { world, given, context });
      return reading as Reading<Facets[typeof facet]>; // each branch below reads the facet it is named after
    },
  };
}

interface Sight {
  readonly world: World;
  readonly given: Given;
  readonly context: ReadContext;
}

function readingOf(facet: Facet, on: ResourceRef, sight: Sight): Reading<unknown> {
  if (facet === "accountPublicAccess") return sight.world.accountBlockOf(on.account) ?? neverSeen;
  if (on.kind !== "bucket") return neverSeen;
  const bucket = sight.world.bucketNamed(on.name, on.account);
  if (bucket === undefined) return ofBucket(facet, on, {}, sight);
  if (bucket.isGone) return { state: "unknown", reason: "gone", detail: "it was deleted" };
  return ofBucket(facet, on, bucket.state, sight);
}

function ofBucket(facet: Facet, on: BucketRef, state: BucketState, sight: Sight): Reading<unknown> {
  switch (facet) {
    case "location":
      return present(on.region);
    case "acl":
      return aclIn(on, state, sight.world);
    case "lastLog":
      return lastLogIn(state);
    case "vendedLogs":
      return vendedLogsIn(state);
    case "encryptionKey":
      return encryptionKeyIn(state, on);
    case "kmsLoad":
      return kmsLoadIn(state);
    case "baselineKey":
      return baselineKey(sight);
    case "logTarget":
      return logTarget(on, sight);
    case "logReceiver":
      return logReceiver(on, state, sight);
    default:
      return (isKept(facet) ? state[facet] : undefined) ?? neverSeen;
  }
}

/** ACLs that have no say give nothing to others: S3 takes their end, and new ones, only like that. */
function aclIn(on: BucketRef, state: BucketState, world: World): BucketState["acl"] & object {
  const { acl = neverSeen, ownership, publicAccessBlock = neverSeen } = state;
  if (valueIn(ownership)?.setting === "BucketOwnerEnforced") return cannedAcl("private");
  if (acl.state !== "present" || !hasPublicGrants(acl.value)) return acl;
  const blocks = [publicAccessBlock, world.accountBlockOf(on.account) ?? neverSeen];
  if (blocks.some((block) => valueIn(block)?.ignorePublicAcls === true)) {
    return present(withoutPublicGrants(acl.value));
  }
  const hides = blocks.find((block): block is Unknown => block.state === "unknown");
  return hides ?? acl;
}

/** Whether log files came is in no record. */
function lastLogIn({ logging = neverSeen }: BucketState): Reading<BucketFacets["lastLog"]> {
  return logging.state === "present" ? present({ kind: "not-asked" }) : logging;
}

function vendedLogsIn(state: BucketState): Reading<BucketFacets["vendedLogs"]> {
  const { logging = neverSeen, vendedLogs = neverSeen } = state;
  if (logging.state === "unknown") return logging;
  return logging.state === "present" ? present({ kind: "not-asked" }) : vendedLogs;
}

function encryptionKeyIn(
  { encryption = neverSeen }: BucketState,
  on: BucketRef,
): Reading<BucketFacets["encryptionKey"]> {
  if (encryption.state !== "present") return encryption;
  const { algorithm, keyId: named } = encryption.value;
  if (!algorithm.startsWith("aws:kms")) return absent;
  if (named === undefined) return present({ kind: "aws-s3" });
  const [, , , region = on.region] = named.split(":");
  if (region !== on.region) return present({ kind: "elsewhere", named });
  return untold("the state of a key is in no record of S3");
}

function kmsLoadIn({ encryption = neverSeen }: BucketState): Reading<BucketFacets["kmsLoad"]> {
  if (encryption.state !== "present") return encryption;
  const { algorithm, bucketKeyEnabled } = encryption.value;
  if (algorithm !== "aws:kms" || bucketKeyEnabled) return absent;
  return present({ kind: "hidden", why: "a log does not tell how many requests KMS got" });
}

/** A baseline is rehearsed with its key in order; only which one an alias names cannot be supposed. */
function baselineKey({ context, given }: Sight): Reading<BucketFacets["baselineKey"]> {
  const { key } = context;
  if (key === undefined) return absent;
  if (key.includes(":alias/")) return untold(`which key ${key} names is in no record of S3`);
  given(`the key ${key} is there and can be used`);
  const usable = { state: "Enabled", usage: "ENCRYPT_DECRYPT", spec: "SYMMETRIC_DEFAULT" };
  return present({ arn: key, manager: "CUSTOMER", ...usable });
}

function logTarget(on: BucketRef, { world, given, context }: Sight): Reading<LogTarget> {
  const { logTarget: name } = context;
  if (name === undefined) return absent;
  const target: BucketRef = { ...on, name };
  const known = world.bucketNamed(name, on.account);
  if (known?.isGone === true) return absent;
  const { reading, supposed } = targetIn(world, target, "sound where untold");
  if (supposed)
    given(`the log bucket ${name} is as log delivery needs it, where no record tells otherwise`);
  return reading;
}

function logReceiver(on: BucketRef, state: BucketState, sight: Sight): Reading<LogTarget> {
  const { world, context } = sight;
  if (on.name === context.logTarget) return targetIn(world, on, "as told").reading;
  const { policy = neverSeen } = state;
  if (policy.state === "unknown") return policy;
  const names = valueIn(policy)?.text.includes("logging.s3.amazonaws.com") ?? false;
  return names ? targetIn(world, on, "as told").reading : absent;
}
