import type { PastWork } from "@bucket-warden/core/history";
import { printable } from "@bucket-warden/core/kernel";
import type { Finding, Outcome, Plan } from "@bucket-warden/core/model";
import { type Change, causeText } from "@bucket-warden/core/notify";
import { conflictLines } from "@bucket-warden/core/plan";
import type { ManualResult, Results } from "@bucket-warden/functions/by-hand";

/** What was done about a bucket, as lines: oldest first, as it happened. */
export function timelineOf(past: readonly PastWork[]): readonly string[] {
  return past
    .toReversed()
    .flatMap((work, index) => [...(index === 0 ? [] : [""]), ...linesOf(work)])
    .map(printable);
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
  return `${outcome.kind.toUpperCase()}${controls}${undoneText(outcome)}`;
}

function undoneText(outcome: Outcome): string {
  if (outcome.kind !== "clean" || outcome.undone === undefined) return "";
  const { entry, at, by } = outcome.undone;
  return `: undone already${by === undefined ? "" : ` by ${printable(by)}`} at ${at}, entry ${entry}`;
}

/** What came of a request, as lines; in short for resources of which messages have `told` already. */
export function answerLines(
  { results, pending }: Results,
  told: ReadonlySet<string> = new Set(),
  whyPending = "is still being worked on",
): readonly string[] {
  return [
    ...results.flatMap((it) => (told.has(it.resource) ? shortLines(it) : resultLines(it))),
    ...pending.map((resource) => `${resource}  ${whyPending}`),
  ];
}

/** What messages do not tell. */
function shortLines(result: ManualResult): readonly string[] {
  return [headline(result), ...unwrittenLines(result)];
}

function unwrittenLines({ unwritten = [] }: ManualResult): readonly string[] {
  return unwritten.map(({ document, why }) => `  not written: the ${document} (${printable(why)})`);
}

function headline({ resource, outcome }: ManualResult): string {
  if (outcome.kind === "gone") return `${resource}  GONE: there is no such bucket`;
  return `${resource}  ${outcomeText(outcome)}`;
}

function resultLines(result: ManualResult): readonly string[] {
  const { outcome, findings, held, changes, impact = [] } = result;
  return [
    headline(result),
    // Of what is not there nothing can be read, which is no news.
    ...(outcome.kind === "gone" ? [] : findings.flatMap(unknownLines)),
    ...heldLines(held),
    ...changeLines(changes),
    ...unwrittenLines(result),
    ...impact.map((sentence) => `  would deny  ${printable(sentence)}`),
  ];
}

function unknownLines({ control, assessment }: Finding): readonly string[] {
  if (assessment.kind === "undecided") return [`  unsure ${control}: ${printable(assessment.why)}`];
  if (assessment.kind !== "unread") return [];
  const facets = assessment.facets.map(({ facet, detail }) => `${facet} (${printable(detail)})`);
  return [`  unread ${control}: ${facets.join(", ")}`];
}

/** What was left to people, with three versions of what stood in the way. */
function heldLines(held: Plan["held"]): readonly string[] {
  return held.flatMap(({ control, why, next, impact = [], conflicts = [] }) => [
    `  held   ${control}: ${printable(why)}`,
    ...impact.map((sentence) => `    would deny  ${printable(sentence)}`),
    ...(next === "" ? [] : [`    ${printable(next)}`]),
    ...conflicts.flatMap(conflictLines).map((line) => `    ${printable(line)}`),
  ]);
}

/** What was written, with its lines. */
function changeLines(
  changes: readonly Pick<Change, "document" | "controls" | "diff">[],
): readonly string[] {
  return changes.flatMap(({ document, controls, diff }) => [
    `  the ${document}, for ${controls.join(", ")}:`,
    ...diff.map((line) => `    ${printable(line)}`),
  ]);
}
