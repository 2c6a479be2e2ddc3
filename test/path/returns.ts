import type { Sandbox } from "@bucket-warden/sandbox";
import type { Deployment } from "@bucket-warden/sandbox/deployment";

type Message = NonNullable<ReturnType<Sandbox["world"]["queues"]["get"]>>["messages"][number];

export interface Returns {
  /** Resolves when a task for this bucket next goes back to the queue. */
  readonly next: (bucket: string) => Promise<void>;
}

/** A task that is given back waits three seconds; one whose delivery died waits much longer. */
const longestRetryMilliseconds = 5_000;

/** Notices tasks that are given back to the queue, and shortens their wait. */
export function watchReturns(
  { world }: Sandbox,
  { resources }: Deployment,
  retryMilliseconds: number,
): Returns {
  const queue = world.queues.get(resources.taskQueueArn);
  if (queue === undefined) throw new Error("the task queue comes first");
  const deliveries = new Set<string>();
  const waiting = new Map<string, (() => void)[]>();
  const isNewlyReturned = ({ receiptHandle = "", visibleAt }: Message) => {
    const wait = visibleAt - world.now();
    const isWaiting = wait > retryMilliseconds && wait <= longestRetryMilliseconds;
    return receiptHandle !== "" && isWaiting && !deliveries.has(receiptHandle);
  };
  queue.listeners.add(() => {
    for (const message of queue.messages.filter(isNewlyReturned)) {
      deliveries.add(message.receiptHandle ?? "");
      message.visibleAt = world.now() + retryMilliseconds;
      for (const listener of [...queue.listeners]) listener();
      const bucket = (message.groupId ?? "").replace("arn:aws:s3:::", "");
      for (const resolve of waiting.get(bucket)?.splice(0) ?? []) resolve();
    }
  });
  return {
    next: (bucket) =>
      new Promise((resolve) => {
        waiting.set(bucket, [...(waiting.get(bucket) ?? []), resolve]);
      }),
  };
}
