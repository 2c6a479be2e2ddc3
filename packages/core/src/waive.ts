import type { Clock } from "./kernel/index.ts";
import type { Task, WaiveTrigger } from "./model/index.ts";
import { type Ledger, waiverGiven } from "./record/index.ts";

/**
 * Keeps the waiver that somebody gave, for each resource that they mean, before anything looks at it
 * again. Doing it twice is doing it once.
 */
export async function waive(
  trigger: WaiveTrigger,
  tasks: readonly Task[],
  { ledger, clock }: { readonly ledger: Pick<Ledger, "saveWaiver">; readonly clock: Clock },
): Promise<void> {
  const now = clock.now();
  for (const task of tasks) {
    await ledger.saveWaiver(task.ref, waiverGiven(task, trigger, now));
  }
}
