import type { Assumed } from "./assumptions.ts";

/** What one run of `remediate`, or of `look`, takes, warm and with nobody in its way. Times are in seconds. */
export interface Work {
  /** Until all is known that there is to know: a repair is proven, a look is done. */
  readonly untilProof: number;
  /** Until the ledger has it and people are told. */
  readonly afterProof: number;
  readonly reads: number;
  readonly writes: number;
  readonly tableReads: number;
  readonly tableWrites: number;
  /** Messages to the topic. */
  readonly told: number;
  /** Done by `look`, in a container of its own. */
  readonly isOrder?: true;
}

/** An event after which there is nothing to repair. */
export function workOfLook(given: Assumed): Work {
  const calls = given.lookReads + given.lookTableReads + given.lookTableWrites;
  return {
    untilProof: given.lookRounds * given.s3Call + ofMemory(calls * given.cpuPerCall, given),
    afterProof: given.lookTableRounds * given.tableCall,
    reads: given.lookReads,
    writes: 0,
    tableReads: given.lookTableReads,
    tableWrites: given.lookTableWrites,
    told: 0,
  };
}

/** An event after which one document is repaired. Its CPU comes before the proof, at worst. */
export function repairWork(given: Assumed): Work {
  const { repairReads, repairWrites, repairTableReads, repairTableWrites } = given;
  const calls = repairReads + repairWrites + repairTableReads + repairTableWrites;
  return {
    untilProof:
      given.proofRounds * given.s3Call +
      given.proofTableRounds * given.tableCall +
      ofMemory(calls * given.cpuPerCall, given),
    afterProof: given.storyRounds * given.tableCall,
    reads: repairReads,
    writes: repairWrites,
    tableReads: repairTableReads,
    tableWrites: repairTableWrites,
    told: 1,
  };
}

/** The task that a look of a sweep becomes. */
export function taskWork(given: Assumed): Work {
  return {
    untilProof: given.taskRounds * given.s3Call + ofMemory(given.cpuPerBucket, given),
    afterProof: given.taskTableRounds * given.tableCall,
    reads: given.taskReads,
    writes: 0,
    tableReads: given.taskTableReads,
    tableWrites: given.taskTableWrites,
    told: 0,
  };
}

/** An order to look at so many buckets: what a warm run of `look` takes that S3 lets ask as it likes. */
export function orderWork(buckets: number, given: Assumed): Work {
  const reads = buckets * given.orderReads + given.orderShared;
  const tableReads = buckets * given.orderTableReads;
  const tableWrites = buckets * given.orderTableWrites;
  const rounds = Math.max(given.orderRounds, reads / given.orderInFlight);
  const cpu = buckets * given.cpuPerBucket + (tableReads + tableWrites) * given.cpuPerCall;
  const share = Math.min(1, given.lookMemory / given.fullCore);
  return {
    untilProof: Math.max(rounds * given.s3Call, cpu / share),
    afterProof: given.orderTableRounds * given.tableCall,
    ...{ reads, writes: 0, tableReads, tableWrites, told: 0, isOrder: true },
  };
}

/** How long `sweep` takes to list so many buckets of an account and to order looks at them. */
export function secondsOfPages(buckets: number, given: Assumed): number {
  const pages = Math.ceil(buckets / given.page);
  const batches = Math.ceil(buckets / given.order / given.batch);
  const waiting = batches * given.queueCall + pages * given.s3Call;
  const cpu = ((pages + batches) * given.cpuPerCall * given.fullCore) / given.intakeMemory;
  return Math.max(waiting, cpu);
}

/** CPU seconds of a full core, as long as they take in `remediate`. */
function ofMemory(cpuSeconds: number, { fullCore, remediateMemory }: Assumed): number {
  return cpuSeconds / Math.min(1, remediateMemory / fullCore);
}
