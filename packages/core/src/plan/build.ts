import { hourMilliseconds } from "../kernel/clock.ts";
import type { Facet, Readings } from "../model/facets.ts";
import type { Contest, Finding } from "../model/finding.ts";
import type { Held, Plan, WriteStep } from "../model/plan.ts";
import { present, printOf } from "../model/reading.ts";
import type { Task } from "../model/trigger.ts";
import type { Drift } from "../model/verdict.ts";
import { impact, type Policy, parse } from "../policy/index.ts";
import { approvalFor, staleness } from "./approval.ts";
import { askToApprove } from "./ask.ts";
import { combine } from "./combine.ts";
import { contestedHold } from "./contested.ts";
import { holdBack } from "./hold.ts";
import type { Wish } from "./wish.ts";

/** What a plan has to mind beside the findings. */
export interface Guards {
  /** The controls whose repairs did not last. */
  readonly contested?: ReadonlyMap<string, Contest>;
  /** How long an approval waits, and the time now in milliseconds since 1970. */
  readonly approvals?: { readonly hours: number; readonly now: number };
}

/** Findings and the readings they rest on, to a plan: what is written, and what is left to people. */
export function buildPlan(
  findings: readonly Finding[],
  readings: Readings,
  task: Task,
  guards: Guards = {},
): Plan {
  const { wishes, held } = sorted(findings, readings, task, guards);
  const { steps, refused } = combine(wishes, readings, task.ref);
  // What waits for approval will be approved on top of what is written now.
  const isFirst = isWritten(task) && task.approval === undefined && steps.length > 0;
  const waiting = isFirst ? sorted(findings, withSteps(readings, steps), task, guards).held : held;
  const plan = { on: task.ref, basedOn: basisOf(readings), steps, held: [...waiting, ...refused] };
  return task.mode === "plan" ? { ...plan, ...impactOf(steps) } : plan;
}

function isWritten({ mode, onTop }: Task): boolean {
  return mode === "apply" || onTop === true;
}

/** Drift that may be repaired, and drift that is left to people. */
function sorted(
  findings: readonly Finding[],
  readings: Readings,
  task: Task,
  guards: Guards,
): { readonly wishes: readonly Wish[]; readonly held: readonly Held[] } {
  const held: Held[] = [];
  const wishes: Wish[] = [];
  for (const finding of findings) {
    if (finding.assessment.kind !== "drift") continue;
    const { control, assessment } = finding;
    const own = assessment.intents.map((intent) => ({ control, intent }));
    const reason = reasonToHold(
      { ...finding, assessment },
      { wishes: own, readings, task },
      guards,
    );
    if (reason === undefined) wishes.push(...own);
    else held.push(reason);
  }
  return { wishes, held };
}

/** The readings as they will be once the steps are written. */
function withSteps(readings: Readings, steps: readonly WriteStep[]): Readings {
  const written = steps.map(({ document, after }) => [document, present<unknown>(after)]);
  return { ...readings, ...Object.fromEntries(written) };
}

interface Wanted {
  readonly wishes: readonly Wish[];
  readonly readings: Readings;
  readonly task: Task;
}

function reasonToHold(
  { control, mode, assessment }: Finding & { readonly assessment: Drift },
  wanted: Wanted,
  { contested, approvals }: Guards,
): Held | undefined {
  const asked = isAskedFor(control, wanted.task);
  const reason = holdBack(control, { mode, asked }, assessment);
  if (reason?.kind === "approval" && approvals !== undefined) {
    return approvable(reason, wanted, approvals);
  }
  if (reason !== undefined || asked) return reason;
  const contest = contested?.get(control);
  if (contest !== undefined) return contestedHold(control, contest, wanted);
  const unseen = approvals && heldUnseen(control, wanted.task);
  return unseen && approvable(unseen, wanted, approvals);
}

/** What would be repaired by itself, were it not too much at once, or approved for that reason. */
function heldUnseen(control: string, { large, approval }: Task): Held | undefined {
  const held = { control, kind: "approval", guard: "large-sweep", next: "" } as const;
  if (approval?.startsWith(`${control}/`) === true) {
    return { ...held, why: "a person was to see it first" };
  }
  if (large === undefined) return undefined;
  const { writes, of } = large;
  const why = `one sweep would write to ${writes} of the ${of} buckets of the account`;
  return { ...held, why };
}

/** What waits for approval gets its name, and what has been approved by that name is not held. */
function approvable(
  held: Held,
  { wishes, readings, task }: Wanted,
  { hours, now }: NonNullable<Guards["approvals"]>,
): Held | undefined {
  const { control } = held;
  const { steps } = combine(wishes, readings, task.ref);
  const given = task.approval;
  const stale = given === undefined ? undefined : staleness(given, control, { steps, now });
  if (given !== undefined && stale === undefined) return undefined;
  const approval = approvalFor(
    control,
    steps,
    new Date(now + hours * hourMilliseconds).toISOString(),
  );
  return {
    ...held,
    why: stale === undefined ? held.why : `the approval is stale (${stale}): ${held.why}`,
    next: `look at the plan; to approve just this one, ${askToApprove(approval)}`,
    wanted: steps,
    approval,
    ...impactOf(steps),
  };
}

/** What a new policy would deny that the old one does not. */
function impactOf(steps: readonly WriteStep[]): Pick<Held, "impact"> {
  const sentences = steps.flatMap((step) => {
    if (step.document !== "policy") return [];
    const before = step.before.state === "absent" ? undefined : policyIn(step.before.value.text);
    const after = policyIn(step.after.text);
    return after === undefined ? [] : impact(before, after).map(({ sentence }) => sentence);
  });
  return sentences.length === 0 ? {} : { impact: sentences };
}

function policyIn(text: string): Policy | undefined {
  const parsed = parse(text);
  return parsed.kind === "parsed" ? parsed.policy : undefined;
}

/** A person who names a control has decided what the baseline left open, or wants to see it. */
function isAskedFor(control: string, { cause, controls, approval }: Task): boolean {
  if (cause.kind !== "manual" || approval !== undefined) return false;
  return (controls ?? []).includes(control);
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
