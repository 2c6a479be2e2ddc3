import type { BucketFacets, Facet } from "../model/facets.ts";
import type { Reading, Unknown } from "../model/reading.ts";

/** What calls set on a bucket; everything else that can be read of one follows from it. */
interface KeptFacets
  extends Pick<
    BucketFacets,
    | "policy"
    | "encryption"
    | "logging"
    | "vendedLogs"
    | "versioning"
    | "objectLock"
    | "publicAccessBlock"
    | "cors"
    | "ownership"
    | "acl"
    | "website"
    | "tags"
    | "lifecycle"
    | "accessPoints"
  > {
  /** Whether whoever downloads pays. */
  readonly requesterPays: boolean;
}

export type KeptFacet = keyof KeptFacets;

/** What is known of a bucket at one moment. A facet that no record told of is not here. */
export type BucketState = { readonly [F in KeptFacet]?: Reading<KeptFacets[F]> };

/** Those that can be read of a bucket, each by itself. */
export const keptFacets = [
  "policy",
  "encryption",
  "logging",
  "vendedLogs",
  "versioning",
  "objectLock",
  "publicAccessBlock",
  "cors",
  "ownership",
  "acl",
  "website",
  "tags",
  "lifecycle",
  "accessPoints",
] as const satisfies readonly (KeptFacet & Facet)[];

export function isKept(facet: Facet): facet is Facet & KeptFacet {
  return keptFacets.some((it) => it === facet);
}

/** The reading of what the log does not tell. It is not `failed`, which a second attempt might mend. */
export function untold(detail: string): Unknown {
  return { state: "unknown", reason: "denied", detail };
}

export const neverSeen = untold("no record of the log tells it");
