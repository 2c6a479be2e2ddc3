import type { Readings, WritableFacet } from "../model/facets.ts";
import type { Held, Plan, PlanStep } from "../model/plan.ts";
import { type Known, printOf, type Unknown } from "../model/reading.ts";
import type { WrittenReceipt } from "../model/receipt.ts";
import type { ResourceRef } from "../model/ref.ts";
import { takeBack } from "./take-back.ts";

/**
 * What it takes to take writes back, given what is there now. Nothing at all is written while one of
 * them cannot be taken back without losing something: half of it would leave a bucket that nobody wanted.
 */
export function planUndo(
  receipts: readonly WrittenReceipt[],
  readings: Readings,
  on: ResourceRef,
): Plan {
  const steps: PlanStep[] = [];
  const held: Held[] = [];
  const basedOn: { [F in WritableFacet]?: string } = {};
  // The last write goes first: what a document needs was written before it.
  for (const document of documentsOf(receipts).toReversed()) {
    const own = receipts.map(({ step }) => step).filter((step) => step.document === document);
    const reading = readings[document];
    if (reading === undefined || reading.state === "unknown") {
      held.push(...unread(own, reading));
      continue;
    }
    basedOn[document] = printOf(reading) ?? "";
    const part = stepBack(own, reading);
    if (Array.isArray(part)) held.push(...part);
    else if (part !== undefined) steps.push(part);
  }
  return { on, basedOn, steps: held.length === 0 ? steps : [], held };
}

/** The documents that were written, in the order of the first write. */
export function documentsOf(receipts: readonly WrittenReceipt[]): readonly WritableFacet[] {
  return [...new Set(receipts.map(({ step }) => step.document))];
}

/** One step that takes back all writes of one document, or why there is none; undefined when none is needed. */
function stepBack(own: readonly PlanStep[], before: Known<unknown>): PlanStep | Held[] | undefined {
  const controls = controlsOf(own);
  let document = before;
  for (const step of own.toReversed()) {
    const result = takeBack(step, document);
    if (result.kind !== "taken") return controls.map((control) => heldBy(result, control, step));
    ({ document } = result);
  }
  const [first] = own;
  if (first === undefined || printOf(document) === printOf(before)) return undefined;
  const after = document.state === "present" ? document.value : document;
  // What is merged from values of one document is a value of that document.
  return { ...first, controls, before, after } as PlanStep;
}

function heldBy(
  result: Exclude<ReturnType<typeof takeBack>, { kind: "taken" }>,
  control: string,
  { document }: PlanStep,
): Held {
  if (result.kind === "refused") {
    return { control, kind: "blocked", why: result.why, next: result.remedy };
  }
  const { conflicts } = result;
  const places = conflicts.map(({ place }) => place).join(", ");
  return {
    control,
    kind: "blocked",
    why: `the ${document} was changed since (${places}), and taking the write back would lose that`,
    next: "compare the three versions, and change it by hand",
    conflicts,
  };
}

function unread(own: readonly PlanStep[], reading: Unknown | undefined): readonly Held[] {
  const document = own[0]?.document;
  const passing =
    reading === undefined || reading.reason === "denied" ? {} : { passing: true as const };
  return controlsOf(own).map((control) => ({
    control,
    kind: "blocked",
    why: `the present ${document} could not be read (${reading?.detail ?? "nobody asked"}), so a write could lose something`,
    next: `needs the ${document} to be readable`,
    ...passing,
  }));
}

function controlsOf(steps: readonly PlanStep[]): readonly string[] {
  return [...new Set(steps.flatMap(({ controls }) => controls))];
}
