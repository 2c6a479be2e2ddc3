import { isLogTarget, settingsFor } from "@bucket-warden/core/baseline";
import { type Control, targetsOf } from "@bucket-warden/core/controls";
import type { Task } from "@bucket-warden/core/model";
import type { Field, TaskQueue } from "@bucket-warden/core/resolve";
import type { Wiring } from "./wiring.ts";

/** Where a trigger is resolved, for what these controls are about. */
export function fieldFor(controls: readonly Control[], { directory, environment }: Wiring): Field {
  return {
    directory,
    kinds: targetsOf(controls),
    isLogTarget: (ref) => isLogTarget(ref, settingsFor(environment.baseline, ref)),
  };
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
