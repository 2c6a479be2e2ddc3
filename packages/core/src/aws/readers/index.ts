import { once } from "../../kernel/once.ts";
import type { Facet, Facets } from "../../model/facets.ts";
import { absent, present, type Reading } from "../../model/reading.ts";
import { type ResourceRef, resourceName } from "../../model/ref.ts";
import type { ReadContext, Reader, SharedAnswers } from "../../observe/index.ts";
import type { Clients } from "../clients.ts";
import { describeError, meaningOf } from "../errors.ts";
import { aclReader } from "./acl.ts";
import { corsReader } from "./cors.ts";
import { encryptionReader } from "./encryption.ts";
import { askOnce, askShared, type FacetReader } from "./facet-reader.ts";
import { lastLogReader } from "./last-log.ts";
import { lifecycleReader } from "./lifecycle.ts";
import { locationReader } from "./location.ts";
import { logReceiverReader } from "./log-receiver.ts";
import { logTargetReader } from "./log-target.ts";
import { loggingReader } from "./logging.ts";
import { objectLockReader } from "./object-lock.ts";
import { ownershipReader } from "./ownership.ts";
import { policyReader } from "./policy.ts";
import { publicAccessBlockReader } from "./public-access-block.ts";
import { tagsReader } from "./tags.ts";
import { versioningReader } from "./versioning.ts";
import { websiteReader } from "./website.ts";

type AnyReader<T> = FacetReader<T, ResourceRef>;

/**
 * Those of services that few events need are loaded when they are first used, and once: even of what is
 * loaded, `import()` costs as much as a small read.
 */
const readers: {
  readonly [F in Facet]: AnyReader<Facets[F]> | (() => Promise<AnyReader<Facets[F]>>);
} = {
  policy: ofBucket(policyReader),
  encryption: ofBucket(encryptionReader),
  logging: ofBucket(loggingReader),
  vendedLogs: once(async () => ofBucket((await import("./vended-logs.ts")).vendedLogsReader)),
  lastLog: ofBucket(lastLogReader),
  versioning: ofBucket(versioningReader),
  objectLock: ofBucket(objectLockReader),
  publicAccessBlock: ofBucket(publicAccessBlockReader),
  cors: ofBucket(corsReader),
  ownership: ofBucket(ownershipReader),
  acl: ofBucket(aclReader),
  website: ofBucket(websiteReader),
  tags: ofBucket(tagsReader),
  location: ofBucket(locationReader),
  lifecycle: ofBucket(lifecycleReader),
  baselineKey: once(async () => ofBucket((await import("./baseline-key.ts")).baselineKeyReader)),
  encryptionKey: once(async () =>
    ofBucket((await import("./encryption-key.ts")).encryptionKeyReader),
  ),
  kmsLoad: once(async () => ofBucket((await import("./kms-load.ts")).kmsLoadReader)),
  logTarget: ofBucket(logTargetReader),
  accessPoints: once(async () => ofBucket((await import("./access-points.ts")).accessPointsReader)),
  vaults: once(async () => (await import("./vaults.ts")).vaultsReader),
  logReceiver: ofBucket(logReceiverReader),
  trails: once(async () => (await import("./trails.ts")).trailsReader),
  accountPublicAccess: once(
    async () => (await import("./account-public-access.ts")).accountPublicAccessReader,
  ),
  organizationPublicAccess: once(
    async () => (await import("./organization-public-access.ts")).organizationPublicAccessReader,
  ),
  objectLambdas: once(async () => (await import("./object-lambdas.ts")).objectLambdasReader),
  multiRegionAccessPoints: once(
    async () => (await import("./multi-region-access-points.ts")).multiRegionAccessPointsReader,
  ),
  organizationalUnits: once(
    async () => (await import("./organizational-units.ts")).organizationalUnitsReader,
  ),
};

type Part = (on: ResourceRef, context: ReadContext) => readonly string[];

const ofAccount: Part = ({ account }) => [account];
const ofPlace: Part = ({ account, region }) => [account, region];

/** What the reading of a facet depends on, where that is less than the resource. */
const widerThanResource: { readonly [F in Facet]?: Part } = {
  accountPublicAccess: ofAccount,
  organizationPublicAccess: ofAccount,
  organizationalUnits: ofAccount,
  multiRegionAccessPoints: ofAccount,
  trails: ofPlace,
  objectLambdas: ofPlace,
  vaults: ofPlace,
  baselineKey: ({ account }, { key = "" }) => [account, key],
  logTarget: (on, { logTarget = "" }) => [...ofPlace(on, {}), logTarget],
};

/**
 * Reads facets from AWS. Whatever goes wrong becomes an `unknown` reading that says why. With `shared`,
 * what is the same for many resources is asked once for all of them.
 */
export function createReader(clients: Clients, shared?: SharedAnswers): Reader {
  const sharing = shared === undefined ? {} : { shared };
  return {
    async read(facet, on, own): Promise<Reading<Facets[typeof facet]>> {
      const found = readers[facet];
      // The compiler does not see that a call of one member of a table gives what the table says.
      const reader = (typeof found === "function" ? await found() : found) as AnyReader<
        Facets[typeof facet]
      >;
      const context = { ...own, ...sharing };
      const ask = () => reader.ask(clients, on, context);
      const part = widerThanResource[facet]?.(on, context);
      try {
        const value = await (part === undefined
          ? ask()
          : askShared(context, [facet, ...part], ask));
        return value === undefined ? absent : present(value);
      } catch (error) {
        const meaning = meaningOf(error, reader.absent);
        if (meaning.kind === "absent") return absent;
        return { state: "unknown", reason: meaning.reason, detail: describeError(error) };
      }
    },
  };
}

/** Only a bucket has what this reads: asking it of another resource is unknown, as all that fails. */
function ofBucket<T>(reader: FacetReader<T>): FacetReader<T, ResourceRef> {
  return {
    absent: reader.absent,
    async ask(clients, on, context) {
      if (on.kind !== "bucket") throw new Error(`${resourceName(on)} is not a bucket`);
      return askOnce(reader, clients, on, context);
    },
  };
}
