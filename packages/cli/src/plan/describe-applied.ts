import { printable } from "@bucket-warden/core/kernel";
import { outcomeText } from "../ledger/describe.ts";
import type { Applied, AppliedPlan } from "./carry-out.ts";
import { documents } from "./describe.ts";

/** What came of a plan, for people. */
export function appliedLines({ results, pending }: AppliedPlan): readonly string[] {
  const lines = results.flatMap(lineOf);
  return [...lines, ...pending.map((it) => `${it}  was not begun`), "", ...sumLines(results)];
}

function lineOf(applied: Applied): readonly string[] {
  const { resource, outcome, changes, unwritten = [], entry, stale, approval } = applied;
  const what = stale === undefined ? doneText(applied) : "STALE";
  return [
    `${resource}  ${what}${approval === undefined ? "" : ` as approved: ${printable(approval)}`}`,
    ...(stale === undefined ? [] : [`  ${staleText(stale)}; nothing was written, plan it again`]),
    ...changes.map(
      ({ document, controls }) => `  wrote the ${document}, for ${controls.join(", ")}`,
    ),
    ...unwritten.map(({ document, why }) => `  not written: the ${document} (${printable(why)})`),
    ...(outcome.kind === "retry" ? [`  not certain: ${printable(outcome.why)}`] : []),
    ...(entry === undefined ? [] : [`  entry  ${entry}`]),
  ];
}

/** That something else is left to people is no news of what the plan wrote. */
function doneText({ outcome, changes, unwritten = [] }: Applied): string {
  const isWritten = changes.length > 0 && unwritten.length === 0;
  if (!isWritten || outcome.kind === "fixed" || !("controls" in outcome))
    return outcomeText(outcome);
  return `WRITTEN, and left to people: ${outcome.controls.join(", ")}`;
}

function staleText(moved: readonly string[]): string {
  if (moved.length === 0) return "what would be written is not what was planned any more";
  return `changed since it was planned: ${moved.join(", ")}`;
}

function sumLines(results: readonly Applied[]): readonly string[] {
  const written = results.flatMap(({ changes }) => changes).length;
  const stale = results.filter((it) => it.stale !== undefined).length;
  const where = results.filter(({ changes }) => changes.length > 0).length;
  const [entry] = results.flatMap((it) => (it.entry === undefined ? [] : [it.entry]));
  return [
    `Wrote ${documents(written)} in ${where} ${where === 1 ? "resource" : "resources"}; ${stale} stale.`,
    ...(entry === undefined
      ? []
      : [`Take one back with: warden undo ${entry} --local --reason "…"`]),
  ];
}
