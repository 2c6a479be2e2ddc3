import type { Readings } from "../model/facets.ts";
import type { Outcome } from "../model/outcome.ts";
import type { Plan } from "../model/plan.ts";
import type { Receipt } from "../model/receipt.ts";
import { type Delivery, isPatient, retryOutcome } from "./outcome.ts";

/** Everything that the outcome of an undo is judged from. */
export interface UndoFacts {
  readonly plan: Plan;
  readonly readings: Readings;
  /** Of this delivery, and earlier ones that nobody was told of. */
  readonly receipts: readonly Receipt[];
  /** Of earlier deliveries, and people know. */
  readonly told: readonly Receipt[];
  /** What was accepted and does not show. */
  readonly unlanded: readonly Receipt[];
  readonly delivery: Delivery;
}

/** How the undo ended: what can resolve itself comes first, then what needs a person. */
export function judgeUndo(facts: UndoFacts): Outcome {
  const { plan, readings, receipts, told, unlanded, delivery } = facts;
  if (Object.values(readings).some((it) => it.state === "unknown" && it.reason === "gone")) {
    return { kind: "gone" };
  }
  const why = whyRetry(facts);
  if (why !== undefined && isPatient(delivery)) return retryOutcome(delivery, why);
  const failed = receipts.filter((it) => it.kind === "failed" || it.kind === "skipped");
  const trouble = [...failed, ...unlanded].flatMap(({ step }) => step.controls);
  const blocked = [...plan.held.map(({ control }) => control), ...trouble];
  if (blocked.length > 0) {
    const needs = [
      ...plan.held.map(({ why: reason }) => reason),
      ...failed.map((it) => (it.kind === "failed" ? it.error : it.why)),
      ...(unlanded.length > 0 ? ["what was written does not hold"] : []),
    ];
    const reasons = [...new Set(needs)].join("; ");
    return {
      kind: "blocked",
      controls: [...new Set(blocked)],
      needs: `needs a person: ${reasons}`,
    };
  }
  const written = [...told, ...receipts].filter(({ kind }) => kind === "written");
  if (written.length === 0) return { kind: "clean" };
  return { kind: "undone", controls: [...new Set(written.flatMap(({ step }) => step.controls))] };
}

function whyRetry({ plan, receipts, unlanded }: UndoFacts): string | undefined {
  for (const receipt of receipts) {
    if (receipt.kind === "skipped") return receipt.why;
    if (receipt.kind === "failed" && receipt.retry) return receipt.error;
  }
  const documents = unlanded.map(({ step }) => step.document);
  if (documents.length > 0) return `written, but S3 does not show it yet: ${documents.join(", ")}`;
  return plan.held.find(({ passing }) => passing)?.why;
}
