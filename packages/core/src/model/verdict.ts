import type { Facet } from "./facets.ts";
import type { Intent } from "./intent.ts";
import type { ResourceRef } from "./ref.ts";

/** How far a machine may go with this drift. */
export type Allowance =
  | { readonly mode: "automatic" }
  | { readonly mode: "approval"; readonly why: string }
  | { readonly mode: "report-only"; readonly why: string; readonly command?: string }
  /** Nothing may be written before something else is right: `needs` says what, for a person. */
  | {
      readonly mode: "blocked";
      readonly why: string;
      readonly needs: string;
      /** The resource whose reconcile removes the obstacle; it is queued, and this one tried again. */
      readonly behind?: ResourceRef;
    };

/** What a control says about one resource. Every control yields exactly one. */
export type Assessment =
  | { readonly kind: "compliant"; readonly evidence: string }
  | {
      readonly kind: "drift";
      /** What we saw, in one sentence. */
      readonly summary: string;
      /** A request that slips through, or the weaker value, where there is one. */
      readonly witness?: string;
      readonly allowance: Allowance;
      readonly intents: readonly Intent[];
    }
  | { readonly kind: "not-applicable"; readonly why: string }
  | { readonly kind: "undecided"; readonly why: string }
  | { readonly kind: "unread"; readonly facets: readonly UnreadFacet[] }
  | WaivedDrift;

export type Drift = Extract<Assessment, { kind: "drift" }>;

/** Drift that a person accepted: it is told when the waiver is about to end, and never written. */
export interface WaivedDrift {
  readonly kind: "waived";
  readonly summary: string;
  readonly witness?: string;
  readonly approver: string;
  readonly reason: string;
  readonly ticket?: string;
  /** The last day on which it holds, in UTC, or the moment at which it ends. */
  readonly until: string;
  /** How near the end is; it changes twice, and people are told each time. */
  readonly ending: "later" | "within-7-days" | "within-1-day";
}

export interface UnreadFacet {
  readonly facet: Facet;
  readonly reason: string;
  readonly detail: string;
}

/** What was seen, in one sentence. */
export function seenIn(assessment: Assessment): string {
  switch (assessment.kind) {
    case "drift":
    case "waived":
      return assessment.summary;
    case "compliant":
      return assessment.evidence;
    case "not-applicable":
    case "undecided":
      return assessment.why;
    case "unread":
      return assessment.facets.map(({ facet, detail }) => `${facet}: ${detail}`).join("; ");
  }
}
