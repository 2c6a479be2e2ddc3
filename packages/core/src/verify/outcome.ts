import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Held, Plan } from "../model/plan.ts";
import type { Receipt } from "../model/receipt.ts";

/** Everything that an outcome is judged from; `findings` are those after the writes. */
export interface Facts {
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  readonly findings: readonly Finding[];
  /** How often this task has been delivered, from 1. */
  readonly attempt: number;
}

const retryAfterSeconds = 3;
/** How often to wait for another bucket before a person is asked. */
const patience = 4;

/** The controls whose writes were accepted but do not (yet) show as compliant. */
export function notLanded({
  receipts,
  findings,
}: Omit<Facts, "plan" | "attempt">): readonly string[] {
  const wrote = new Set(receipts.flatMap((it) => (it.kind === "written" ? it.step.controls : [])));
  return findings
    .filter(({ control, assessment }) => wrote.has(control) && assessment.kind !== "compliant")
    .map(({ control }) => control);
}

/** Controls that a later delivery of the same task will look at again; nobody is told of them yet. */
export function pendingControls(facts: Facts): ReadonlySet<string> {
  const { plan, receipts, findings, attempt } = facts;
  const unwritten = receipts.filter(
    (it) => it.kind === "skipped" || (it.kind === "failed" && it.retry),
  );
  return new Set([
    ...unwritten.flatMap(({ step }) => step.controls),
    ...notLanded(facts),
    ...findings.filter(isPassingTrouble).map(({ control }) => control),
    ...plan.held.filter((held) => waitsForAnother(held, attempt)).map(({ control }) => control),
  ]);
}

/** How the reconcile ended. What can resolve itself comes first, then what needs a person. */
export function judge(facts: Facts): Outcome {
  const { plan, receipts, findings } = facts;
  const pending = pendingControls(facts);
  if (pending.size > 0)
    return { kind: "retry", afterSeconds: retryAfterSeconds, why: whyRetry(facts) };

  const blocked = blockedControls(facts);
  if (blocked.controls.length > 0) return { kind: "blocked", ...blocked };

  const approval = heldAs("approval", plan.held);
  if (approval.length > 0) return { kind: "awaiting-approval", controls: approval };

  const undecided = findings.filter(({ assessment }) => assessment.kind === "undecided");
  const flagged = [...heldAs("flagged", plan.held), ...undecided.map(({ control }) => control)];
  if (flagged.length > 0) return { kind: "flagged", controls: flagged };

  const fixed = receipts.flatMap((it) => (it.kind === "written" ? it.step.controls : []));
  return fixed.length > 0 ? { kind: "fixed", controls: [...new Set(fixed)] } : { kind: "clean" };
}

function isPassingTrouble({ assessment }: Finding): boolean {
  return (
    assessment.kind === "unread" && assessment.facets.some(({ reason }) => reason !== "denied")
  );
}

function waitsForAnother({ behind }: Held, attempt: number): boolean {
  return behind !== undefined && attempt < patience;
}

function whyRetry({ plan, receipts, findings }: Facts): string {
  for (const receipt of receipts) {
    if (receipt.kind === "skipped") return receipt.why;
    if (receipt.kind === "failed" && receipt.retry) return receipt.error;
  }
  const unlanded = notLanded({ receipts, findings });
  if (unlanded.length > 0) return `written, but S3 does not show it yet: ${unlanded.join(", ")}`;
  const unread = findings.find(isPassingTrouble)?.assessment;
  if (unread?.kind === "unread") {
    return `could not read ${unread.facets.map(({ facet, detail }) => `${facet} (${detail})`).join(", ")}`;
  }
  return plan.held.find(({ behind }) => behind !== undefined)?.why ?? "another bucket comes first";
}

function blockedControls({ plan, receipts, findings }: Facts): {
  controls: readonly string[];
  needs: string;
} {
  const held = plan.held.filter(({ kind }) => kind === "blocked");
  const failed = receipts.flatMap((it) => (it.kind === "failed" ? [it] : []));
  const denied = findings.filter(({ assessment }) => assessment.kind === "unread");
  const needs = [
    ...held.map(({ next }) => next),
    ...failed.map(({ error }) => `needs a person: ${error}`),
    ...(denied.length > 0 ? ["needs permission to read every setting"] : []),
  ];
  const controls = [
    ...held.map(({ control }) => control),
    ...failed.flatMap(({ step }) => step.controls),
    ...denied.map(({ control }) => control),
  ];
  return { controls: [...new Set(controls)], needs: needs.join("; ") };
}

function heldAs(kind: Held["kind"], held: readonly Held[]): readonly string[] {
  return held.filter((it) => it.kind === kind).map(({ control }) => control);
}
