import { type Baseline, type ControlId, layersOf, traitsAskedFor } from "../../baseline/index.ts";
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
  /** Patterns of the buckets whose listing tells when the last log file came. */
  readonly logBuckets: readonly string[];
  /** Whether log files are read for who calls a bucket. */
  readonly readsAccessLogs: boolean;
  /** Other accounts whose keys a bucket may use. */
  readonly keyAccounts: readonly string[];
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
  const targets = layers.map((layer) => layer["access-logging"].target ?? "*");
  return {
    reads: unique([
      ...enabled.flatMap((control) => [...control.reads, ...control.writes]),
      ...traitsAskedFor(baseline.scopes),
    ]),
    writes,
    removesPolicies: removesPolicies && writes.includes("policy"),
    logBuckets: unique(targets.map((target) => target.replaceAll(/\{[^}]*\}/g, "*"))),
    readsAccessLogs: baseline.limits.readAccessLogs,
    keyAccounts: unique(layers.flatMap((layer) => layer["kms-key-health"].accounts)),
  };
}

/** The controls that look at something somewhere. */
export function enabledUnder<G extends Pick<Guard, "id">>(
  baseline: Baseline,
  controls: readonly G[],
): readonly G[] {
  const layers = layersOf(baseline);
  return controls.filter(({ id }) => layers.some((layer) => layer[id].mode !== "off"));
}

function unique<T extends string>(words: readonly T[]): readonly T[] {
  return [...new Set(words)].sort();
}
