import type { LedgerEntry } from "../model/entry.ts";

/**
 * Whether a reconcile is worth a record: it found or did something, or a person waits for it. What is left
 * to people and was known before is found by each sweep again, and `isNews` says that it is not that, or
 * that an entry of an earlier delivery has to be brought to its end.
 */
export function isWorthRecording(
  { outcome, task, receipts }: Pick<LedgerEntry, "outcome" | "task" | "receipts">,
  isNews: boolean,
): boolean {
  if (receipts.length > 0 || task.cause.kind === "manual") return true;
  if (outcome.kind === "flagged" && task.cause.kind === "sweep") return isNews;
  return outcome.kind !== "clean";
}
