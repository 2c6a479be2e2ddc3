import type { PlanStep } from "../model/plan.ts";

export type WriteResult =
  | { readonly kind: "ok" }
  /** `retry` tells a passing trouble (throttled, conflict, time-out) from one that stays. */
  | { readonly kind: "failed"; readonly error: string; readonly retry: boolean };

/** Writes one document. A port: never throws for anything that AWS or the network does. */
export interface Writer {
  readonly write: (step: PlanStep) => Promise<WriteResult>;
}
