import { parseBaseline, settingsFor } from "@bucket-warden/core/baseline";
import { controls } from "@bucket-warden/core/controls";
import {
  type AccountFacets,
  type Assessment,
  type BucketFacets,
  type BucketRef,
  type Facet,
  parseAccountId,
  parseBucketName,
  parseRegion,
} from "@bucket-warden/core/model";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterAll, expect, test, vi } from "vitest";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { newborn, repaired, standingOf } from "./standing.ts";

// Nearly all of the time is the SDK waiting between its attempts.
vi.setConfig({ maxConcurrency: 15, testTimeout: 20_000 });

interface Read {
  readonly operation: string;
  readonly of: "bucket" | "log bucket" | "account";
}

const bucketRead = (operation: string): readonly Read[] => [{ operation, of: "bucket" }];

/**
 * What controls of a bucket read. Multi-Region Access Points are for one of the account alone; units
 * are for scopes, before any control is chosen, and denied in waivers.test.ts.
 */
type OfBucket = Exclude<
  keyof (BucketFacets & AccountFacets),
  "multiRegionAccessPoints" | "organizationalUnits"
>;

/** Every call by which a facet of a bucket is read. */
const reads: Readonly<Record<OfBucket, readonly Read[]>> = {
  policy: bucketRead("GetBucketPolicy"),
  publicAccessBlock: bucketRead("GetPublicAccessBlock"),
  cors: bucketRead("GetBucketCors"),
  ownership: bucketRead("GetBucketOwnershipControls"),
  acl: bucketRead("GetBucketAcl"),
  website: bucketRead("GetBucketWebsite"),
  tags: bucketRead("GetBucketTagging"),
  accessPoints: bucketRead("ListAccessPoints"),
  encryption: bucketRead("GetBucketEncryption"),
  logging: bucketRead("GetBucketLogging"),
  // Nothing more is asked of CloudWatch Logs where no source is found.
  vendedLogs: [{ operation: "DescribeDeliverySources", of: "account" }],
  // What goes wrong at the log bucket is a finding of its own.
  lastLog: bucketRead("GetBucketLogging"),
  location: bucketRead("GetBucketLocation"),
  versioning: bucketRead("GetBucketVersioning"),
  lifecycle: bucketRead("GetBucketLifecycleConfiguration"),
  objectLock: bucketRead("GetObjectLockConfiguration"),
  // Nothing is asked of KMS where SSE-S3 is found.
  encryptionKey: bucketRead("GetBucketEncryption"),
  // And nothing of CloudWatch where a Bucket Key is found, or none is possible.
  kmsLoad: bucketRead("GetBucketEncryption"),
  accountPublicAccess: [{ operation: "GetPublicAccessBlock", of: "account" }],
  organizationPublicAccess: [{ operation: "DescribeEffectivePolicy", of: "account" }],
  baselineKey: [{ operation: "DescribeKey", of: "account" }],
  // Nothing more is read of a bucket that receives no logs.
  logReceiver: bucketRead("GetBucketPolicy"),
  logTarget: [
    "GetBucketLocation",
    "GetBucketPolicy",
    "GetBucketEncryption",
    "GetObjectLockConfiguration",
    "GetBucketRequestPayment",
    "GetBucketOwnershipControls",
    "GetBucketLogging",
  ].map((operation) => ({ operation, of: "log bucket" })),
};

const troubles = [
  { trouble: "denied", kind: "access-denied" },
  { trouble: "throttled", kind: "throttle" },
  { trouble: "failed", kind: "reset" },
  { trouble: "failed", kind: "timeout" },
] as const;

/** Each call once, with all facets that it stands behind. */
const calls = Map.groupBy(
  Object.entries(reads).flatMap(([facet, all]) => all.map((call) => ({ facet, ...call }))),
  ({ operation, of }) => `${operation} of the ${of}`,
);
const rows = [...calls].flatMap(([name, [first, ...more]]) => {
  if (first === undefined) return [];
  const facets: readonly string[] = [first, ...more].map(({ facet }) => facet);
  // A fault for all buckets needs a rehearsal of its own, and a call that is never answered fails as one
  // that is cut off does.
  const tried =
    first.of === "bucket" ? troubles : troubles.filter(({ kind }) => kind !== "timeout");
  return tried.map((trouble) => ({ name, ...first, facets, ...trouble }));
});

type Row = (typeof rows)[number];

const documents: Readonly<Record<string, Facet>> = {
  PutBucketPolicy: "policy",
  PutBucketEncryption: "encryption",
  PutBucketLogging: "logging",
  PutBucketVersioning: "versioning",
  PutPublicAccessBlock: "publicAccessBlock",
};

const baseline = {
  "account-public-access": { mode: "off", organizationPolicy: "read" },
  "mfa-delete": { mode: "alert", buckets: ["vault-*"] },
  "client-side-encryption": { mode: "alert", buckets: ["vault-*"] },
};
// A call that is never answered is given up soon, but not so soon that a busy machine is mistaken.
const variables = { WARDEN_REQUEST_TIMEOUT_MS: "1500" };
// Between two deliveries there must be time to look at what the first one left.
const timing = { variables, retryMilliseconds: 400 };
const options = { baseline, watch: false, rolesFor: "no-roles", ...timing } as const;
const shared = await rehearse(options);
afterAll(() => shared[Symbol.asyncDispose]());

