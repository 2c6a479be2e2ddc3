import type { Metrics } from "@aws-lambda-powertools/metrics";
import type { Held, Outcome } from "@bucket-warden/core/model";

/** Where CloudWatch keeps the metrics, and the dimension that they all have. */
export const metricPlace = { namespace: "BucketWarden", service: "bucket-warden" } as const;

type Guard = NonNullable<Held["guard"]>;

export type MetricName =
  /** Events that were worth a look, and those that were not. */
  | "EventsAccepted"
  | "EventsIgnored"
  /** Sweeps of an account that were begun. */
  | "Sweeps"
  /** Sweeps that were not begun, because another one of the account was under way. */
  | "SweepsLeftOut"
  /** Buckets that sweeps left out, because nothing can have changed on them. */
  | "SweepSkipped"
  /** Looks of sweeps that found nothing to do, and those that became a task. */
  | "LooksDone"
  | "LooksForwarded"
  /** Calls against the watcher itself. */
  | "Alarms"
  /** How each reconcile ended. */
  | `Outcome-${Outcome["kind"]}`
  /** Reconciles in which a guard rail held writes. */
  | `HeldBy-${Guard}`
  /** Controls that could not be judged, and those of them for which AWS was asked too much. */
  | "Unread"
  | "Unread-throttled"
  /** What left the outbox, what did not this time, and what nobody tries any more. */
  | "MessagesSent"
  | "MessagesFailed"
  | "MessagesGivenUp"
  /** How long a reconcile took. */
  | "ReconcileTime"
  /** From the call that weakened a bucket to the proof that it is repaired. */
  | "TimeToRepair";

/** Counts something once, or as often as `times` says; nothing where it did not happen. */
export function count(metrics: Metrics | undefined, name: MetricName, times = 1): void {
  if (times > 0) metrics?.addMetric(name, "Count", times);
}

/** Tells how long something took. */
export function measure(
  metrics: Metrics | undefined,
  name: "ReconcileTime" | "TimeToRepair",
  milliseconds: number,
): void {
  metrics?.addMetric(name, "Milliseconds", Math.max(0, milliseconds));
}
