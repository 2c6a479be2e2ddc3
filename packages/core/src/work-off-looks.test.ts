import { beforeEach, describe, expect, test } from "vitest";
import { virtualTime } from "../../../test/arbitraries/virtual-time.ts";
import { memoryTable } from "../../../test/ledger/memory-table.ts";
import { parseBaseline } from "./baseline/index.ts";
import { controls } from "./controls/index.ts";
import {
  absent,
  type Due,
  type LookOrder,
  parseAccountId,
  parseBucketName,
  parseRegion,
  present,
  type Reading,
  type ResourceRef,
  resourceName,
  type Task,
} from "./model/index.ts";
import type { Reader } from "./observe/index.ts";
import { type Ports, reconcile } from "./reconcile.ts";
import { ledgerIn, type Survey } from "./record/index.ts";
import { taskOfSweep } from "./resolve/index.ts";
import { createGate } from "./sweep/index.ts";
import { type LookingPorts, workOffLooks } from "./work-off-looks.ts";

const account = parseAccountId("111122223333", "test");
const region = parseRegion("eu-west-1", "test");
const off = Object.fromEntries(controls.map(({ id }) => [id, { mode: "off" }]));
const baseline = parseBaseline({ ...off, versioning: { mode: "alert" } }, "test");

const looks = Array.from({ length: 5 }, (_, place): Due => {
  const name = parseBucketName(`bucket-${place}`, "test");
  return { ref: { kind: "bucket", name, account, region }, touches: "all" };
});
const order: LookOrder = { account, sweepId: "s-1", looks };

const enabled = present({ status: "enabled", mfaDelete: "disabled" } as const);
const suspended = present({ status: "suspended", mfaDelete: "disabled" } as const);

/** Buckets whose versioning is on, as people know, until `versioning` says something else of one. */
function world() {
  const time = virtualTime();
  const versioning = new Map<string, () => Promise<Reading<unknown>>>();
  const read = async (facet: string, on: ResourceRef): Promise<Reading<unknown>> => {
    await time.sleep(30);
    if (facet !== "versioning") return absent;
    return (await versioning.get(resourceName(on))?.()) ?? enabled;
  };
  // Tests say what a facet holds; the compiler does not see which one.
  const reader = { read } as Reader;
  const ledger = ledgerIn(memoryTable());
  const sent = { tasks: [] as Task[], orders: [] as LookOrder[], going: [] as Survey[] };
  const ports: LookingPorts = {
    ...{ reader, ledger, clock: time },
    gate: createGate({ most: 4, isThrottled: () => false }),
    queue: { send: async (tasks) => void sent.tasks.push(...tasks) },
    looks: { send: async (orders) => void sent.orders.push(...orders) },
    setGoing: async (survey) => void sent.going.push(survey),
  };
  // Nothing here is written, and nobody asks who did what.
  const unused = {} as Pick<Ports, "writer" | "history" | "accessLogs">;
  const stopSwitch: Ports["stopSwitch"] = { read: async () => absent };
  const channel: Ports["channel"] = { publish: async () => {} };
  const known = async () => {
    for (const due of looks) {
      const task = taskOfSweep(due, "s-0", false);
      const all = { ...unused, reader, ledger, stopSwitch, channel, clock: time };
      await reconcile(task, { baseline, attempt: 1, retrySeconds: 0 }, all);
    }
  };
  const work = (it: LookOrder = order, signal = new AbortController().signal) =>
    time.run(workOffLooks(it, { baseline, most: 4, signal }, ports));
  return { ...{ ports, ledger, time, versioning, sent, work }, known: () => time.run(known()) };
}

let it: ReturnType<typeof world>;
beforeEach(async () => {
  it = world();
  await it.known();
});

const names = (some: readonly Pick<Due, "ref">[]) =>
  some.map(({ ref }) => resourceName(ref)).toSorted();
const tasked = () => names(it.sent.tasks);

describe("looks of a sweep", () => {
  test("that find nothing to do leave nothing to do", async () => {
    const end = await it.work();
    expect(names(end.settled)).toEqual(names(looks));
    expect(it.sent).toEqual({ tasks: [], orders: [], going: [] });
  });

  test.each([
    { name: "something wrong", reading: suspended },
    {
      name: "something unreadable",
      reading: { state: "unknown", reason: "denied", detail: "no" } as const,
    },
    { name: "a bucket gone", reading: { state: "unknown", reason: "gone", detail: "no" } as const },
  ])("that find $name make just the task that a sweep has for it", async ({ reading }) => {
    it.versioning.set("bucket-2", async () => reading);
    const { settled, forwarded } = await it.work({ ...order, survey: true });
    expect([settled.length, names(forwarded)]).toEqual([4, ["bucket-2"]]);
    const [, , bucket] = looks;
    expect(it.sent.tasks).toEqual(bucket === undefined ? [] : [taskOfSweep(bucket, "s-1", true)]);
  });

  test("that find what nobody knows yet make a task, so that it is known", async () => {
    it = world();
    await it.work();
    expect(tasked()).toEqual(names(looks));
  });

  test("that fail make a task, and the others are done", async () => {
    it.versioning.set("bucket-0", async () => {
      throw new Error("a bug");
    });
    const { settled } = await it.work();
    expect([settled.length, tasked()]).toEqual([4, ["bucket-0"]]);
  });

  test("that would take too long are ordered anew, in a smaller order", async () => {
    const end = new AbortController();
    it.versioning.set("bucket-4", async () => {
      await it.time.sleep(600_000);
      return enabled;
    });
    void it.time.sleep(1_000).then(() => end.abort());
    const { settled, left } = await it.work({ ...order, survey: true }, end.signal);
    expect(names(left)).toEqual(["bucket-4"]);
    expect(it.sent.orders).toEqual([{ ...order, looks: left, survey: true }]);
    expect([settled.length, it.sent.tasks]).toEqual([4, []]);
  });

  test("of which none ends in time become tasks, and are not ordered for ever", async () => {
    const end = new AbortController();
    end.abort();
    const { forwarded } = await it.work(order, end.signal);
    expect(names(forwarded)).toEqual(names(looks));
    expect([tasked(), it.sent.orders]).toEqual([names(looks), []]);
  });

  test("are counted by their survey, and the last of them sets it going, once", async () => {
    const sweep = { account, sweepId: "s-1" };
    await it.ledger.surveys.expect(sweep, { looks: 5, skipped: 0 }, "2026-11-20T10:00:00.000Z");
    const survey = { ...order, survey: true } as const;
    await it.work({ ...survey, looks: looks.slice(0, 3) });
    await it.work({ ...survey, looks: looks.slice(0, 3) }); // delivered again
    expect(it.sent.going).toEqual([]);
    await it.work({ ...survey, looks: looks.slice(3) });
    expect(it.sent.going).toEqual([{ sweep, writers: [], writes: 0, of: 5 }]);
  });

  test("whose queue takes nothing throw, so that the order is delivered again", async () => {
    const queue = {
      send: async () => {
        throw new Error("the queue is away");
      },
    };
    const { ports, time } = it;
    const terms = { baseline, most: 4, signal: new AbortController().signal };
    const work = workOffLooks(order, terms, { ...ports, queue });
    await expect(time.run(work)).rejects.toThrow("the queue is away");
  });
});
