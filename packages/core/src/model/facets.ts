import type { AccessPoint } from "./access-point.ts";
import type { PolicyText, PublicAccessBlock } from "./documents.ts";
import type { EncryptionKey, KeyState, KmsLoad } from "./kms.ts";
import type { MultiRegionAccessPoint } from "./multi-region.ts";
import type { ObjectLambda } from "./object-lambda.ts";
import type { Known, Reading } from "./reading.ts";
import type { Region, ResourceKind } from "./ref.ts";
import type { Trails } from "./trails.ts";
import type { Vault } from "./vault.ts";

export type { EncryptionKey, KeyState, KmsLoad, PolicyText, PublicAccessBlock };

/** The one rule of the default encryption; `rule` holds all members, also those we do not know. */
export interface Encryption {
  /** `AES256`, `aws:kms`, `aws:kms:dsse`, or one that S3 may add later. */
  readonly algorithm: string;
  readonly keyId?: string;
  readonly bucketKeyEnabled: boolean;
  /** Encryption types that S3 refuses, e.g. `SSE-C`; undefined when S3 did not say. */
  readonly blockedEncryptionTypes?: readonly string[];
  readonly rule: Readonly<Record<string, unknown>>;
}

/** Server access logging that is switched on; `enabled` holds all members, also unknown ones. */
export interface Logging {
  readonly targetBucket: string;
  readonly targetPrefix: string;
  readonly enabled: Readonly<Record<string, unknown>>;
}

/** How S3 names log files: by their time alone, or in folders by account, Region, bucket and date. */
export type KeyFormat = "simple" | "partitioned-by-event-time" | "partitioned-by-delivery-time";

/** When a log file of the bucket last came, as far as one may look into the log bucket. */
export type LastLog =
  /** Whole looks ask, and baselines with a limit; the path of an event does not wait for it. */
  | { readonly kind: "not-asked" }
  /** `hours`: at most so long ago; `folder`: what the names begin with that were looked through. */
  | {
      readonly kind: "seen";
      readonly folder: string;
      readonly hours: number;
      /** Set where there are more files than were looked through, so that it may be much less. */
      readonly isAtMost?: true;
    }
  /** None in so many hours. */
  | { readonly kind: "none"; readonly folder: string; readonly hours: number }
  | { readonly kind: "unreadable"; readonly why: string };

/** Access logs of the bucket that CloudWatch Logs delivers, not S3 itself ("vended logs"). */
export type VendedLogs =
  /** Not looked for, because S3 itself logs. */
  | { readonly kind: "not-asked" }
  | {
      readonly kind: "sources";
      readonly sources: readonly {
        readonly name: string;
        readonly isActive: boolean;
        /** ARNs; without any nothing is delivered. */
        readonly destinations: readonly string[];
      }[];
    };

export interface Versioning {
  readonly status: "enabled" | "suspended" | "never-enabled";
  readonly mfaDelete: "enabled" | "disabled" | "never-configured";
}

/**
 * Object Lock is on and can never be switched off; only its default rule can be weakened.
 * `configuration` holds all members, also unknown ones.
 */
export interface ObjectLock {
  readonly defaultRetention?: Retention;
  /** How long new objects stay held after their event; beside or instead of the retention. */
  readonly defaultEventHold?: Period;
  readonly configuration: Readonly<Record<string, unknown>>;
}

export interface Retention {
  readonly mode: "GOVERNANCE" | "COMPLIANCE";
  readonly period: Period;
}

export interface Period {
  readonly unit: "days" | "years";
  readonly count: number;
}

/** What web pages of other origins may do; `rule` holds all members of each rule as it was read. */
export interface Cors {
  readonly rules: readonly CorsRule[];
}

export interface CorsRule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly rule: Readonly<Record<string, unknown>>;
}

/** Object Ownership; `rule` holds all members, also unknown ones. */
export interface Ownership {
  /** `BucketOwnerEnforced` (ACLs have no say), `BucketOwnerPreferred` or `ObjectWriter`. */
  readonly setting: string;
  readonly rule: Readonly<Record<string, unknown>>;
}

/** The bucket ACL as S3 shows it: public grants are hidden while IgnorePublicAcls is on. */
export interface Acl {
  /** The canonical id of the bucket owner. */
  readonly owner: string;
  readonly grants: readonly AclGrant[];
}

export interface AclGrant {
  /** The URI of a group, or a canonical id. */
  readonly grantee: string;
  readonly permission: string;
}

/** The tags of the bucket itself, by their keys. */
export type Tags = Readonly<Record<string, string>>;

