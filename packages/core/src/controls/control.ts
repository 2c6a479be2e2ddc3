import type { ControlId } from "../baseline/baseline.ts";
import { isLogTarget, type Settings, type SettingsOf } from "../baseline/index.ts";
import type { Facet, Facts, Readings, WritableFacet } from "../model/facets.ts";
import type { Intent } from "../model/intent.ts";
import type { BucketRef } from "../model/ref.ts";
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

/** The bucket, the baseline as it applies to it, and the part of it that belongs to this control. */
export interface Context<Id extends ControlId> {
  readonly on: BucketRef;
  readonly settings: Settings;
  readonly own: SettingsOf<Id>;
  /** Whether access logs of other buckets arrive here, as far as the baseline knows. */
  readonly isLogTarget: boolean;
}

type Remediation<Id extends ControlId, Drift> =
  | {
      readonly mode: "automatic" | "approval";
      /** The documents that `intents` can name; IAM permissions are derived from them. */
      readonly writes: readonly WritableFacet[];
      readonly intents: (drift: Drift, context: Context<Id>) => readonly Intent[];
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
  readonly reads: readonly Facet[];
  readonly docs: Docs;
}

interface Spec<Id extends ControlId, F extends Facet, Drift> extends Description<Id> {
  readonly reads: readonly F[];
  readonly evaluate: (facts: Facts<F>, context: Context<Id>) => Verdict<Drift>;
  readonly remediation: Remediation<Id, Drift>;
  /** Where other catalogues name the same thing. */
  readonly references: Names;
}

/** A control whose drift type is hidden, so that all controls fit in one list. */
export interface Control extends Description<ControlId> {
  readonly remediates: "automatic" | "approval" | "report-only";
  readonly writes: readonly WritableFacet[];
  readonly references: readonly Reference[];
  readonly assess: (readings: Readings, on: BucketRef, settings: Settings) => Assessment;
}

/**
 * Makes a control. `reads` decides what `evaluate` can see, and `evaluate` runs only when all of it
 * is known: an unread facet is answered here, once for all controls.
 */
export function defineControl<Id extends ControlId, const F extends Facet, Drift>(
  spec: Spec<Id, F, Drift>,
): Control {
  const { id, reads, docs, references, remediation } = spec;
  return {
    id,
    reads,
    docs,
    references: referencesFor(references),
    remediates: remediation.mode,
    writes: remediation.mode === "report-only" ? [] : remediation.writes,
    assess: (readings, on, settings) => assess(spec, readings, { on, settings }),
  };
}

function assess<Id extends ControlId, F extends Facet, Drift>(
  { id, reads, evaluate, remediation }: Spec<Id, F, Drift>,
  readings: Readings,
  { on, settings }: { on: BucketRef; settings: Settings },
): Assessment {
  const unread = reads.flatMap((facet) => unreadFacet(facet, readings));
  if (unread.length > 0) return { kind: "unread", facets: unread };

  // The guard above established that every facet in `reads` is present or absent.
  const facts = readings as Facts<F>;
  const own: SettingsOf<Id> = settings[id];
  const context = { on, settings, own, isLogTarget: isLogTarget(on, settings) };

  const verdict = evaluate(facts, context);
  if (verdict.kind !== "drift") return verdict;
  const { detail, hold, ...seen } = verdict;
  const intents = remediation.mode === "report-only" ? [] : remediation.intents(detail, context);
  return { ...seen, allowance: hold ?? allowanceOf(remediation), intents };
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
