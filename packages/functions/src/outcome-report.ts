import type { Metrics } from "@aws-lambda-powertools/metrics";
import { type LedgerEntry, type Outcome, resourceName } from "@bucket-warden/core/model";
import { count, measure } from "./metric.ts";
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
  const { task, outcome, receipts, plan } = entry;
  logger[levels[outcome.kind]]("reconciled", {
    task: task.id,
    resource: resourceName(task.ref),
    account: task.ref.account,
    outcome,
    written: receipts.filter(({ kind }) => kind === "written").map(({ step }) => step.document),
    held: plan.held.map(({ control, kind, why }) => ({ control, kind, why })),
  });
  measureOutcome(entry, metrics);
}

function measureOutcome(entry: LedgerEntry, metrics: Metrics | undefined): void {
  const { task, outcome, findings, plan } = entry;
  const [startedAt, endedAt] = [Date.parse(entry.startedAt), Date.parse(entry.endedAt)];
  count(metrics, `Outcome-${outcome.kind}`);
  const guards = new Set(plan.held.flatMap(({ guard }) => guard ?? []));
  for (const guard of guards) count(metrics, `HeldBy-${guard}`);
  const unread = findings.flatMap(({ assessment }) =>
    assessment.kind === "unread" ? [assessment.facets] : [],
  );
  count(metrics, "Unread", unread.length);
  const isThrottled = unread.filter((it) => it.some(({ reason }) => reason === "throttled"));
  count(metrics, "Unread-throttled", isThrottled.length);
  measure(metrics, "ReconcileTime", endedAt - startedAt);
  if (outcome.kind === "fixed" && task.cause.kind === "event") {
    measure(metrics, "TimeToRepair", endedAt - Date.parse(task.cause.eventTime));
  }
}
