import type { Finding } from "../model/finding.ts";
import { printOf } from "../model/reading.ts";
import type { Receipt } from "../model/receipt.ts";
import type { BeforeImage, Ledger } from "./ledger.ts";

type Written = Extract<Receipt, { kind: "written" }>;

/** What earlier deliveries of a task wrote. */
export interface EarlierWork {
  readonly announced: readonly Written[];
  /** Written by a delivery that was interrupted before people were told. */
  readonly unannounced: readonly Written[];
}

const nothingEarlier: EarlierWork = { announced: [], unannounced: [] };

/**
 * Finds what earlier deliveries of this task wrote. A before-image without a receipt means that the
 * delivery stopped around its write; where the controls are compliant now, the write happened, and
 * the repair has to be recorded and told after all.
 */
export async function earlierWork(
  { id, attempt }: { readonly id: string; readonly attempt: number },
  findings: readonly Finding[],
  ledger: Ledger,
): Promise<EarlierWork> {
  if (attempt === 1) return nothingEarlier;
  const [entry, images] = await Promise.all([ledger.find(id), ledger.beforeImages(id)]);
  const recorded = (entry?.receipts ?? []).flatMap((it) => (it.kind === "written" ? [it] : []));
  const compliant = new Set(
    findings.flatMap((it) => (it.assessment.kind === "compliant" ? [it.control] : [])),
  );
  const interrupted = images
    .filter((image) => image.attempt < attempt)
    .filter((image) => !recorded.some((receipt) => isOf(receipt, image)))
    .filter(({ step }) => step.controls.every((control) => compliant.has(control)))
    .map(({ step, at }): Written => ({ kind: "written", step, at }));
  if (entry?.announced === true) return { announced: recorded, unannounced: interrupted };
  return { announced: [], unannounced: [...recorded, ...interrupted] };
}

function isOf({ step }: Written, image: BeforeImage): boolean {
  return (
    step.document === image.step.document && printOf(step.before) === printOf(image.step.before)
  );
}
