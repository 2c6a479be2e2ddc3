import type { Slice, SliceEnd } from "@bucket-warden/core/sweep-account";
import { count } from "./metric.ts";
import type { Wiring } from "./wiring.ts";

/** Logs and counts how a slice ended; answers at how many resources the sweep has ordered a look so far. */
export function reportSlice(
  { account, sweepId: sweep, from }: Slice,
  end: SliceEnd,
  { logger, metrics }: Pick<Wiring, "logger"> & Partial<Pick<Wiring, "metrics">>,
): number {
  if (end.kind === "held") {
    const { sweepId: by, startedAt: since } = end.by;
    logger.warn("sweep left out, another is under way", { sweep, account, by, since });
    count(metrics, "SweepsLeftOut");
    return 0;
  }
  const { queued: looks, skipped } = end.run;
  if (from === undefined) count(metrics, "Sweeps");
  const isOver = end.kind === "ended";
  // A slice counts all that was left out so far, and the last one says it.
  if (isOver) count(metrics, "SweepSkipped", skipped);
  logger.info(isOver ? "sweep queued" : "sweep goes on", { sweep, account, looks, skipped });
  return looks;
}
