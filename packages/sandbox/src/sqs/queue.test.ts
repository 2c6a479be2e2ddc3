import fc from "fast-check";
import { expect, test } from "vitest";
import {
  changeVisibility,
  nextVisibleAt,
  type Queue,
  receive,
  remove,
  send,
  systemAttributesOf,
} from "./queue.ts";

function queue(more: Partial<Queue> = {}): Queue {
  return {
    arn: "arn:aws:sqs:us-east-1:111122223333:q.fifo",
    name: "q.fifo",
    url: "http://127.0.0.1/111122223333/q.fifo",
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

const bodies = (messages: readonly { readonly body: string }[]) => messages.map(({ body }) => body);
const take = (from: Queue, now: number, limit = 10) => receive(from, { now, limit }, undefined);

test("a group comes in order, and is blocked while one of it is in flight", () => {
  const q = queue();
  for (const body of ["a1", "a2", "a3"]) send(q, { body, groupId: "a" }, 0);
  send(q, { body: "b1", groupId: "b" }, 0);
  const first = take(q, 0, 1);
  const meanwhile = take(q, 1);
  const later = take(q, 30_000);
  expect([bodies(first), bodies(meanwhile), bodies(later)]).toEqual([
    ["a1"],
    ["b1"],
    ["a1", "a2", "a3"],
  ]);
});

test("deleting the message in flight opens its group", () => {
  const q = queue();
  for (const body of ["a1", "a2"]) send(q, { body, groupId: "a" }, 0);
  const [first] = take(q, 0, 1);
  expect(remove(q, first?.receiptHandle ?? "")).toBe(true);
  expect(bodies(take(q, 1))).toEqual(["a2"]);
});

test("the handle of an earlier receive deletes nothing", () => {
  const q = queue();
  send(q, { body: "a1", groupId: "a" }, 0);
  const stale = take(q, 0)[0]?.receiptHandle ?? "";
  take(q, 30_000);
  expect([remove(q, stale), q.messages.length]).toEqual([false, 1]);
});

test("a duplicate within five minutes is dropped, also after the first was deleted", () => {
  const q = queue();
  const first = send(q, { body: "same", groupId: "a" }, 0);
  remove(q, take(q, 0)[0]?.receiptHandle ?? "");
  const second = send(q, { body: "same", groupId: "a" }, 299_999);
  const third = send(q, { body: "same", groupId: "a" }, 300_000);
  expect([second.id === first.id, third.id === first.id, bodies(q.messages)]).toEqual([
    true,
    false,
    ["same"],
  ]);
});

test("an explicit deduplication id decides instead of the body", () => {
  const q = queue();
  send(q, { body: "one", groupId: "a", deduplicationId: "x" }, 0);
  send(q, { body: "two", groupId: "a", deduplicationId: "x" }, 0);
  send(q, { body: "one", groupId: "a", deduplicationId: "y" }, 0);
  expect(bodies(q.messages)).toEqual(["one", "one"]);
});

test("a message that was received too often goes to the dead-letter queue", () => {
  const dead = queue({ name: "dead.fifo" });
  const q = queue({ redrive: { deadLetterTargetArn: dead.arn, maxReceiveCount: 2 } });
  send(q, { body: "poison", groupId: "a" }, 0);
  const tries = [0, 30_000, 60_000].map((now) => bodies(receive(q, { now, limit: 10 }, dead)));
  expect([tries, bodies(q.messages), bodies(dead.messages)]).toEqual([
    [["poison"], ["poison"], []],
    [],
    ["poison"],
  ]);
});

test("a standard queue blocks no group", () => {
  const q = queue({ fifo: false });
  for (const body of ["1", "2"]) send(q, { body, groupId: "a" }, 0);
  expect([bodies(take(q, 0, 1)), bodies(take(q, 0, 1))]).toEqual([["1"], ["2"]]);
});

test("visibility can be given back at once", () => {
  const q = queue();
  send(q, { body: "a1", groupId: "a" }, 0);
  const [message] = take(q, 0);
  expect(nextVisibleAt(q, 0)).toBe(30_000);
  expect(changeVisibility(q, message?.receiptHandle ?? "", 5)).toBe(true);
  expect(bodies(take(q, 5))).toEqual(["a1"]);
});

test("a delayed message holds back the rest of its group", () => {
  const q = queue();
  send(q, { body: "late", groupId: "a", delaySeconds: 10 }, 0);
  send(q, { body: "next", groupId: "a" }, 0);
  expect([bodies(take(q, 0)), bodies(take(q, 10_000))]).toEqual([[], ["late", "next"]]);
});

test("a received message carries the attributes of SQS", () => {
  const q = queue();
  send(q, { body: "a1", groupId: "a", deduplicationId: "d" }, 7);
  const [message] = take(q, 9);
  expect(message === undefined ? undefined : systemAttributesOf(message)).toEqual({
    SenderId: "111122223333",
    SentTimestamp: "7",
    ApproximateReceiveCount: "1",
    ApproximateFirstReceiveTimestamp: "9",
    SequenceNumber: "18870000000000000256",
    MessageGroupId: "a",
    MessageDeduplicationId: "d",
  });
});

interface Step {
  readonly group: string;
  readonly act: "send" | "receive" | "delete";
  readonly wait: number;
}

/** Plays the steps; answers what was deleted, which is what a consumer finished, in that order. */
function play(steps: readonly Step[]): readonly { group: string; sent: number }[] {
  const q = queue();
  let now = 0;
  return steps.flatMap(({ group, act, wait }, index) => {
    now += wait;
    if (act === "send") send(q, { body: String(index), groupId: group }, now);
    if (act === "receive") take(q, now, 2);
    if (act !== "delete") return [];
    const inFlight = q.messages.find((m) => m.groupId === group && m.visibleAt > now);
    remove(q, inFlight?.receiptHandle ?? "");
    return inFlight === undefined ? [] : [{ group, sent: Number(inFlight.body) }];
  });
}

test("whatever is sent, received and deleted, a group is finished in the order in which it was sent", () => {
  const step: fc.Arbitrary<Step> = fc.record({
    group: fc.constantFrom("a", "b", "c"),
    act: fc.constantFrom("send", "receive", "delete"),
    wait: fc.integer({ min: 0, max: 20_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const finished = play(steps);
      for (const group of ["a", "b", "c"]) {
        const sent = finished.filter((item) => item.group === group).map((item) => item.sent);
        expect(sent).toEqual([...sent].sort((x, y) => x - y));
      }
    }),
  );
});
