import type { Finding } from "../model/finding.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Held, Plan } from "../model/plan.ts";
import type { Receipt } from "../model/receipt.ts";

/** Everything that an outcome is judged from. */
export interface Facts {
  readonly plan: Plan;
  readonly receipts: readonly Receipt[];
  /** Those after the writes. */
  readonly findings: readonly Finding[];
  readonly delivery: Delivery;
}

export interface Delivery {
  /** How often this task has been delivered, from 1. */
  readonly attempt: number;
  /** How long to wait after the first delivery; the time doubles with each further one. */
  readonly retrySeconds: number;
}

/**
 * After so many deliveries a trouble is not called passing any more: people are told, and the task
 * is done. The queue must deliver more often than that before it gives up.
 */
const patience = 5;

/** Whether to wait instead of asking a person. */
export function isPatient({ attempt }: Delivery): boolean {
  return attempt < patience;
}

export function retryOutcome({ attempt, retrySeconds }: Delivery, why: string): Outcome {
  return { kind: "retry", afterSeconds: Math.round(retrySeconds * 2 ** (attempt - 1)), why };
}

/** The controls whose writes were accepted but do not (yet) show as compliant. */
export function notLanded(
  receipts: readonly Receipt[],
  findings: readonly Finding[],
): readonly string[] {
  const wrote = new Set(receipts.flatMap((it) => (it.kind === "written" ? it.step.controls : [])));
  return findings
    .filter(({ control, assessment }) => wrote.has(control) && assessment.kind !== "compliant")
    .map(({ control }) => control);
}

/** Controls that a later delivery of the same task will look at again; nobody is told of them yet. */
export function pendingControls(facts: Facts): ReadonlySet<string> {
  const { plan, receipts, findings, delivery } = facts;
  if (!isPatient(delivery)) return new Set();
  const unwritten = receipts.filter(
    (it) => it.kind === "skipped" || (it.kind === "failed" && it.retry),
  );
  const waiting = plan.held.filter(({ behind, passing }) => behind !== undefined || passing);
  return new Set([
    ...unwritten.flatMap(({ step }) => step.controls),
    ...notLanded(receipts, findings),
    ...findings.filter(isPassingTrouble).map(({ control }) => control),
    ...waiting.map(({ control }) => control),
  ]);
}

/** How the reconcile ended. What can resolve itself comes first, then what needs a person. */
export function judge(facts: Facts): Outcome {
  const { plan, receipts, findings } = facts;
  if (pendingControls(facts).size > 0) return retryOutcome(facts.delivery, whyRetry(facts));

  const blocked = blockedControls(facts);
  if (blocked.controls.length > 0) return { kind: "blocked", ...blocked };

  const contested = heldAs("contested", plan.held);
  if (contested.length > 0) return { kind: "contested", controls: contested };

  const approval = heldAs("approval", plan.held);
  if (approval.length > 0) return { kind: "awaiting-approval", controls: approval };

  const flagged = findings.filter(isLeftToPeople).map(({ control }) => control);
  if (flagged.length > 0) return { kind: "flagged", controls: flagged };

  const fixed = receipts.flatMap((it) => (it.kind === "written" ? it.step.controls : []));
  return fixed.length > 0 ? { kind: "fixed", controls: [...new Set(fixed)] } : { kind: "clean" };
}

function isPassingTrouble({ assessment }: Finding): boolean {
  return (
    assessment.kind === "unread" && assessment.facets.some(({ reason }) => reason !== "denied")
  );
}

/** Undecided, or drift: what is drift at the end was neither repaired nor can it be. */
function isLeftToPeople({ assessment }: Finding): boolean {
  return assessment.kind === "undecided" || assessment.kind === "drift";
}

function whyRetry({ plan, receipts, findings }: Facts): string {
  for (const receipt of receipts) {
    if (receipt.kind === "skipped") return receipt.why;
    if (receipt.kind === "failed" && receipt.retry) return receipt.error;
  }
  const unlanded = notLanded(receipts, findings);
  if (unlanded.length > 0) return `written, but S3 does not show it yet: ${unlanded.join(", ")}`;
  const unread = findings.find(isPassingTrouble)?.assessment;
  if (unread?.kind === "unread") {
    const facets = unread.facets.map(({ facet, detail }) => `${facet} (${detail})`);
    return `could not read ${facets.join(", ")}`;
  }
  const waiting = plan.held.find(({ behind, passing }) => behind !== undefined || passing);
  return waiting?.why ?? "another resource comes first";
}

interface Blocked {
  readonly controls: readonly string[];
  readonly needs: string;
}

function blockedControls({ plan, receipts, findings }: Facts): Blocked {
  const held = plan.held.filter(({ kind }) => kind === "blocked");
  const failed = receipts.flatMap((it) => (it.kind === "failed" ? [it] : []));
  const unlanded = notLanded(receipts, findings);
  const unread = findings.filter(({ assessment }) => assessment.kind === "unread");
  const needs = [
    ...held.map(({ next }) => next),
    ...failed.map(({ error }) => `needs a person: ${error}`),
    ...(unlanded.length > 0 ? ["needs a person: what was written does not hold"] : []),
    ...(unread.length > 0 ? ["needs every setting to be readable"] : []),
  ];
  const controls = [
    ...held.map(({ control }) => control),
    ...failed.flatMap(({ step }) => step.controls),
    ...unlanded,
    ...unread.map(({ control }) => control),
  ];
  return { controls: [...new Set(controls)], needs: needs.join("; ") };
}

function heldAs(kind: Held["kind"], held: readonly Held[]): readonly string[] {
  return held.filter((it) => it.kind === kind).map(({ control }) => control);
}
