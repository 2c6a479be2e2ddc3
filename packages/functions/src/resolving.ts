import { isLogTarget, settingsFor } from "@bucket-warden/core/baseline";
import { type Control, targetsOf } from "@bucket-warden/core/controls";
import { isoTime } from "@bucket-warden/core/kernel";
import type { Task } from "@bucket-warden/core/model";
import type { Survey } from "@bucket-warden/core/record";
import { type Field, type TaskQueue, tasksAfter } from "@bucket-warden/core/resolve";
import type { Wiring } from "./wiring.ts";

interface Ground extends Pick<Wiring, "directory"> {
  readonly environment: Pick<Wiring["environment"], "baseline">;
}

/** Where a trigger is resolved, for what these controls are about. */
export function fieldFor(controls: readonly Control[], { directory, environment }: Ground): Field {
  const { baseline } = environment;
  return {
    directory,
    kinds: targetsOf(controls),
    largeSweep: baseline.limits.largeSweep,
    isLogTarget: (ref) => isLogTarget(ref, settingsFor(baseline, ref)),
  };
}

/** Queues what a sweep is to do after it has looked at all of its buckets, and notes that it did. */
export async function setGoing(
  survey: Survey,
  { queue, environment, ports, logger }: Wiring,
): Promise<void> {
  const { largeSweep } = environment.baseline.limits;
  const { sweep, writes, of } = survey;
  const tasks = tasksAfter({ ...survey, sweepId: sweep.sweepId }, { largeSweep });
  await queue.send(tasks);
  await ports.ledger.surveys.close(survey, isoTime(ports.clock));
  const isLarge = tasks.some(({ large }) => large !== undefined);
  logger[isLarge ? "warn" : "info"]("sweep surveyed", { ...sweep, writes, of, isLarge });
}

const mostInABatch = 10;

/** Queues tasks as they are found, and says how many; what was found before an error is queued too. */
export async function queueAll(tasks: AsyncIterable<Task>, queue: TaskQueue): Promise<number> {
  let batch: Task[] = [];
  let count = 0;
  try {
    for await (const task of tasks) {
      batch.push(task);
      count += 1;
      if (batch.length < mostInABatch) continue;
      await queue.send(batch);
      batch = [];
    }
  } finally {
    await queue.send(batch);
  }
  return count;
}
