import type { Held, Plan } from "../model/plan.ts";

/** The plan with nothing left to write, and why for each control that would have. */
export function withoutWrites(plan: Plan, why: Omit<Held, "control">): Plan {
  const controls = new Set(plan.steps.flatMap((step) => step.controls));
  const held = [...controls].map((control): Held => ({ control, ...why }));
  return { ...plan, steps: [], held: [...plan.held, ...held] };
}
