import type { ControlId } from "../baseline/baseline.ts";
import { isLogTarget, type Settings, type SettingsOf } from "../baseline/index.ts";
import type {
  Facet,
  FacetFor,
  Facts,
  Readings,
  WritableFacet,
  WritableFor,
} from "../model/facets.ts";
import type { IntentFor } from "../model/intent.ts";
import type { RefOf, ResourceKind, ResourceRef } from "../model/ref.ts";
import type { Allowance, Assessment, UnreadFacet } from "../model/verdict.ts";
import { type Names, type Reference, referencesFor } from "./references.ts";

/** What `evaluate` concludes. `hold` narrows what the control's remediation would otherwise allow. */
export type Verdict<Drift> =
  | { readonly kind: "compliant"; readonly evidence: string }
  | {
      readonly kind: "drift";
      readonly summary: string;
      readonly witness?: string;
      readonly detail: Drift;
      readonly hold?: Exclude<Allowance, { mode: "automatic" }>;
    }
  | { readonly kind: "not-applicable"; readonly why: string }
  | { readonly kind: "undecided"; readonly why: string };

/** The resource, the baseline as it applies to it, and the part of it that belongs to this control. */
export interface Context<Id extends ControlId, K extends ResourceKind = "bucket"> {
  readonly on: RefOf<K>;
  readonly settings: Settings;
  readonly own: SettingsOf<Id>;
  /** Whether access logs of other buckets arrive here, as far as the baseline knows. */
  readonly isLogTarget: boolean;
}

type Remediation<Id extends ControlId, K extends ResourceKind, Drift> =
  | {
      readonly mode: "automatic" | "approval";
      /** The documents that `intents` can name; IAM permissions are derived from them. */
      readonly writes: readonly WritableFor<K>[];
      readonly intents: (drift: Drift, context: Context<Id, K>) => readonly IntentFor<K>[];
    }
  | { readonly mode: "report-only"; readonly why: string };

/** What people read about a control; `docs/controls/` is made from it. */
interface Docs {
  readonly title: string;
  /** Why it matters. */
  readonly rationale: string;
  /** What can stop working once it is repaired, and for whom. */
  readonly breaks: string;
  /** Where it does less than its mode says: the case, a colon, and what happens instead. */
  readonly stops: readonly string[];
}

interface Description<Id extends ControlId> {
  readonly id: Id;
  readonly docs: Docs;
}

interface Spec<
  Id extends ControlId,
  K extends ResourceKind,
  F extends FacetFor<K>,
  G extends FacetFor<K>,
  Drift,
> extends Description<Id> {
  /** What it is about; `bucket` when left out. */
  readonly target?: K;
  readonly reads: readonly F[];
  /** Facets that only some baselines need; where they are not, `evaluate` does not see them. */
  readonly readsWhere?: { readonly [Where in G]: (context: Context<Id, K>) => boolean };
  readonly evaluate: (
    facts: Facts<F> & Partial<Facts<G>>,
    context: Context<Id, K>,
  ) => Verdict<Drift>;
  readonly remediation: Remediation<Id, K, Drift>;
  /** Where other catalogues name the same thing. */
  readonly references: Names;
}

/** A control whose drift type is hidden, so that all controls fit in one list. */
export interface Control extends Description<ControlId> {
  /** The kind of resource that it is about; it throws when it is asked about another. */
  readonly target: ResourceKind;
  /** What it can read under any baseline; events and permissions follow from it. */
  readonly reads: readonly Facet[];
  /** What it reads of this resource, under these settings. */
  readonly needs: (on: ResourceRef, settings: Settings) => readonly Facet[];
  readonly remediates: "automatic" | "approval" | "report-only";
  /** Why a control that only reports does no more. */
  readonly leftToPeople?: string;
  readonly writes: readonly WritableFacet[];
  readonly references: readonly Reference[];
  readonly assess: (readings: Readings, on: ResourceRef, settings: Settings) => Assessment;
}

/**
 * Makes a control. What it reads decides what `evaluate` can see, and `evaluate` runs only when all
 * of it is known: an unread facet is answered here, once for all controls.
 */
