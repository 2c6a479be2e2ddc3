import type { Plan } from "../model/plan.ts";
import type { Cause } from "../model/trigger.ts";
import { withoutWrites } from "./without-writes.ts";

/** What an account may be written by itself in one day; what people ask for is theirs to answer for. */
export interface Budget {
  readonly perDay: number;
  readonly cause: Cause;
  /** Takes so many writes out of what is left for the day, or none and false. */
  readonly take: (writes: number) => Promise<boolean>;
}

/** The plan with nothing left to write, unless the day's budget of its account has room for all of it. */
export async function withinBudget(plan: Plan, { perDay, cause, take }: Budget): Promise<Plan> {
  if (plan.steps.length === 0 || cause.kind === "manual") return plan;
  if (await take(plan.steps.length)) return plan;
  return withoutWrites(plan, {
    kind: "blocked",
    guard: "write-budget",
    why: `account ${plan.on.account} has had the ${perDay} writes that are allowed a day`,
    next: "needs somebody to see whether so many repairs are right; the next day (UTC), or a higher limits.writesPerDay, lets a sweep go on",
  });
}
