import type { Plan } from "../model/plan.ts";
import type { Cause } from "../model/trigger.ts";
import { withoutWrites } from "./without-writes.ts";

/** Whether writes for this reason count; what people ask for is theirs to answer for. */
export function isBudgeted({ kind }: Cause): boolean {
  return kind !== "manual";
}

/** The plan with nothing left to write, since the day's budget of its account has no room for all of it. */
export function beyondBudget(plan: Plan, perDay: number): Plan {
  return withoutWrites(plan, {
    kind: "blocked",
    guard: "write-budget",
    why: `account ${plan.on.account} has had the ${perDay} writes that are allowed a day`,
    next: "needs somebody to see whether so many repairs are right; the next day (UTC), or a higher limits.writesPerDay, lets a sweep go on",
  });
}
