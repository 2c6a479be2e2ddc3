import { type Clock, isoTime } from "../kernel/clock.ts";
import type { WritableFacet } from "../model/facets.ts";
import type { Plan, PlanStep } from "../model/plan.ts";
import { printOf, type Reading } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import type { Writer } from "./writer.ts";

/** What applying needs from outside; `reconcile.ts` provides it. */
export interface ApplyPorts {
  readonly writer: Writer;
  readonly clock: Clock;
  /** Reads the document that a step is about to overwrite, now. */
  readonly reread: (document: WritableFacet) => Promise<Reading<unknown>>;
  /** Stores what a step will overwrite. It must be safe when this returns; throws when it is not. */
  readonly keepBeforeImage: (step: PlanStep, at: string) => Promise<void>;
  /** Whether a document that reads so is what the step wanted. */
  readonly holds: (step: PlanStep, now: Reading<unknown>) => boolean;
}

/**
 * Carries out a plan, one step after the other: S3 answers 409 to parallel writes on one bucket.
 * Each step stores its before-image, reads its document again before each attempt and is skipped when
 * the document is no longer what the plan was made for, because S3 has no If-Match for bucket configuration.
 */
export async function applyPlan(plan: Plan, ports: ApplyPorts): Promise<readonly Receipt[]> {
  const receipts: Receipt[] = [];
  for (const step of plan.steps) receipts.push(await applyStep(step, ports));
  return receipts;
}

async function applyStep(step: PlanStep, ports: ApplyPorts): Promise<Receipt> {
  const at = isoTime(ports.clock);
  const unkept = await keep(step, at, ports);
  if (unkept !== undefined) return { kind: "failed", step, at, error: unkept, retry: true };
  const now = await ports.reread(step.document);
  if (now.state === "unknown") {
    const error = `the ${step.document} could not be read again (${now.detail})`;
    return { kind: "failed", step, at, error, retry: now.reason !== "denied" };
  }
  if (printOf(now) !== printOf(step.before)) {
    return { kind: "skipped", step, at, why: `the ${step.document} changed since it was planned` };
  }
  const result = await ports.writer.write(step, async () => isUntouched(step, ports));
  if (result.kind === "ok") return { kind: "written", step, at };
  // A write whose answer was lost may have landed.
  const landed = result.retry && ports.holds(step, await ports.reread(step.document));
  return landed ? { kind: "written", step, at } : { ...result, step, at };
}

/** Between two attempts somebody may have written, or the first one landed without an answer. */
async function isUntouched(step: PlanStep, { reread }: ApplyPorts): Promise<boolean> {
  return printOf(await reread(step.document)) === printOf(step.before);
}

/** Undefined when the before-image is safe, otherwise what went wrong. */
async function keep(step: PlanStep, at: string, ports: ApplyPorts): Promise<string | undefined> {
  try {
    await ports.keepBeforeImage(step, at);
    return undefined;
  } catch (cause) {
    return `the before-image could not be stored, so nothing was written (${String(cause)})`;
  }
}
