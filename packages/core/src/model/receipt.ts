import type { PlanStep } from "./plan.ts";

/** What became of one step. `written` says only that S3 accepted it; `verify/` says whether it holds. */
export type Receipt = WrittenReceipt | SkippedReceipt | FailedReceipt;

export interface WrittenReceipt extends Attempted {
  readonly kind: "written";
}

interface SkippedReceipt extends Attempted {
  readonly kind: "skipped";
  readonly why: string;
}

interface FailedReceipt extends Attempted {
  readonly kind: "failed";
  readonly error: string;
  /** True for throttling, conflicts and time-outs; false when a person has to change something. */
  readonly retry: boolean;
}

interface Attempted {
  readonly step: PlanStep;
  /** ISO 8601; the before-image of the step carries the same time. */
  readonly at: string;
}
