import type { LedgerEntry } from "../model/entry.ts";

/** Whether a reconcile is worth a record: it found or did something, or a person waits for it. */
export function isWorthRecording({ outcome, task }: LedgerEntry): boolean {
  return outcome.kind !== "clean" || task.cause.kind === "manual";
}
