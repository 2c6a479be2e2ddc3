import type { PastWork } from "@bucket-warden/core/history";
import { printable } from "@bucket-warden/core/kernel";
import type { Outcome, Plan } from "@bucket-warden/core/model";
import { type Change, causeText } from "@bucket-warden/core/notify";
import { conflictLines } from "@bucket-warden/core/plan";

/** What was done about a bucket, as lines: oldest first, as it happened. */
export function timelineOf(past: readonly PastWork[]): readonly string[] {
  return past
    .toReversed()
    .flatMap((work, index) => [...(index === 0 ? [] : [""]), ...linesOf(work)]);
}

function linesOf({ id, at, cause, undo, outcome, changes, held }: PastWork): readonly string[] {
  return [
    `${at}  ${outcomeText(outcome)}`,
    `  entry  ${id}`,
    `  why    ${printable(causeText(cause))}`,
    ...(undo === undefined ? [] : [`  undid  ${undo}`]),
    ...heldLines(held),
    ...changeLines(changes),
  ];
}

/** How a reconcile ended, in a few words. */
export function outcomeText(outcome: Outcome): string {
  const controls = "controls" in outcome ? ` ${outcome.controls.join(", ")}` : "";
  return `${outcome.kind.toUpperCase()}${controls}`;
}

/** What was left to people, with three versions of what stood in the way. */
export function heldLines(held: Plan["held"]): readonly string[] {
  return held.flatMap(({ control, why, conflicts = [] }) => [
    `  held   ${control}: ${printable(why)}`,
    ...conflicts.flatMap(conflictLines).map((line) => `    ${printable(line)}`),
  ]);
}

/** What was written, with its lines. */
export function changeLines(
  changes: readonly Pick<Change, "document" | "controls" | "diff">[],
): readonly string[] {
  return changes.flatMap(({ document, controls, diff }) => [
    `  the ${document}, for ${controls.join(", ")}:`,
    ...diff.map((line) => `    ${printable(line)}`),
  ]);
}