/** A bucket that receives access logs, as far as delivery depends on it. */
export interface LogTarget {
  readonly name: string;
  readonly region: Region;
  readonly policy: Known<PolicyText>;
  readonly encryption: Known<Encryption>;
  readonly objectLock: Known<ObjectLock>;
  readonly requesterPays: boolean;
  readonly ownership: Known<Ownership>;
  /** Absent also where Object Ownership leaves ACLs no say. */
  readonly acl: Known<Acl>;
  /** Where the target's own access logs go, hop by hop; empty when its logging is off. */
  readonly logsInto: readonly string[];
}

/** Everything that can be read about a bucket. One reader per facet, in `aws/readers/`. */
export interface BucketFacets {
  readonly policy: PolicyText;
  readonly encryption: Encryption;
  readonly logging: Logging;
  readonly vendedLogs: VendedLogs;
  /** Absent where S3 does not log. */
  readonly lastLog: LastLog;
  readonly versioning: Versioning;
  readonly objectLock: ObjectLock;
  readonly publicAccessBlock: PublicAccessBlock;
  readonly cors: Cors;
  readonly ownership: Ownership;
  readonly acl: Acl;
  readonly website: Readonly<Record<string, unknown>>;
  readonly tags: Tags;
  readonly location: Region;
  readonly lifecycle: { readonly rules: number };
  /** The key that the baseline asks for. */
  readonly baselineKey: KeyState;
  readonly encryptionKey: EncryptionKey;
  /** Absent where S3 does not ask KMS for each object, or asks and could not do otherwise. */
  readonly kmsLoad: KmsLoad;
  readonly logTarget: LogTarget;
  /** The bucket itself, if it receives access logs; absent where nothing says that it does. */
  readonly logReceiver: LogTarget;
  /** Those of the bucket's own account; it cannot list those of others. */
  readonly accessPoints: readonly AccessPoint[];
}

/** What an account has once, in all Regions together. */
export interface AccountFacets {
  /** The flags of the account's own block; they act on all of its buckets. */
  readonly accountPublicAccess: PublicAccessBlock;
  /** What an S3 policy of the organization makes of the account's block: it is all or nothing. */
  readonly organizationPublicAccess: "all" | "none";
  readonly multiRegionAccessPoints: readonly MultiRegionAccessPoint[];
  /** The organizational units above the account, from the nearest to the root. */
  readonly organizationalUnits: readonly string[];
}

/** What an account has in each Region, beside its buckets. */
export interface RegionFacets {
  readonly vaults: readonly Vault[];
  readonly trails: Trails;
  readonly objectLambdas: readonly ObjectLambda[];
}

/** Everything that can be read. */
export type Facets = BucketFacets & AccountFacets & RegionFacets;

export type Facet = keyof Facets;

/** What each kind of resource has of its own. */
interface OwnFacets {
  readonly bucket: BucketFacets;
  readonly region: RegionFacets;
  readonly account: AccountFacets;
}

/** What can be read beside each kind of resource: where it is, and whose. */
interface OuterFacets {
  readonly bucket: RegionFacets & AccountFacets;
  readonly region: AccountFacets;
  readonly account: unknown;
}

/** The facets that can be read when a resource of this kind is looked at. */
export type FacetFor<K extends ResourceKind> = keyof (OwnFacets[K] & OuterFacets[K]) & Facet;

const facets: Readonly<Record<Facet, true>> = {
  policy: true,
  encryption: true,
  logging: true,
  vendedLogs: true,
  lastLog: true,
  versioning: true,
  objectLock: true,
  publicAccessBlock: true,
  cors: true,
  ownership: true,
  acl: true,
  website: true,
  tags: true,
  location: true,
  lifecycle: true,
  baselineKey: true,
  encryptionKey: true,
  kmsLoad: true,
  logTarget: true,
  accessPoints: true,
  vaults: true,
  logReceiver: true,
  trails: true,
  accountPublicAccess: true,
  organizationPublicAccess: true,
  objectLambdas: true,
  multiRegionAccessPoints: true,
  organizationalUnits: true,
};

export function isFacet(name: string): name is Facet {
  return Object.hasOwn(facets, name);
}

/** Facets that can be written, each with exactly one document of S3 behind it. */
export type WritableFacet =
  | "policy"
  | "encryption"
  | "logging"
  | "versioning"
  | "objectLock"
  | "publicAccessBlock"
  | "cors"
  | "ownership"
  | "accountPublicAccess";

/** The documents that belong to this kind of resource: no control writes beside its resource. */
export type WritableFor<K extends ResourceKind> = WritableFacet & keyof OwnFacets[K];

export type Readings = { readonly [F in Facet]?: Reading<Facets[F]> };

export type Facts<F extends Facet> = { readonly [K in F]: Known<Facets[K]> };
