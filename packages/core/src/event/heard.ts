import type { Settings } from "../baseline/index.ts";
import type { Facet, Facets, Readings } from "../model/facets.ts";
import { type Known, valueIn } from "../model/reading.ts";
import type { ResourceRef } from "../model/ref.ts";

/** How a change of a facet of a bucket becomes known without looking. */
type Heard<T> =
  /** A call that names the bucket changes it. */
  | { readonly from: "bucket" }
  /** A call on something else changes it, and is resolved to the buckets that it is about. */
  | { readonly from: "beside"; readonly how: string }
  /** Time changes it, or a call that nobody hears of; `unless` that cannot be for what was read. */
  | {
      readonly from: "nobody";
      readonly why: string;
      readonly unless?: (seen: Known<T>, at: At) => boolean;
    };

interface At {
  readonly on: ResourceRef;
  readonly settings: Settings;
}

const ofBucket = { from: "bucket" } as const;

/** Each facet, as far as buckets are concerned. */
const heard: { readonly [F in Facet]: Heard<Facets[F]> } = {
  policy: ofBucket,
  encryption: ofBucket,
  logging: ofBucket,
  versioning: ofBucket,
  objectLock: ofBucket,
  publicAccessBlock: ofBucket,
  cors: ofBucket,
  ownership: ofBucket,
  acl: ofBucket,
  website: ofBucket,
  tags: ofBucket,
  lifecycle: ofBucket,
  logReceiver: ofBucket,
  // A bucket never moves: one of the same name elsewhere was made anew.
  location: ofBucket,
  accountPublicAccess: {
    from: "beside",
    how: "a call on the block of the account goes to all of its buckets",
  },
  accessPoints: {
    from: "beside",
    how: "a call on an access point goes to the bucket behind it",
  },
  logTarget: {
    from: "beside",
    how: "a call on the baseline's log bucket goes to the buckets that log there",
  },
  vendedLogs: {
    from: "beside",
    how: "a call on a delivery of CloudWatch Logs goes to the buckets that it may be about",
  },
  lastLog: {
    from: "nobody",
    why: "log files stop to come without a call",
    unless: (_, { settings }) => settings["access-logging"].maxLogAgeHours === undefined,
  },
  kmsLoad: {
    from: "nobody",
    why: "it is measured",
    unless: ({ state }) => state === "absent",
  },
  baselineKey: {
    from: "nobody",
    why: "a call on a key goes to the buckets that use it: not to those whose key an alias no longer means",
    unless: (_, { on, settings }) => {
      const { key } = settings["default-encryption"];
      return key === undefined || (key.includes(":key/") && isOwn(key, on));
    },
  },
  encryptionKey: {
    from: "nobody",
    why: "a call on the key of another account is not heard, and imported material ends by itself",
    unless: (seen, { on }) => {
      const key = valueIn(seen);
      if (key === undefined || key.kind === "aws-s3" || key.kind === "elsewhere") return true;
      return key.kind === "key" && key.origin === "AWS_KMS" && isOwn(key.key.arn, on);
    },
  },
  organizationPublicAccess: {
    from: "nobody",
    why: "policies of the organization are changed in its management account",
  },
  organizationalUnits: {
    from: "nobody",
    why: "accounts are moved in the management account of the organization",
  },
  // No control of buckets reads these today.
  multiRegionAccessPoints: { from: "nobody", why: "calls on them go to the account alone" },
  vaults: { from: "nobody", why: "calls on them go to their Region alone" },
  trails: { from: "nobody", why: "calls on them go to their Region alone" },
  objectLambdas: { from: "nobody", why: "calls on them go to their Region alone" },
};

function isOwn(arn: string, { account }: ResourceRef): boolean {
  return arn.split(":")[4] === account;
}

/** Those of the facets that, as they were read, can be another later without any event for the bucket. */
export function unheardOf(facets: Iterable<Facet>, readings: Readings, at: At): readonly Facet[] {
  return [...facets].filter((facet) => isUnheard(facet, readings, at)).toSorted();
}

function isUnheard<F extends Facet>(facet: F, readings: Readings, at: At): boolean {
  const way: Heard<Facets[F]> = heard[facet];
  if (way.from !== "nobody") return false;
  const seen = readings[facet];
  if (seen === undefined || seen.state === "unknown") return true;
  return way.unless?.(seen, at) !== true;
}
