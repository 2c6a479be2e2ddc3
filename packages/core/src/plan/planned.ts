import { fingerprint } from "../kernel/hash.ts";
import type { Facet } from "../model/facets.ts";
import type { Plan } from "../model/plan.ts";
import { resourceId } from "../model/ref.ts";
import type { Task } from "../model/trigger.ts";
import { withoutWrites } from "./without-writes.ts";

/** What tells of traffic and not of settings, so that it is never the same twice. */
const measurements: readonly Facet[] = ["kmsLoad", "lastLog"];

/** Names what a plan writes and the settings on which it rests: it fits no other plan. */
export function planName({ on, basedOn, steps }: Pick<Plan, "on" | "basedOn" | "steps">): string {
  return fingerprint([resourceId(on), settingsIn(basedOn), steps]);
}

/** The settings that are not what they were when a plan was made. */
export function movedSince(
  planned: Pick<Plan, "basedOn">,
  now: Pick<Plan, "basedOn">,
): readonly string[] {
  const [before, after] = [settingsIn(planned.basedOn), settingsIn(now.basedOn)];
  const facets = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...facets].filter((facet) => before[facet] !== after[facet]).sort();
}

function settingsIn(basedOn: Plan["basedOn"]): Readonly<Record<string, string>> {
  const measured: readonly string[] = measurements;
  return Object.fromEntries(Object.entries(basedOn).filter(([facet]) => !measured.includes(facet)));
}

/**
 * What is left of a plan where only one that was made before may be carried out: all of it, or no
 * write. What others would have to write first is in no such plan, and is left alone.
 */
export function asPlanned(plan: Plan, { planned }: Pick<Task, "planned">): Plan {
  if (planned === undefined) return plan;
  const held = plan.held.map(({ behind: _, ...it }) => it);
  if (planName(plan) === planned) return { ...plan, held };
  return withoutWrites(
    { ...plan, held },
    {
      kind: "blocked",
      guard: "stale-plan",
      why: "it would not be what was planned: something changed since",
      next: "needs a new plan",
    },
  );
}
