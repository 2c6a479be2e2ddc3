import type { PlanStep } from "./plan.ts";

/** What became of one step. `written` says only that S3 accepted it; `verify/` says whether it holds. */
export type Receipt =
  | { readonly kind: "written"; readonly step: PlanStep; readonly at: string }
  | { readonly kind: "skipped"; readonly step: PlanStep; readonly why: string }
  | {
      readonly kind: "failed";
      readonly step: PlanStep;
      readonly error: string;
      /** True for throttling, conflicts and time-outs; false when a person has to change something. */
      readonly retry: boolean;
    };
