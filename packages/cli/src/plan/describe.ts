import { type Finding, type Look, resourceName } from "@bucket-warden/core/model";
import { diffOf } from "@bucket-warden/core/plan";
import { answerLines } from "../ledger/describe.ts";
import { nextAfterLook } from "../output/own-words.ts";
import type { PlanFile } from "./plan-file.ts";

/** A plan for people: what would be written where, what is left to them, and how much it is. */
export function planLines({ looks, until, baseline }: PlanFile): readonly string[] {
  const told = looks.filter(hasNews);
  const lines = told.flatMap((look) => [...lookLines(look), ""]);
  const canBeDone = looks.some(
    ({ plan }) => plan.steps.length > 0 || plan.held.some(({ approval }) => approval !== undefined),
  );
  const last = canBeDone ? [`It can be carried out until ${until}, under ${baseline.file}.`] : [];
  return [...lines, ...sumLines(looks), ...last];
}

/** Whether there is anything to do, to decide or to find out. */
function hasNews({ findings, plan, gone }: Look): boolean {
  const isOpen = findings.some(({ assessment }) => isUnknown(assessment));
  return gone === true || isOpen || plan.steps.length > 0 || plan.held.length > 0;
}

function lookLines({ on, findings, plan, gone }: Look): readonly string[] {
  const { steps, held, impact } = plan;
  const outcome =
    gone === true
      ? ({ kind: "gone" } as const)
      : ({ kind: "planned", steps: steps.length } as const);
  const changes = steps.map((step) => ({
    document: step.document,
    controls: step.controls,
    diff: diffOf(step),
  }));
  const shown = held.map((it) =>
    it.approval === undefined
      ? { ...it, next: nextAfterLook(it, on) }
      : { ...it, next: `approve it with --approve '${it.approval}'` },
  );
  const result = { resource: resourceName(on), outcome, findings, held: shown, changes };
  return answerLines({
    results: [{ ...result, ...(impact === undefined ? {} : { impact }) }],
    pending: [],
  });
}

function sumLines(looks: readonly Look[]): readonly string[] {
  const steps = looks.flatMap(({ plan }) => plan.steps);
  const held = looks.flatMap(({ plan }) => plan.held);
  const written = looks.filter(({ plan }) => plan.steps.length > 0);
  // Of what is not there nothing can be told, which the line about it says.
  const unknown = looks
    .filter(({ gone }) => gone !== true)
    .flatMap(({ findings }) => findings.filter((it) => isUnknown(it.assessment)));
  const approvals = held.filter(({ approval }) => approval !== undefined).length;
  return [
    `Plan: ${documents(steps.length)} to write in ${written.length} of ${looks.length} resources, ` +
      `${approvals} ${approvals === 1 ? "waits" : "wait"} for approval, ` +
      `${held.length - approvals} left to people, ${unknown.length} could not be told.`,
  ];
}

export function documents(count: number): string {
  return `${count} ${count === 1 ? "document" : "documents"}`;
}

function isUnknown({ kind }: Finding["assessment"]): boolean {
  return kind === "unread" || kind === "undecided";
}

/** What a plan says to scripts: as a scan does, and 1 where a bucket that was named is not there. */
export function planExitCode(looks: readonly Look[]): 0 | 1 | 2 | 3 {
  if (looks.some(({ gone }) => gone === true)) return 1;
  const all = looks.flatMap(({ findings }) => findings);
  if (all.some(({ assessment }) => assessment.kind === "drift")) return 2;
  return all.some(({ assessment }) => isUnknown(assessment)) ? 3 : 0;
}
