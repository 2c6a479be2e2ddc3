import type { Facet, Readings } from "../model/facets.ts";
import type { Contest, Finding } from "../model/finding.ts";
import type { Held, Plan } from "../model/plan.ts";
import { printOf } from "../model/reading.ts";
import type { Task } from "../model/trigger.ts";
import { combine } from "./combine.ts";
import { contestedHold } from "./contested.ts";
import { holdBack } from "./hold.ts";
import type { Wish } from "./wish.ts";

/**
 * Findings and the readings they rest on, to a plan: what is written, and what is left to people.
 * `contested` are the controls whose repairs did not last.
 */
export function buildPlan(
  findings: readonly Finding[],
  readings: Readings,
  task: Task,
  contested: ReadonlyMap<string, Contest> = new Map(),
): Plan {
  const held: Held[] = [];
  const wishes: Wish[] = [];
  for (const { control, mode, assessment } of findings) {
    if (assessment.kind !== "drift") continue;
    const asked = isAskedFor(control, task);
    const own = assessment.intents.map((intent) => ({ control, intent }));
    const contest = asked ? undefined : contested.get(control);
    const reason =
      holdBack(control, { mode, asked }, assessment) ??
      (contest && contestedHold(control, contest, { wishes: own, readings, task }));
    if (reason === undefined) wishes.push(...own);
    else held.push(reason);
  }
  const { steps, refused } = combine(wishes, readings, task.ref);
  return { on: task.ref, basedOn: basisOf(readings), steps, held: [...held, ...refused] };
}

/** A person who names a control has decided what the baseline left open, or wants to see it. */
function isAskedFor(control: string, { cause, controls }: Task): boolean {
  return cause.kind === "manual" && (controls ?? []).includes(control);
}

function basisOf(readings: Readings): Plan["basedOn"] {
  const basis: { [F in Facet]?: string } = {};
  for (const [facet, reading] of Object.entries(readings)) {
    const print = printOf(reading);
    // Object.entries forgets that the keys of Readings are facets.
    if (print !== undefined) basis[facet as Facet] = print;
  }
  return basis;
}
