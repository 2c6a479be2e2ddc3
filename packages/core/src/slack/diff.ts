import { changesOf } from "../conclude.ts";
import type { LedgerEntry, PlanStep } from "../model/index.ts";
import { type Change, diffView, type View } from "../notify/index.ts";
import { diffOf } from "../plan/index.ts";

/** What a ledger entry wrote, and what it would write once somebody lets it. */
export function diffViewOf({ task, receipts, plan }: LedgerEntry): View {
  const wouldBe = plan.held.flatMap(({ wanted = [] }) => wanted.map(changeOf));
  return diffView(task.ref, { was: changesOf(receipts), wouldBe });
}

export function changeOf(step: PlanStep): Change {
  return { document: step.document, controls: step.controls, diff: diffOf(step) };
}
