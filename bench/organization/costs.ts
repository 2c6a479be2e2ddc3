import type { Assumed } from "./assumptions.ts";
import type { Day } from "./model.ts";

/** Dollars a month. */
export interface Costs {
  readonly lambda: number;
  readonly queue: number;
  readonly table: number;
  readonly s3: number;
  /** Forwarded events, messages to the topic, logs, and what is to be paid in any case. */
  readonly other: number;
  readonly total: number;
}

type Used = Pick<Day, "intake" | "remediate" | "sweep" | "look" | "calls">;

/** What a month of such days costs. */
export function costsOf({ intake, remediate, sweep, look, calls }: Used, given: Assumed): Costs {
  const million = 1_000_000;
  const runs = intake.runs + remediate.runs + sweep.runs + look.runs;
  const gigabyteSeconds =
    (intake.busySeconds + sweep.busySeconds) * (given.intakeMemory / 1_024) +
    remediate.busySeconds * (given.remediateMemory / 1_024) +
    look.busySeconds * (given.lookMemory / 1_024);
  const lambda =
    given.days * ((runs / million) * given.priceRun + gigabyteSeconds * given.priceGigabyteSecond);
  const queue =
    ((given.days * calls.queue.total + given.idlePolls) / million) * given.priceQueue +
    ((given.days * calls.lookQueue.total + given.idlePolls) / million) * given.priceLookQueue;
  const table =
    (given.days / million) *
    (calls.tableReads.total * given.priceTableRead +
      calls.tableWrites.total * given.priceTableWrite);
  const s3 =
    (given.days / million) *
    (calls.s3Reads.total * given.priceS3Read + calls.s3Writes.total * given.priceS3Write);
  const other =
    (given.days / million) *
      (intake.runs * given.priceForward + calls.topic.total * given.priceTopic) +
    given.days * runs * given.logPerRun * given.priceLog +
    given.fixed;
  return { lambda, queue, table, s3, other, total: lambda + queue + table + s3 + other };
}
