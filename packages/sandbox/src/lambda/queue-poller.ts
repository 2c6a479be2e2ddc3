import { type Message, nextVisibleAt, type Queue, receive, remove } from "../sqs/queue.ts";
import { deadLettersOf } from "../sqs/queues.ts";
import type { World } from "../world.ts";
import { type FunctionSettings, invokeLambda, type LambdaHandler } from "./host.ts";
import { type SqsEvent, sqsEventOf } from "./sqs-event.ts";

/** An event source mapping: one queue, one function. */
export interface QueuePollerOptions {
  readonly world: World;
  readonly queueArn: string;
  readonly handler: LambdaHandler<SqsEvent, unknown>;
  readonly settings: FunctionSettings;
  /** At most this many messages per invocation; 10 when left out. */
  readonly batchSize?: number;
  /** Invocations at the same time; 2 when left out, which is also Lambda's minimum. */
  readonly concurrency?: number;
  /** Hears of an invocation that threw or timed out. */
  readonly onError?: (error: unknown) => void;
}

export interface QueuePoller {
  /** Resolves when the queue is empty and nothing is in flight. */
  readonly idle: () => Promise<void>;
  /** Takes no further messages, and resolves when those in flight are done. */
  readonly stop: () => Promise<void>;
}

/**
 * Polls a queue inside the world and invokes the function with what it finds. Messages that the
 * function does not report as failed are deleted; the others come back after the visibility timeout.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
export function startQueuePoller(options: QueuePollerOptions): QueuePoller {
  const queue = queueOf(options);
  const running = new Set<Promise<void>>();
  const waiting = new Set<() => void>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  const settle = () => {
    if (running.size > 0 || (queue.messages.length > 0 && !isStopped)) return;
    for (const resolve of [...waiting]) resolve();
    waiting.clear();
  };
  const start = (messages: readonly Message[]) => {
    const run = invoke(options, queue, messages).finally(() => {
      running.delete(run);
      poll();
      settle();
    });
    running.add(run);
  };
  const poll = () => {
    clearTimeout(timer);
    while (!isStopped && running.size < (options.concurrency ?? 2)) {
      const messages = take(options, queue);
      if (messages.length === 0) break;
      start(messages);
    }
    if (!isStopped) timer = wakeAtNextVisible(options.world, queue, poll);
    settle();
  };
  const drained = () =>
    new Promise<void>((resolve) => {
      waiting.add(resolve);
      settle();
    });

  queue.listeners.add(poll);
  poll();
  return {
    idle: drained,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      queue.listeners.delete(poll);
      return drained();
    },
  };
}

function queueOf({ world, queueArn }: QueuePollerOptions): Queue {
  const queue = world.queues.get(queueArn);
  if (queue === undefined) throw new Error(`there is no queue ${queueArn} to poll`);
  return queue;
}

function take({ world, batchSize = 10 }: QueuePollerOptions, queue: Queue): readonly Message[] {
  return receive(queue, { now: world.now(), limit: batchSize }, deadLettersOf(queue, world));
}

/** Hidden messages come back by time alone, so somebody has to look again then. */
function wakeAtNextVisible(
  world: World,
  queue: Queue,
  poll: () => void,
): NodeJS.Timeout | undefined {
  const next = nextVisibleAt(queue, world.now());
  return next === undefined ? undefined : setTimeout(poll, next - world.now() + 1).unref();
}

async function invoke(
  { handler, settings, onError }: QueuePollerOptions,
  queue: Queue,
  messages: readonly Message[],
): Promise<void> {
  try {
    const result = await invokeLambda(handler, sqsEventOf(queue, messages), settings);
    const failed = failedIn(result, messages);
    for (const { id, receiptHandle } of messages) {
      if (receiptHandle !== undefined && !failed.has(id)) remove(queue, receiptHandle);
    }
  } catch (error) {
    onError?.(error);
  }
}

/**
 * The ids of the messages that the function reports as failed. An answer that Lambda cannot read, or
 * an id that is not in the batch, makes the whole batch fail.
 */
function failedIn(result: unknown, messages: readonly Message[]): ReadonlySet<string> {
  const all = new Set(messages.map(({ id }) => id));
  if (typeof result !== "object" || result === null || !("batchItemFailures" in result)) {
    return new Set();
  }
  const list: unknown = result.batchItemFailures;
  if (list === null || list === undefined) return new Set();
  if (!Array.isArray(list)) return all;
  const ids = list.map(identifierOf);
  return ids.every((id) => id !== undefined && all.has(id)) ? new Set(ids.map(String)) : all;
}

function identifierOf(item: unknown): string | undefined {
  if (typeof item !== "object" || item === null || !("itemIdentifier" in item)) return undefined;
  return typeof item.itemIdentifier === "string" ? item.itemIdentifier : undefined;
}
