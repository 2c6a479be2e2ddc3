import type { LedgerEntry } from "../model/entry.ts";

/** Whether a reconcile is worth a record: it found or did something, or a person waits for it. */
export function isWorthRecording({
  outcome,
  task,
  receipts,
}: Pick<LedgerEntry, "outcome" | "task" | "receipts">): boolean {
  return outcome.kind !== "clean" || receipts.length > 0 || task.cause.kind === "manual";
}
