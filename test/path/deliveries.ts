import type { Sandbox } from "@bucket-warden/sandbox";
import type { Deployment } from "@bucket-warden/sandbox/deployment";

type Message = NonNullable<ReturnType<Sandbox["world"]["queues"]["get"]>>["messages"][number];

export interface Deliveries {
  /** Resolves when a task for this bucket next goes back to the queue. */
  readonly returned: (bucket: string) => Promise<void>;
  /** Resolves when no task for this bucket is left. */
  readonly done: (bucket: string) => Promise<void>;
}

/** Tasks that are given back wait for seconds; one that is being worked on is hidden for a minute. */
const longestRetryMilliseconds = 30_000;

/** Follows the tasks, and shortens the wait of those that are given back to the queue. */
export function followDeliveries(
  { world }: Sandbox,
  { resources }: Deployment,
  retryMilliseconds: number,
): Deliveries {
  const queue = world.queues.get(resources.taskQueueArn);
  if (queue === undefined) throw new Error("the task queue comes first");
  const seen = new Set<string>();
  const isNewlyReturned = ({ receiptHandle = "", visibleAt }: Message) => {
    const wait = visibleAt - world.now();
    const isWaiting = wait > retryMilliseconds && wait <= longestRetryMilliseconds;
    return receiptHandle !== "" && isWaiting && !seen.has(receiptHandle);
  };
  const returns = createWaiting();
  const ends = createWaiting();
  queue.listeners.add(() => {
    for (const message of queue.messages.filter(isNewlyReturned)) {
      seen.add(message.receiptHandle ?? "");
      message.visibleAt = world.now() + retryMilliseconds;
      for (const listener of [...queue.listeners]) listener();
      returns.release(bucketOf(message));
    }
    const left = new Set(queue.messages.map(bucketOf));
    for (const bucket of ends.buckets()) if (!left.has(bucket)) ends.release(bucket);
  });
  return {
    returned: returns.wait,
    done: async (bucket) => {
      if (queue.messages.some((message) => bucketOf(message) === bucket)) await ends.wait(bucket);
    },
  };
}

function bucketOf({ groupId = "" }: Message): string {
  return groupId.replace("arn:aws:s3:::", "");
}

/** Those who wait for something to happen to a bucket. */
function createWaiting() {
  const waiting = new Map<string, (() => void)[]>();
  return {
    wait: (bucket: string) =>
      new Promise<void>((resolve) => {
        waiting.set(bucket, [...(waiting.get(bucket) ?? []), resolve]);
      }),
    release: (bucket: string) => {
      const released = waiting.get(bucket) ?? [];
      waiting.delete(bucket);
      for (const resolve of released) resolve();
    },
    buckets: () => [...waiting.keys()],
  };
}
