import fc from "fast-check";
import { deliveryGrant } from "../../packages/core/src/controls/log-delivery.ts";
import type { Facet, Readings } from "../../packages/core/src/model/facets.ts";
import { absent, present } from "../../packages/core/src/model/reading.ts";
import type { ResourceKind, ResourceRef } from "../../packages/core/src/model/ref.ts";
import { pointOf } from "./access-points.ts";
import { lockOf, retention } from "./locks.ts";
import { multiRegionOf, objectLambdaOf } from "./points.ts";
import {
  aclOf,
  allBlocked,
  anyOrigin,
  corsOf,
  encryptionKeyOf,
  encryptionOf,
  inRegion,
  invoices,
  keyArn,
  keyOf,
  logs,
  logTargetOf,
  ordinary,
  ownershipOf,
  ownOrigin,
  policyOf,
  unknown,
  wholeAccount,
} from "./readings.ts";
import { trailsOf } from "./trails.ts";
import { kept, lockedBy, vaultOf } from "./vaults.ts";

const http = { Bool: { "aws:SecureTransport": "false" } };
const narrow = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::invoices/*",
  Condition: http,
};
const forEveryone = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::invoices/*",
};
/** A bucket that is closed for good: what any guarantee asks for, it has. */
const closed = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"],
};
const oneDay = retention("GOVERNANCE", 1);

const { value: plainKms } = encryptionOf("aws:kms", { keyId: keyArn });

/** For each facet what it can look like, the good first. */
const looks = {
  policy: [
    absent,
    policyOf(narrow),
    policyOf(forEveryone),
    present({ text: "[]" }),
    policyOf(deliveryGrant(logs)),
    policyOf(closed),
  ],
  encryption: [
    encryptionOf("aws:kms", { keyId: keyArn }),
    absent,
    encryptionOf("AES256"),
    encryptionOf("aws:kms:dsse"),
    encryptionOf("aws:new"),
    present({ ...plainKms, blockedEncryptionTypes: ["SSE-C"] }),
    present({ ...plainKms, blockedEncryptionTypes: ["NONE"] }),
  ],
  logging: [
    absent,
    ...["invoices", logs.name, "elsewhere"].map((targetBucket) =>
      present({ targetBucket, targetPrefix: "x/", enabled: { TargetBucket: targetBucket } }),
    ),
  ],
  vendedLogs: [
    absent,
    present({ kind: "not-asked" } as const),
    present({
      kind: "sources",
      sources: [{ name: "invoices", isActive: true, destinations: ["arn"] }],
    } as const),
  ],
  lastLog: [
    absent,
    present({ kind: "not-asked" } as const),
    present({ kind: "none", folder: "x/", hours: 168 } as const),
    present({ kind: "unreadable", why: "AccessDenied" } as const),
  ],
  versioning: [
    absent,
    present({ status: "suspended", mfaDelete: "enabled" } as const),
    present({ status: "suspended", mfaDelete: "disabled" } as const),
    present({ status: "enabled", mfaDelete: "enabled" } as const),
  ],
  objectLock: [absent, lockOf(), lockOf(oneDay), lockOf(undefined, oneDay.period)],
  publicAccessBlock: [
    allBlocked,
    absent,
    present({ ...allBlocked.value, ignorePublicAcls: false }),
  ],
  cors: [absent, corsOf(ownOrigin), corsOf(ownOrigin, anyOrigin), corsOf(anyOrigin)],
  ownership: [ownershipOf("BucketOwnerEnforced"), absent, ownershipOf("ObjectWriter")],
  acl: [aclOf(), aclOf({ grantee: "somebody", permission: "READ" })],
  website: [absent, present({})],
  tags: [absent, present({ "client-side-encryption": "required" }), present({ team: "a" })],
  location: [present(invoices.region), absent],
  lifecycle: [absent, present({ rules: 1 })],
  baselineKey: [keyOf(), absent, keyOf({ state: "Disabled" })],
  encryptionKey: [
    encryptionKeyOf(),
    absent,
    present({ kind: "aws-s3" }),
    present({ kind: "missing", named: "alias/nobody" }),
    encryptionKeyOf({ state: "PendingDeletion" }, { rotation: "not-asked" }),
    encryptionKeyOf({}, { rotation: "off" }),
  ],
  kmsLoad: [
    absent,
    present({ kind: "measured", peakPerSecond: 1, quotaPerSecond: 10_000 } as const),
    present({ kind: "measured", peakPerSecond: 9_000, quotaPerSecond: 10_000 } as const),
    present({ kind: "hidden", why: "AccessDenied" } as const),
  ],
  accountPublicAccess: [
    absent,
    allBlocked,
    present({ ...allBlocked.value, restrictPublicBuckets: false }),
  ],
  organizationPublicAccess: [absent, present("all" as const), present("none" as const)],
  logTarget: [
    logTargetOf({ policy: policyOf(deliveryGrant(logs)) }),
    absent,
    logTargetOf(),
    logTargetOf({ policy: present({ text: "[]" }) }),
    logTargetOf({ requesterPays: true }),
  ],
  accessPoints: [
    present([]),
    present([pointOf()]),
    present([pointOf({ origin: "VPC" })]),
    present([pointOf({ policy: policyOf(forEveryone), isPublic: present(true) })]),
  ],
  vaults: [
    present([vaultOf({ lock: lockedBy(kept) })]),
    absent,
    present([]),
    present([vaultOf()]),
    present([vaultOf({ lock: lockedBy(narrow) }), vaultOf({ name: "drafts" })]),
  ],
  logReceiver: [
    logTargetOf({ policy: policyOf(deliveryGrant(logs)) }),
    absent,
    logTargetOf(),
    logTargetOf({ policy: present({ text: "[]" }) }),
    logTargetOf({ requesterPays: true }),
  ],
  trails: [
    trailsOf({}),
    absent,
    trailsOf({ status: present({ isLogging: false }) }),
    trailsOf({ selectors: unknown("denied") }),
    trailsOf({ validatesLogFiles: false, isEncrypted: false }),
  ],
  objectLambdas: [
    present([objectLambdaOf()]),
    absent,
    present([]),
    present([objectLambdaOf({ policy: policyOf(forEveryone), isPublic: present(true) })]),
  ],
  multiRegionAccessPoints: [
    present([multiRegionOf()]),
    absent,
    present([]),
    present([multiRegionOf({ publicAccessBlock: absent, status: "PARTIALLY_CREATED" })]),
  ],
  organizationalUnits: [present(["ou-ab12-11111111", "r-ab12"]), absent],
} satisfies { readonly [F in Facet]: readonly Readings[F][] };

