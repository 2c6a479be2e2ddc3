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
  /**
   * Stores what a step will overwrite. It must be safe when this says "kept"; throws when it is not. It says
   * "refused", and keeps nothing that counts, where the plan is not to be written after all.
   */
  readonly keepBeforeImage: (step: PlanStep, at: string) => Promise<Keeping>;
  /** Whether a document that reads so is what the step wanted. */
  readonly holds: (step: PlanStep, now: Reading<unknown>) => boolean;
  /** Whether a write that begins now can still be read back and recorded. */
  readonly hasTime: () => boolean;
}

export type Keeping = "kept" | "refused";

/** What came of a plan. */
export interface Applied {
  readonly receipts: readonly Receipt[];
  /** It was not to be written after all: the steps without a receipt were left alone. */
  readonly refused: boolean;
}

/**
 * Carries out a plan, one step after the other: S3 answers 409 to parallel writes on one bucket.
 * Each step stores its before-image, reads its document again before each attempt and is skipped when
 * the document is no longer what the plan was made for, because S3 has no If-Match for bucket configuration.
 */
export async function applyPlan(plan: Plan, ports: ApplyPorts): Promise<Applied> {
  const receipts: Receipt[] = [];
  for (const step of plan.steps) {
    const receipt = await applyStep(step, ports);
    if (receipt === "refused") return { receipts, refused: true };
    receipts.push(receipt);
  }
  return { receipts, refused: false };
}

async function applyStep(step: PlanStep, ports: ApplyPorts): Promise<Receipt | "refused"> {
  const at = isoTime(ports.clock);
  const late: Receipt = { kind: "skipped", step, at, why: tooLate };
  if (!ports.hasTime()) return late;
  const keeping = keep(step, at, ports);
  const [kept, now] = await Promise.all([keeping, lastLook(step, keeping, ports)]);
  if (kept === "refused") return kept;
  if (kept !== "kept") return { kind: "failed", step, at, error: kept.unkept, retry: true };
  if (now.state === "unknown") {
    const error = `the ${step.document} could not be read again (${now.detail})`;
    return { kind: "failed", step, at, error, retry: now.reason !== "denied" };
  }
  if (printOf(now) !== printOf(step.before)) {
    return { kind: "skipped", step, at, why: `the ${step.document} changed since it was planned` };
  }
  // What came before may have taken long.
  if (!ports.hasTime()) return late;
  const result = await ports.writer.write(step, () => mayTryAgain(step, ports));
  if (result.kind === "ok") return { kind: "written", step, at };
  // A write whose answer was lost may have landed.
  const landed = result.retry && ports.holds(step, await ports.reread(step.document));
  return landed ? { kind: "written", step, at } : { ...result, step, at };
}

const tooLate = "too little time was left to read it back";

/** Between two attempts somebody may have written, or the first one landed without an answer. */
async function mayTryAgain(step: PlanStep, { reread, hasTime }: ApplyPorts): Promise<boolean> {
  return printOf(await reread(step.document)) === printOf(step.before) && hasTime();
}

/** Says what went wrong, where the before-image is not safe. */
async function keep(
  step: PlanStep,
  at: string,
  ports: ApplyPorts,
): Promise<Keeping | { readonly unkept: string }> {
  try {
    return await ports.keepBeforeImage(step, at);
  } catch (cause) {
    const unkept = `the before-image could not be stored, so nothing was written (${String(cause)})`;
    return { unkept };
  }
}

/**
 * The look that the write follows at once. It is made while the before-image is stored, which is
 * mostly sooner over; where it is not, the look is old by then and is made once more.
 */
async function lastLook(
  { document }: PlanStep,
  keeping: Promise<unknown>,
  { reread }: ApplyPorts,
): Promise<Reading<unknown>> {
  let isOver = false;
  const over = keeping.then(() => {
    isOver = true;
  });
  const now = await reread(document);
  if (isOver) return now;
  await over;
  return reread(document);
}
