import { printable } from "@bucket-warden/core/kernel";
import {
  type Actor,
  type Finding,
  isRemoval,
  type Plan,
  type PlanStep,
  type ResourceRef,
  resourceName,
  seenIn,
} from "@bucket-warden/core/model";
import { diffOf } from "@bucket-warden/core/plan";
import { responseTo, witnessOf } from "../output/words.ts";
import type { FindingRow, OpenVerdict, WaiverText } from "./data.ts";

/** A long policy is better read with `warden explain`. */
const mostLines = 300;

/** What one resource has on it that is not as it should be. */
export interface Seen {
  readonly on: ResourceRef;
  /** ISO 8601 */
  readonly at: string;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
}

export function findingRows(seen: Seen): readonly FindingRow[] {
  return seen.findings.flatMap((finding) => {
    const verdict = openVerdict(finding.assessment.kind);
    return verdict === undefined ? [] : [findingRow(finding, verdict, seen)];
  });
}

/** Undefined for what is right. */
export function openVerdict(kind: Finding["assessment"]["kind"]): OpenVerdict | undefined {
  return kind === "compliant" || kind === "not-applicable" ? undefined : kind;
}

export function actorName({ arn, role, invokedBy }: Actor): string {
  const name = role ?? arn;
  return printable(invokedBy === undefined ? name : `${name} through ${invokedBy}`);
}

/** The lines of a diff, each safe to show. */
export function diffLines(steps: readonly PlanStep[]): readonly string[] {
  const lines = steps.flatMap((step) => [
    `@ ${step.document}${isRemoval(step) ? " (removed)" : ""}`,
    ...diffOf(step),
  ]);
  const shown = lines.slice(0, mostLines).map(printable);
  const left = lines.length - shown.length;
  return left === 0 ? shown : [...shown, `@ ${left} more lines`];
}

function findingRow(finding: Finding, verdict: OpenVerdict, { on, at, plan }: Seen): FindingRow {
  const { control, assessment } = finding;
  const { word, why, next } = responseTo(finding, { on, plan });
  return {
    resource: printable(resourceName(on)),
    account: on.account,
    region: on.kind === "account" ? "" : on.region,
    control,
    verdict,
    response: word,
    saw: printable(seenIn(assessment)),
    ...texts({ witness: witnessOf(assessment), why, next, who: whoOf(finding) }),
    diff: diffLines(stepsFor(control, plan)),
    ...waiverOf(assessment),
    at,
  };
}

/** What would be written for a control: at once, or when a person says so. */
function stepsFor(control: string, { steps, held }: Plan): readonly PlanStep[] {
  const wanted = held.find((it) => it.control === control)?.wanted;
  return wanted ?? steps.filter(({ controls }) => controls.includes(control));
}

function whoOf({ who }: Finding): string | undefined {
  return who?.kind === "known" ? `${who.eventName} by ${actorName(who.actor)}` : undefined;
}

function waiverOf(assessment: Finding["assessment"]): { readonly waiver?: WaiverText } {
  if (assessment.kind !== "waived") return {};
  const { approver, reason, ticket, until } = assessment;
  const why = ticket === undefined ? reason : `${reason} (${ticket})`;
  return {
    waiver: { approver: printable(approver), reason: printable(why), until: printable(until) },
  };
}

/** Only what there is something to say of. */
function texts<Name extends string>(
  all: Readonly<Record<Name, string | undefined>>,
): { readonly [N in Name]?: string } {
  const said = Object.entries<string | undefined>(all).flatMap(([name, text]) =>
    text === undefined || text === "" ? [] : [[name, printable(text)] as const],
  );
  // The names are those of `all`.
  return Object.fromEntries(said) as { readonly [N in Name]?: string };
}
