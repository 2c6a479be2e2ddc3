import type { Finding } from "./finding.ts";
import type { Outcome } from "./outcome.ts";
import type { Plan } from "./plan.ts";
import type { Receipt } from "./receipt.ts";
import type { Task } from "./trigger.ts";

/** One record of the ledger: everything about one reconcile that found or did something. */
export interface LedgerEntry {
  /** The id of the task: redelivered work updates its entry instead of adding one. */
  readonly id: string;
  readonly task: Task;
  /** ISO 8601 */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  /** Of every delivery of the task so far. */
  readonly receipts: readonly Receipt[];
  readonly outcome: Outcome;
  /** Whether people were told; false between the record and the message. */
  readonly announced: boolean;
  /** Controls of which nobody was told yet, because the task will be delivered again. */
  readonly pending: readonly string[];
}
