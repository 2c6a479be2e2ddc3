import { type LedgerEntry, type Outcome, resourceName } from "@bucket-warden/core/model";
import type { Wiring } from "./wiring.ts";

const levels: Readonly<Record<Outcome["kind"], "info" | "warn">> = {
  clean: "info",
  planned: "info",
  gone: "info",
  fixed: "warn",
  undone: "warn",
  flagged: "warn",
  "awaiting-approval": "warn",
  blocked: "warn",
  contested: "warn",
  retry: "warn",
};

/** Logs and counts how one reconcile ended: the one place where an outcome is logged. */
export function reportOutcome(entry: LedgerEntry, { logger, metrics }: Wiring): void {
  const { task, outcome, startedAt, endedAt, receipts, plan } = entry;
  logger[levels[outcome.kind]]("reconciled", {
    task: task.id,
    resource: resourceName(task.ref),
    account: task.ref.account,
    outcome,
    written: receipts.filter(({ kind }) => kind === "written").map(({ step }) => step.document),
    held: plan.held.map(({ control, kind, why }) => ({ control, kind, why })),
  });
  metrics?.addMetric(`Outcome-${outcome.kind}`, "Count", 1);
  const guards = new Set(plan.held.flatMap(({ guard }) => guard ?? []));
  for (const guard of guards) metrics?.addMetric(`HeldBy-${guard}`, "Count", 1);
  metrics?.addMetric("ReconcileTime", "Milliseconds", Date.parse(endedAt) - Date.parse(startedAt));
}
