import type { Readings } from "../model/facets.ts";
import type { Contest } from "../model/finding.ts";
import type { Held } from "../model/plan.ts";
import type { Actor, Task } from "../model/trigger.ts";
import { askFor } from "./ask.ts";
import { combine } from "./combine.ts";
import type { Wish } from "./wish.ts";

/** Why a contested control writes nothing, with what it would write, for whoever fixes the source. */
export function contestedHold(
  control: string,
  contest: Contest,
  {
    wishes,
    readings,
    task,
  }: {
    readonly wishes: readonly Wish[];
    readonly readings: Readings;
    readonly task: Task;
  },
): Held {
  const { repairs } = contest;
  const by = otherActor(contest, task);
  const { steps } = combine(wishes, readings, task.ref);
  return {
    control,
    kind: "contested",
    why: `it was repaired ${times(repairs.length)} since ${repairs[0]?.at} and came back each time${whose(by)}`,
    next: `change it where it is written from; it is repaired again once it stays right, or when you ${askFor(control)}`,
    wanted: steps,
    ...(by === undefined ? {} : { by }),
  };
}

/** Whoever made the change that is looked at, else the last one whose change was repaired. */
function otherActor({ repairs }: Contest, { cause }: Task): Actor | undefined {
  return cause.kind === "event" ? cause.actor : repairs.findLast(({ by }) => by !== undefined)?.by;
}

function times(count: number): string {
  return count === 1 ? "once" : `${count} times`;
}

function whose(by: Actor | undefined): string {
  if (by === undefined) return "";
  const through = by.invokedBy === undefined ? "" : ` through ${by.invokedBy}`;
  const tool = by.userAgent === undefined ? "" : ` with ${by.userAgent}`;
  return `, by ${by.role ?? by.arn}${through}${tool}`;
}
