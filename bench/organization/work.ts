import type { Assumed } from "./assumptions.ts";

/** What one run of `remediate` takes, warm and with nobody in its way. Times are in seconds. */
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

/** A whole look at one bucket that a sweep asked for. */
export function sweepWork(given: Assumed): Work {
  return {
    untilProof: given.sweepRounds * given.s3Call + ofMemory(given.cpuPerBucket, given),
    afterProof: given.sweepTableRounds * given.tableCall,
    reads: given.sweepReads,
    writes: 0,
    tableReads: given.sweepTableReads,
    tableWrites: given.sweepTableWrites,
    told: 0,
  };
}

/** How long `sweep` takes to list so many buckets of an account and to queue a task for each. */
export function secondsOfPages(buckets: number, given: Assumed): number {
  const pages = Math.ceil(buckets / given.page);
  const batches = Math.ceil(buckets / given.batch);
  const waiting = (batches / given.sendersAtOnce) * given.queueCall + pages * given.s3Call;
  const cpu = ((pages + batches) * given.cpuPerCall * given.fullCore) / given.intakeMemory;
  return Math.max(waiting, cpu);
}

/** CPU seconds of a full core, as long as they take in `remediate`. */
function ofMemory(cpuSeconds: number, { fullCore, remediateMemory }: Assumed): number {
  return cpuSeconds / Math.min(1, remediateMemory / fullCore);
}
