import type { PlanStep } from "../model/plan.ts";

export type WriteResult =
  | { readonly kind: "ok" }
  /** `retry` tells a passing trouble (throttled, conflict, time-out) from one that stays. */
  | { readonly kind: "failed"; readonly error: string; readonly retry: boolean };

/** Writes one document. A port: never throws for anything that AWS or the network does. */
export interface Writer {
  /**
   * May try again after passing trouble, but asks before each further attempt: S3 is busy because
   * somebody else writes, and what they wrote must not be overwritten unseen.
   */
  readonly write: (step: PlanStep, mayTryAgain: () => Promise<boolean>) => Promise<WriteResult>;
}
