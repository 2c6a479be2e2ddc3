import {
  type Baseline,
  type ControlId,
  type Controls,
  layersOf,
  type Notifications,
  traitsAskedFor,
} from "../../baseline/index.ts";
import type { Facet, WritableFacet } from "../../model/facets.ts";

/** What has to be known of a control. */
export interface Guard {
  readonly id: ControlId;
  readonly reads: readonly Facet[];
  readonly writes: readonly WritableFacet[];
}

/** What the product has to be able to do in an account, and no more. */
export interface Access {
  readonly reads: readonly Facet[];
  /** Empty where no control may write anywhere: then no role gets an action that writes. */
  readonly writes: readonly WritableFacet[];
  /** Whether an undo may delete a bucket policy that was not there before. */
  readonly removesPolicies: boolean;
  /** Names of buckets whose listing tells when the last log file came, with placeholders. */
  readonly logBuckets: readonly string[];
  /** Names of buckets whose log files may be read for who calls a bucket, with placeholders. */
  readonly readLogBuckets: readonly string[];
  /** Other accounts whose keys a bucket may use. */
  readonly keyAccounts: readonly string[];
  /** The ARNs of topics that the baseline names beside the usual one. */
  readonly topics: readonly string[];
  /** Whether Security Hub of the account gets findings. */
  readonly reportsFindings: boolean;
}

/** What a baseline does not say. */
export interface AccessOptions {
  /** False when left out: to undo the first policy of a bucket is then left to a person. */
  readonly removesPolicies?: boolean;
}

/**
 * What a baseline needs, wherever it holds: the reads of the controls that are not off in every scope,
 * and the writes of those that may repair in some scope, by themselves or with an approval.
 */
export function accessUnder(
  baseline: Baseline,
  controls: readonly Guard[],
  { removesPolicies = false }: AccessOptions = {},
): Access {
  const layers = layersOf(baseline);
  const enabled = enabledUnder(baseline, controls);
  const repairing = enabled.filter(({ id }) =>
    layers.some((layer) => ["remediate", "approve"].includes(layer[id].mode)),
  );
  const writes = unique(repairing.flatMap((control) => control.writes));
  const logging = layers.map((layer) => layer["access-logging"]);
  return {
    reads: unique([
      ...enabled.flatMap((control) => [...control.reads, ...control.writes]),
      ...traitsAskedFor(baseline.scopes),
      ...traitsAskedForByRoutes(baseline.notifications),
    ]),
    writes,
    removesPolicies: removesPolicies && writes.includes("policy"),
    logBuckets: unique(logging.flatMap(listedFor)),
    readLogBuckets: baseline.limits.readAccessLogs ? unique(logging.flatMap(readFor)) : [],
    keyAccounts: unique(layers.flatMap((layer) => layer["kms-key-health"].accounts)),
    topics: topicsIn(baseline.notifications),
    reportsFindings: baseline.notifications.securityHub,
  };
}

function traitsAskedForByRoutes({ routes }: Notifications): readonly Facet[] {
  const asks = routes.some(({ match }) => match.organizationalUnits !== undefined);
  return asks ? ["organizationalUnits"] : [];
}

function topicsIn({ routes, digest }: Notifications): readonly string[] {
  const targets = [...routes.flatMap(({ to }) => to), ...(digest === undefined ? [] : [digest])];
  return unique(targets.flatMap(({ topic }) => topic ?? []));
}

/** The controls that look at something somewhere. */
export function enabledUnder<G extends Pick<Guard, "id">>(
  baseline: Baseline,
  controls: readonly G[],
): readonly G[] {
  const layers = layersOf(baseline);
  return controls.filter(({ id }) => layers.some((layer) => layer[id].mode !== "off"));
}

/** Without a target any bucket may get the logs; what is in it is listed only where that is judged. */
function listedFor({ target, maxLogAgeHours }: Logging): readonly string[] {
  if (target !== undefined) return [target];
  return maxLogAgeHours === undefined ? [] : ["*"];
}

/** A bucket keeps the prefix under which it logs there, so that all of the target counts. */
function readFor({ target }: Logging): readonly string[] {
  return target === undefined ? [] : [target];
}

type Logging = Controls["access-logging"];

function unique<T extends string>(words: readonly T[]): readonly T[] {
  return [...new Set(words)].sort();
}