export function defineControl<
  Id extends ControlId,
  const F extends FacetFor<K>,
  Drift,
  const G extends FacetFor<K> = never,
  K extends ResourceKind = "bucket",
>(spec: Spec<Id, K, F, G, Drift>): Control {
  const { id, docs, references, remediation } = spec;
  return {
    id,
    target: targetOf(spec),
    reads: [...spec.reads, ...conditionalReads(spec)],
    needs: (on, settings) => needsOf(spec, contextOf(spec, on, settings)),
    docs,
    references: referencesFor(references),
    remediates: remediation.mode,
    ...(remediation.mode === "report-only"
      ? { writes: [], leftToPeople: remediation.why }
      : { writes: remediation.writes }),
    assess: (readings, on, settings) => assess(spec, readings, contextOf(spec, on, settings)),
  };
}

interface Targeted<Id extends ControlId, K extends ResourceKind> {
  readonly id: Id;
  readonly target?: K;
}

function targetOf({ target }: { readonly target?: ResourceKind }): ResourceKind {
  return target ?? "bucket";
}

function contextOf<Id extends ControlId, K extends ResourceKind>(
  spec: Targeted<Id, K>,
  on: ResourceRef,
  settings: Settings,
): Context<Id, K> {
  const { id } = spec;
  if (!isAbout(spec, on)) throw new Error(`${id} is asked about a ${on.kind}`);
  return { on, settings, own: settings[id], isLogTarget: isLogTarget(on, settings) };
}

/** K is what `target` says, and "bucket" where it says nothing: the default of `defineControl`. */
function isAbout<K extends ResourceKind>(
  spec: Targeted<ControlId, K>,
  on: ResourceRef,
): on is RefOf<K> {
  return on.kind === targetOf(spec);
}

function conditionalReads<G extends Facet>({
  readsWhere,
}: {
  readonly readsWhere?: { readonly [K in G]: unknown };
}): readonly G[] {
  // The keys of the object are what its type says.
  return readsWhere === undefined ? [] : (Object.keys(readsWhere) as G[]);
}

function needsOf<
  Id extends ControlId,
  K extends ResourceKind,
  F extends FacetFor<K>,
  G extends FacetFor<K>,
  Drift,
>(spec: Spec<Id, K, F, G, Drift>, context: Context<Id, K>): readonly (F | G)[] {
  const wanted = conditionalReads(spec).filter((facet) => spec.readsWhere?.[facet](context));
  return [...spec.reads, ...wanted];
}

function assess<
  Id extends ControlId,
  K extends ResourceKind,
  F extends FacetFor<K>,
  G extends FacetFor<K>,
  Drift,
>(spec: Spec<Id, K, F, G, Drift>, readings: Readings, context: Context<Id, K>): Assessment {
  const { evaluate, remediation } = spec;
  const needed = needsOf(spec, context);
  const unread = needed.flatMap((facet) => unreadFacet(facet, readings));
  if (unread.length > 0) return { kind: "unread", facets: unread };

  const seen = Object.fromEntries(needed.map((facet) => [facet, readings[facet]]));
  // The guard above established that every facet in `needed` is present or absent.
  const verdict = evaluate(seen as Facts<F> & Partial<Facts<G>>, context);
  if (verdict.kind !== "drift") return verdict;
  const { detail, hold, ...drift } = verdict;
  const intents = remediation.mode === "report-only" ? [] : remediation.intents(detail, context);
  return { ...drift, allowance: hold ?? allowanceOf(remediation), intents };
}

function unreadFacet(facet: Facet, readings: Readings): readonly UnreadFacet[] {
  const reading = readings[facet];
  if (reading === undefined) return [{ facet, reason: "failed", detail: "it was not asked for" }];
  if (reading.state !== "unknown") return [];
  return [{ facet, reason: reading.reason, detail: reading.detail }];
}

function allowanceOf(remediation: {
  mode: "automatic" | "approval" | "report-only";
  why?: string;
}): Allowance {
  if (remediation.mode === "automatic") return { mode: "automatic" };
  return { mode: remediation.mode, why: remediation.why ?? "this control always asks first" };
}
