import { hourMilliseconds } from "../kernel/clock.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { Contest, Finding, FindingState, FindingStates, Repair } from "../model/finding.ts";
import type { Plan } from "../model/plan.ts";
import type { Receipt } from "../model/receipt.ts";
import type { Cause } from "../model/trigger.ts";
import { nextStates, stateOf } from "./states.ts";

/** When the same drift coming back is called contested. */
export interface Window {
  /** So many repairs, and the next time nothing is written. */
  readonly times: number;
  readonly hours: number;
}

/** At what time the states are judged, in milliseconds since 1970. */
interface Now extends Window {
  readonly now: number;
}

/** What earlier deliveries of a task recorded. */
export type Recorded = Pick<LedgerEntry, "findings" | "receipts" | "task">;

/**
 * The controls whose drift came back too often, each with what is known of the struggle. Writing once
 * more would only go on with it: whoever writes the other value has to be stopped instead. A write of an
 * `earlier` delivery counts, though it was gone before it could be proved.
 */
export function contestedControls(
  states: FindingStates,
  findings: readonly Finding[],
  at: Now,
  earlier?: Recorded,
): ReadonlyMap<string, Contest> {
  const contested = findings.flatMap((finding): readonly [string, Contest][] => {
    const contest = contestOf(finding.control, states, earlier);
    if (finding.assessment.kind !== "drift") return [];
    const isOpen = contest.open !== undefined && !isOver(contest.open, at);
    const same = recent(contest.repairs, at).filter(
      ({ print }) => print === stateOf(finding).print,
    );
    return isOpen || same.length >= at.times ? [[finding.control, contest]] : [];
  });
  return new Map(contested);
}

function contestOf(control: string, states: FindingStates, earlier?: Recorded): Contest {
  const contest = states[control]?.contest ?? { repairs: [] };
  if (earlier === undefined) return contest;
  const { findings: before, receipts, task } = earlier;
  const writes = newRepairs(control, contest.repairs, { before, receipts, cause: task.cause });
  return { ...contest, repairs: [...contest.repairs, ...writes] };
}

/** What one reconcile adds to the memory of its controls. */
export interface Struggle extends Now {
  /** What was found before anything was written. */
  readonly before: readonly Finding[];
  /** What was found in the end. */
  readonly after: readonly Finding[];
  readonly receipts: readonly Receipt[];
  readonly contested: ReadonlyMap<string, Contest>;
  readonly plan: Pick<Plan, "held">;
  readonly cause: Cause;
}

/** The states after this reconcile: judged controls anew, `except` and everything else as before. */
export function statesAfter(
  before: FindingStates,
  except: ReadonlySet<string>,
  struggle: Struggle,
): FindingStates {
  const states = nextStates(before, struggle.after, except);
  const entries = Object.entries(states).map(([control, state]): [string, FindingState] => {
    const old = before[control];
    if (state === old) return [control, state]; // not judged this time
    const contest = nextContest(control, old?.contest, struggle);
    // That nothing is written any more is news, once.
    const isHeld = struggle.contested.has(control) && contest?.open !== undefined;
    const guard = isHeld ? "contested" : guardOf(control, struggle);
    const print = guard === undefined ? state.print : `${guard} ${state.print}`;
    return [control, { ...state, print, ...(contest === undefined ? {} : { contest }) }];
  });
  return Object.fromEntries(entries);
}

function guardOf(control: string, { plan }: Struggle): string | undefined {
  return plan.held.find((it) => it.control === control)?.guard;
}

function nextContest(
  control: string,
  old: Contest | undefined,
  struggle: Struggle,
): Contest | undefined {
  const contested = struggle.contested.get(control);
  const isOpen = old?.open !== undefined && !isOver(old.open, struggle);
  if (contested !== undefined || isOpen) {
    // By itself nothing is written any more, so a person has decided, and it begins anew.
    const repairs = newRepairs(control, (contested ?? old)?.repairs ?? [], struggle);
    if (repairs.length > 0) return { repairs };
  }
  if (contested !== undefined) {
    const seen = new Date(struggle.now).toISOString();
    return { ...contested, open: { since: contested.open?.since ?? seen, seen } };
  }
  // The drift stays away, but not yet for long enough to trust it.
  if (isOpen) return old;
  const known = recent(old?.repairs ?? [], struggle);
  const repairs = [...known, ...newRepairs(control, known, struggle)];
  return repairs.length === 0 ? undefined : { repairs };
}

function newRepairs(
  control: string,
  known: readonly Repair[],
  { before, receipts, cause }: Pick<Struggle, "before" | "receipts" | "cause">,
): readonly Repair[] {
  const finding = before.find((it) => it.control === control);
  if (finding === undefined) return [];
  const writes = receipts.filter(
    ({ kind, step }) => kind === "written" && step.controls.includes(control),
  );
  // One repair may take several documents; only the same one again is another repair.
  const repairs = writes.filter(({ step }) => step.document === writes[0]?.step.document);
  const { print } = stateOf(finding);
  const by = cause.kind === "event" ? { by: cause.actor } : {};
  // Redelivered work reports the same write again.
  const isNew = (receipt: Receipt) => !known.some(({ at }) => at === receipt.at);
  return repairs.filter(isNew).map(({ at }) => ({ at, print, ...by }));
}

function recent(repairs: readonly Repair[], at: Now): readonly Repair[] {
  return repairs.filter((repair) => Date.parse(repair.at) > at.now - milliseconds(at));
}

/** It closes by itself when the drift stayed away for a whole window. */
function isOver({ seen }: NonNullable<Contest["open"]>, at: Now): boolean {
  return Date.parse(seen) <= at.now - milliseconds(at);
}

function milliseconds({ hours }: Window): number {
  return hours * hourMilliseconds;
}
