import type { Standard } from "./baseline/index.ts";
import { leavesAllAsIs } from "./conclude.ts";
import { isoTime } from "./kernel/index.ts";
import { noteLook } from "./looked.ts";
import type { Finding, ResourceRef, Task } from "./model/index.ts";
import type { Ledger } from "./record/index.ts";
import { frameOf, judged, nothingIsThere, see } from "./seeing.ts";
import type { SeeingPorts } from "./story.ts";
import { judge } from "./verify/index.ts";

/** What one look of a sweep came to. */
export interface LookedOver {
  readonly on: ResourceRef;
  readonly findings: readonly Finding[];
  /** Nothing would come of a reconcile. */
  readonly isSettled: boolean;
}

export interface LookOverPorts extends SeeingPorts {
  readonly ledger: SeeingPorts["ledger"] & Pick<Ledger, "looks">;
}

/**
 * Looks at the resource of a sweep's task, and says whether it is settled: whether a reconcile of that task
 * would now write, record and tell nothing. It never is where something is to be written, waits for somebody, is
 * not readable, gone or other than people know. A settled look is remembered as by a reconcile. Throws when the ledger fails.
 */
export async function lookOver(
  task: Task,
  standard: Standard,
  ports: LookOverPorts,
): Promise<LookedOver> {
  const startedAt = isoTime(ports.clock);
  const delivery = { ...standard, attempt: 1, retrySeconds: 0 };
  const frame = await frameOf(task, delivery, ports);
  const { scope, readings, known } = await see(frame, ports);
  if (nothingIsThere(scope, readings)) return { on: task.ref, findings: [], isSettled: false };
  const { findings, contested, wanted: plan } = judged(scope, readings, known);
  const outcome = judge({ plan, receipts: [], findings, delivery });
  const nothing = { told: [], receipts: [], isRecorded: false };
  const seen = { startedAt, before: findings, after: findings, known, contested, plan, outcome };
  const isIdle = plan.steps.length === 0 && plan.held.every(({ kind }) => kind === "flagged");
  const isSettled = isIdle && leavesAllAsIs(scope, { ...seen, ...nothing });
  if (isSettled) {
    await noteLook(scope, { readings, findings, known, receipts: [], outcome }, startedAt, ports);
  }
  return { on: task.ref, findings, isSettled };
}
