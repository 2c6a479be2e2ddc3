import type { Held, Plan } from "../model/plan.ts";
import type { Reading } from "../model/reading.ts";

/** The plan with nothing left to write, unless it is known that nobody stopped all writing. */
export async function unlessStopped(
  plan: Plan,
  read: () => Promise<Reading<{ readonly why: string }>>,
): Promise<Plan> {
  if (plan.steps.length === 0) return plan;
  const stop = await read();
  if (stop.state === "absent") return plan;
  const controls = new Set(plan.steps.flatMap((step) => step.controls));
  const held = [...controls].map((control): Held => {
    if (stop.state === "present") {
      const why = `all writing is stopped: ${stop.value.why}`;
      return {
        control,
        kind: "blocked",
        why,
        next: "needs the stop switch off; a sweep repairs it then",
      };
    }
    const why = `nobody can tell whether all writing is stopped (${stop.detail})`;
    return {
      control,
      kind: "blocked",
      why,
      next: "needs the stop switch to be readable",
      passing: true,
    };
  });
  return { ...plan, steps: [], held: [...plan.held, ...held] };
}