const unreadable = [unknown("denied"), unknown("throttled")];
export const allFacets = Object.keys(looks) as readonly Facet[]; // the keys of `looks` are the facets

/** All facets at once, each in one of its looks; with `withUnread` some may be unread. */
export function readingsOf(withUnread: boolean): fc.Arbitrary<Readings> {
  const known = Object.entries(looks).map(([facet, values]) => {
    const all: readonly unknown[] = withUnread ? [...values, ...unreadable] : values;
    return [facet, fc.constantFrom(...all)] as const;
  });
  return fc.record(Object.fromEntries(known)) as fc.Arbitrary<Readings>; // `looks` satisfies it
}

/** Under which every control may be set to repair. */
export const writable: readonly Readonly<Record<string, object>>[] = [
  {},
  ordinary,
  { ...ordinary, "kms-enforcement": { enforce: "key-pinned" } },
  { ...ordinary, "kms-enforcement": { enforce: "header-required" } },
  { ...ordinary, "account-public-access": { organizationPolicy: "read" } },
  { ...ordinary, "public-access-block": { level: "bucket" } },
  { ...ordinary, "client-side-encryption": { buckets: ["*"] } },
  {
    ...ordinary,
    "trail-health": { require: ["log-file-validation"] },
    "object-lambda": { allowed: [{ name: "*" }] },
  },
  {
    ...ordinary,
    "kms-enforcement": { dsse: "required" },
    "default-encryption": { ...ordinary["default-encryption"], algorithm: "DSSE" },
  },
  { ...ordinary, "mfa-delete": { buckets: ["*"] }, "default-encryption": { bucketKey: false } },
];
const withoutKms = { ...ordinary, "default-encryption": { algorithm: "SSE-S3" } };
export const baselines = fc.constantFrom<object>(...writable, withoutKms);
export const resources: { readonly [K in ResourceKind]: readonly ResourceRef[] } = {
  bucket: [invoices, logs],
  account: [wholeAccount],
  region: [inRegion],
};

export function refsFor(kind: ResourceKind): fc.Arbitrary<ResourceRef> {
  return fc.constantFrom(...resources[kind]);
}
