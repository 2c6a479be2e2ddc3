import type { Plan } from "../model/plan.ts";
import type { Reading } from "../model/reading.ts";
import { withoutWrites } from "./without-writes.ts";

/** The plan with nothing left to write, unless it is known that nobody stopped all writing. */
export async function unlessStopped(
  plan: Plan,
  read: () => Promise<Reading<{ readonly why: string }>>,
): Promise<Plan> {
  if (plan.steps.length === 0) return plan;
  const stop = await read();
  if (stop.state === "absent") return plan;
  const blocked = { kind: "blocked", guard: "stop-switch" } as const;
  if (stop.state === "present") {
    return withoutWrites(plan, {
      ...blocked,
      why: `all writing is stopped: ${stop.value.why}`,
      next: "needs the stop switch off; a sweep repairs it then",
    });
  }
  return withoutWrites(plan, {
    ...blocked,
    why: `nobody can tell whether all writing is stopped (${stop.detail})`,
    next: "needs the stop switch to be readable",
    passing: true,
  });
}
