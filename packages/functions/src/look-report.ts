import type { LookOrder } from "@bucket-warden/core/model";
import type { LooksEnd } from "@bucket-warden/core/work-off-looks";
import { count } from "./metric.ts";
import type { Wiring } from "./wiring.ts";

/** Logs and counts how the looks of an order ended. */
export function reportLooks(
  { account, sweepId: sweep }: LookOrder,
  { settled, forwarded, left }: LooksEnd,
  { logger, metrics }: Pick<Wiring, "logger"> & Partial<Pick<Wiring, "metrics">>,
): void {
  const counts = { settled: settled.length, forwarded: forwarded.length, left: left.length };
  logger.info("looked", { sweep, account, ...counts });
  count(metrics, "LooksDone", settled.length);
  count(metrics, "LooksForwarded", forwarded.length);
}