/** A bucket that has nothing. */
async function newVault({ as, change }: Rehearsal, row: Row): Promise<string> {
  const vault = `vault-${rows.indexOf(row)}`;
  const ObjectLockEnabledForBucket = row.facets.includes("objectLock");
  await as("owner").createBucket({ Bucket: vault, ObjectLockEnabledForBucket });
  change(vault, "publicAccessBlock", undefined);
  return vault;
}

function breakRead(
  { sandbox, logBucket }: Rehearsal,
  vault: string,
  { operation, of, kind }: Row,
): () => void {
  const account = operation === "GetPublicAccessBlock" ? ({ service: "s3-control" } as const) : {};
  const where = { bucket: { bucket: vault }, "log bucket": { bucket: logBucket }, account };
  return sandbox.faults.add({ kind, operation, ...where[of] });
}

/** Who would act on what cannot be read. */
function dependentOn({ facets }: Row, { sandbox }: Rehearsal, vault: string): readonly string[] {
  const on: BucketRef = {
    kind: "bucket",
    name: parseBucketName(vault, "test"),
    account: parseAccountId(sandbox.account, "test"),
    region: parseRegion(sandbox.region, "test"),
  };
  const settings = settingsFor(parseBaseline({ ...sandboxBaseline, ...baseline }, "test"), on);
  return controls
    .filter(({ id, target }) => target === "bucket" && settings[id].mode !== "off")
    .filter(({ needs }) => needs(on, settings).some((needed) => facets.includes(needed)))
    .map(({ id }) => id);
}

/** Each reason once: one call can stand behind several facets. */
function whyUnread(assessment: Assessment): readonly string[] | undefined {
  if (assessment.kind !== "unread") return undefined;
  return [...new Set(assessment.facets.map(({ reason }) => reason))];
}

test.concurrent.each(rows)(
  "$name, $trouble ($kind): nothing is written on it, and all is right once it is read",
  async (row) => {
    // A fault of the account or of the log bucket is one for all buckets.
    await using own = row.of === "bucket" ? undefined : await rehearse(options);
    const stage = own ?? shared;
    const vault = await newVault(stage, row);
    const repair = breakRead(stage, vault, row);
    const returned = stage.returned(vault);
    const outcome = stage.lookAgain(vault);
    // A person has to grant a permission; everything else is tried again.
    const isDenied = row.trouble === "denied";
    await (isDenied ? outcome : returned);

    const dependent = dependentOn(row, stage, vault);
    const [entry] = (await memoryOf(stage, vault)).entries;
    const findings = entry?.findings.filter(({ control }) => dependent.includes(control)) ?? [];
    expect(findings.map(({ control, assessment }) => [control, whyUnread(assessment)])).toEqual(
      dependent.map((id) => [id, [row.trouble]]),
    );
    const steps = entry?.plan.steps ?? [];
    const writers = steps.flatMap((step) => step.controls);
    expect(writers.filter((id) => dependent.includes(id))).toEqual([]);
    expect(steps.filter((step) => row.facets.includes(step.document))).toEqual([]);
    // What does not depend on it goes on, and is the only thing that was written.
    const written = stage.writes(vault).map((call) => documents[call]);
    expect(written).toEqual(steps.map((step) => step.document));
    const unread = isDenied ? dependent.map((id) => `unread ${id}`) : [];
    const toldOfIt = stage.told(vault).filter((it) => dependent.some((id) => it.endsWith(id)));
    expect(toldOfIt).toEqual(unread);

    repair();
    if (isDenied) expect(await outcome).toBe("blocked");
    // Nobody tells that a permission came back, so somebody has to look.
    expect(await (isDenied ? stage.lookAgain(vault) : outcome)).toBe("flagged");
    expect(await standingOf(stage, vault)).toEqual(repaired(stage.logBucket));
    const news = stage.told(vault).filter((it) => !/^(unread|recovered) /.test(it));
    expect([...news].sort()).toEqual(row.facets.includes("objectLock") ? newsUnderLock : usualNews);
  },
);

const usualNews = [
  "fixed access-logging",
  "fixed default-encryption",
  "fixed kms-enforcement",
  "fixed public-access-block",
  "fixed ssl-only",
  "fixed versioning",
  "flagged client-side-encryption",
  "flagged mfa-delete",
];
const newsUnderLock = [
  ...usualNews.filter((it) => it !== "fixed versioning"),
  "flagged object-lock",
];

test("while nothing can be read at all, nothing is written and everything is tried again", async () => {
  await using stage = await rehearse();
  const off = stage.sandbox.faults.add({ kind: "reset", service: "s3", bucket: "vault", after: 1 });
  const returned = stage.returned("vault");
  await stage.as("mallory").createBucket({ Bucket: "vault" });
  await returned;
  expect(stage.writes()).toEqual([]);
  expect(stage.messages()).toEqual([]);
  off();
  expect(await standingOf(stage, "vault")).toEqual(newborn);
  await stage.deployment.idle();
  expect(await standingOf(stage, "vault")).toEqual(repaired(stage.logBucket));
});
