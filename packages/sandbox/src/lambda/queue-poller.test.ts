import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type Queue, send } from "../sqs/queue.ts";
import { createWorld } from "../world.ts";
import { type QueuePoller, type QueuePollerOptions, startQueuePoller } from "./queue-poller.ts";
import type { SqsEvent } from "./sqs-event.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lets time pass until the poller has nothing left to do, and stops it. */
async function finish(poller: QueuePoller): Promise<void> {
  const idle = poller.idle();
  await vi.advanceTimersByTimeAsync(600_000);
  await idle;
  await poller.stop();
}

const settings = { functionName: "remediate", timeoutMilliseconds: 1000 };

function makeQueue(name: string, more: Partial<Queue> = {}): Queue {
  return {
    arn: `arn:aws:sqs:us-east-1:111122223333:${name}`,
    name,
    url: `http://127.0.0.1/111122223333/${name}`,
    account: "111122223333",
    region: "us-east-1",
    fifo: true,
    createdAt: 0,
    contentBasedDeduplication: true,
    visibilityTimeoutSeconds: 30,
    delaySeconds: 0,
    waitSeconds: 0,
    attributes: {},
    messages: [],
    seen: new Map(),
    listeners: new Set(),
    nextSequence: 0,
    ...more,
  };
}

function setUp(handler: QueuePollerOptions["handler"], more: Partial<QueuePollerOptions> = {}) {
  const world = createWorld({
    account: "111122223333",
    region: "us-east-1",
    now: () => Date.now(),
  });
  const dead = makeQueue("dead.fifo");
  const redrive = { deadLetterTargetArn: dead.arn, maxReceiveCount: 3 };
  const queue = makeQueue("tasks.fifo", { redrive });
  world.queues.set(dead.arn, dead).set(queue.arn, queue);
  const poller = startQueuePoller({ world, queueArn: queue.arn, handler, settings, ...more });
  return { queue, dead, poller };
}

const bodiesOf = (event: SqsEvent) => event.Records.map(({ body }) => body);

test("messages are handed over and deleted when nothing is reported", async () => {
  const seen: SqsEvent[] = [];
  const { queue, poller } = setUp((event) => seen.push(event));
  send(
    queue,
    { body: "one", groupId: "g", attributes: { k: { DataType: "String", StringValue: "v" } } },
    Date.now(),
  );
  await finish(poller);
  expect(queue.messages).toEqual([]);
  expect(seen[0]?.Records).toMatchObject([
    {
      body: "one",
      eventSource: "aws:sqs",
      eventSourceARN: queue.arn,
      awsRegion: "us-east-1",
      attributes: { ApproximateReceiveCount: "1", MessageGroupId: "g" },
      messageAttributes: { k: { dataType: "String", stringValue: "v" } },
      md5OfBody: "f97c5d29941bfb1b2fdab0874906ab82",
    },
  ]);
});

test("only the reported messages come back, with a higher receive count", async () => {
  const seen: string[] = [];
  const { queue, poller } = setUp((event) => {
    seen.push(...event.Records.map((r) => `${r.body}:${r.attributes.ApproximateReceiveCount}`));
    const failed = event.Records.filter(
      (r) => r.body === "bad" && r.attributes.ApproximateReceiveCount === "1",
    );
    return { batchItemFailures: failed.map((r) => ({ itemIdentifier: r.messageId })) };
  });
  send(queue, { body: "good", groupId: "a" }, Date.now());
  send(queue, { body: "bad", groupId: "b" }, Date.now());
  await finish(poller);
  expect([...seen].sort()).toEqual(["bad:1", "bad:2", "good:1"]);
});

const failures: readonly [string, QueuePollerOptions["handler"]][] = [
  ["throws", () => Promise.reject(new Error("no"))],
  ["takes too long", () => new Promise(() => undefined)],
  [
    "reports a message that it did not get",
    () => ({ batchItemFailures: [{ itemIdentifier: "?" }] }),
  ],
  ["reports no identifier", () => ({ batchItemFailures: [{}] })],
  ["reports something that is no list", () => ({ batchItemFailures: "all" })],
];

test.each(failures)(
  "a function that %s sends its message to the dead-letter queue in the end",
  async (_title, handler) => {
    const { queue, dead, poller } = setUp(handler);
    send(queue, { body: "poison", groupId: "g" }, Date.now());
    await finish(poller);
    expect(dead.messages.map(({ body, receiveCount }) => [body, receiveCount])).toEqual([
      ["poison", 3],
    ]);
  },
);

test("errors are told", async () => {
  const told: unknown[] = [];
  const broken = new Error("broken");
  const { queue, poller } = setUp(() => Promise.reject(broken), { onError: (e) => told.push(e) });
  send(queue, { body: "x", groupId: "g" }, Date.now());
  await finish(poller);
  expect(told).toEqual([broken, broken, broken]);
});

test("groups run side by side, but a group never runs twice at the same time", async () => {
  const running = new Map<string, number>();
  let together = 0;
  let overlapped = false;
  const order: string[] = [];
  const { queue, poller } = setUp(
    async (event) => {
      const group = event.Records[0]?.attributes.MessageGroupId ?? "";
      running.set(group, (running.get(group) ?? 0) + 1);
      overlapped ||= (running.get(group) ?? 0) > 1;
      together = Math.max(together, [...running.values()].filter((n) => n > 0).length);
      order.push(...bodiesOf(event));
      await new Promise((resolve) => setTimeout(resolve, 10));
      running.set(group, (running.get(group) ?? 0) - 1);
    },
    { batchSize: 1, concurrency: 3 },
  );
  for (const body of ["a1", "b1", "c1", "a2", "b2", "c2"]) {
    send(queue, { body, groupId: body.charAt(0) }, Date.now());
  }
  await finish(poller);
  const ofA = order.filter((body) => body.startsWith("a"));
  expect({ together, overlapped, ofA, count: order.length }).toEqual({
    together: 3,
    overlapped: false,
    ofA: ["a1", "a2"],
    count: 6,
  });
});

test("after stop nothing is taken any more", async () => {
  const seen: unknown[] = [];
  const { queue, poller } = setUp((event) => seen.push(event));
  await poller.stop();
  send(queue, { body: "late", groupId: "g" }, Date.now());
  await vi.advanceTimersByTimeAsync(60_000);
  expect([seen, queue.messages.length]).toEqual([[], 1]);
});

test("a queue that does not exist is a mistake of the caller", () => {
  const world = createWorld({
    account: "111122223333",
    region: "us-east-1",
    now: () => Date.now(),
  });
  const start = () =>
    startQueuePoller({ world, queueArn: "arn:none", handler: () => undefined, settings });
  expect(start).toThrow("there is no queue arn:none to poll");
});
