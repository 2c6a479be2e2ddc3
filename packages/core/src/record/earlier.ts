import type { Readings } from "../model/facets.ts";
import type { Finding } from "../model/finding.ts";
import type { Receipt, WrittenReceipt } from "../model/receipt.ts";
import { holds } from "./holds.ts";
import type { BeforeImage, EarlierDeliveries } from "./ledger.ts";

/** What earlier deliveries of a task did. */
export interface EarlierWork {
  /** Recorded, and people know of it. */
  readonly told: readonly Receipt[];
  /** Written, but nobody was told yet. */
  readonly untold: readonly WrittenReceipt[];
}

/**
 * Sorts what earlier deliveries did. A before-image without a receipt means that the delivery stopped
 * around its write; where the bucket holds now just what was to be written, the write happened, and
 * the repair has to be recorded and told after all. `readings` are those at the end of this delivery.
 */
export function earlierWork(
  { entry, images }: EarlierDeliveries,
  readings: Readings,
  now: readonly Receipt[],
): EarlierWork {
  const recorded = entry?.receipts ?? [];
  const isTold = (receipt: Receipt): receipt is Receipt =>
    receipt.kind !== "written" ||
    (entry?.announced === true && !receipt.step.controls.some((it) => entry.pending.includes(it)));
  const untold = recorded.filter((it) => it.kind === "written").filter((it) => !isTold(it));
  const interrupted = images
    .filter((image) => !recorded.some((receipt) => isSettled(receipt) && isOf(receipt, image)))
    .filter((image) => ![...recorded, ...now].some((receipt) => covers(receipt, image)))
    .filter(({ step }) => holds(step, readings))
    .filter((image, index, all) => all.findLastIndex((it) => isSameDocument(it, image)) === index)
    .map(({ step, at }): WrittenReceipt => ({ kind: "written", step, at }));
  return { told: recorded.filter(isTold), untold: [...untold, ...interrupted] };
}

/** What was found, with what earlier deliveries had found wherever they wrote because of it. */
export function foundAtFirst(
  findings: readonly Finding[],
  { entry }: EarlierDeliveries,
): readonly Finding[] {
  const receipts = entry?.receipts.filter(({ kind }) => kind === "written") ?? [];
  const repaired = new Set(receipts.flatMap(({ step }) => step.controls));
  return findings.map((finding) => {
    if (finding.assessment.kind === "drift" || !repaired.has(finding.control)) return finding;
    const first = entry?.findings.find(({ control }) => control === finding.control);
    return first?.assessment.kind === "drift" ? first : finding;
  });
}

function isOf({ step, at }: Receipt, image: BeforeImage): boolean {
  return step.document === image.step.document && at === image.at;
}

/** A write that got no answer may have landed all the same. */
function isSettled(receipt: Receipt): boolean {
  return receipt.kind !== "failed" || !receipt.retry;
}

/** A later write of the same document is the one to speak of. */
function covers({ kind, step, at }: Receipt, image: BeforeImage): boolean {
  return kind === "written" && step.document === image.step.document && at > image.at;
}

function isSameDocument(one: BeforeImage, other: BeforeImage): boolean {
  return one.step.document === other.step.document;
}
