import { changesOf } from "./conclude.ts";
import type { Cause, LedgerEntry, Outcome, Plan, ResourceRef } from "./model/index.ts";
import type { Change } from "./notify/index.ts";
import type { Ledger } from "./record/index.ts";

/** One ledger entry as people look at it. */
export interface PastWork {
  /** The id of the entry, by which it can be undone. */
  readonly id: string;
  /** ISO 8601 */
  readonly at: string;
  readonly cause: Cause;
  /** The entry that this one took back. */
  readonly undo?: string;
  readonly outcome: Outcome;
  /** What was written, document by document. */
  readonly changes: readonly Change[];
  /** What was left to people. */
  readonly held: Plan["held"];
}

/** The latest entries about a resource, newest first, at most so many. */
export async function historyOf(
  ledger: Pick<Ledger, "entriesOf">,
  on: ResourceRef,
  most: number,
): Promise<readonly PastWork[]> {
  const found: PastWork[] = [];
  for await (const entry of ledger.entriesOf(on)) {
    found.push(pastWork(entry));
    if (found.length >= most) break;
  }
  return found;
}

function pastWork({ id, endedAt, task, outcome, receipts, plan }: LedgerEntry): PastWork {
  const { cause, undo } = task;
  const work = { id, at: endedAt, cause, ...(undo === undefined ? {} : { undo }), outcome };
  return { ...work, changes: changesOf(receipts), held: plan.held };
}
