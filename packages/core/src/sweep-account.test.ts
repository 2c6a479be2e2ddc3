import { beforeEach, describe, expect, test } from "vitest";
import { memoryTable } from "../../../test/ledger/memory-table.ts";
import { parseBaseline, printOf } from "./baseline/index.ts";
import type { Clock } from "./kernel/index.ts";
import {
  absent,
  type BucketRef,
  type Due,
  type LookOrder,
  parseAccountId,
  parseBucketName,
  parseRegion,
  resourceName,
} from "./model/index.ts";
import { ledgerIn, type SettledLook, type Survey, sweepsIn } from "./record/index.ts";
import { type Rest, type SliceTerms, sweepAccount } from "./sweep-account.ts";

const account = parseAccountId("111122223333", "test");
const region = parseRegion("eu-west-1", "test");

function bucketCalled(name: string): BucketRef {
  return { kind: "bucket", name: parseBucketName(name, "test"), account, region };
}

/** One look of an order. */
type Queued = Due & Omit<LookOrder, "looks">;

/** Everything around a sweep, with pages of two buckets. */
function world(count: number) {
  const buckets = Array.from({ length: count }, (_, place) => bucketCalled(`bucket-${place}`));
  const orders: LookOrder[] = [];
  const queued: Queued[] = [];
  const going: Survey[] = [];
  let now = Date.parse("2026-11-20T10:00:00Z");
  let breaksAt: string | undefined;
  const clock: Clock = { now: () => now, sleep: async () => {} };
  const table = memoryTable();
  const baseline = parseBaseline({ limits: { fullLookHours: 168 } }, "test");
  const ledger = ledgerIn(table);
  const ports = {
    directory: {
      regionsOf: () => [region] as const,
      pageOf: async (_: unknown, token = "0") => {
        if (token === breaksAt) throw new Error("the function died");
        const from = Number(token);
        const next = from + 2 < buckets.length ? { next: String(from + 2) } : {};
        return { buckets: buckets.slice(from, from + 2), ...next };
      },
    },
    looks: {
      send: async (some: readonly LookOrder[]) => {
        orders.push(...some);
        queued.push(...some.flatMap(({ looks, ...of }) => looks.map((due) => ({ ...of, ...due }))));
      },
    },
    ledger,
    reader: { read: async () => absent },
    sweeps: sweepsIn(table),
    setGoing: async (survey: Survey) => void going.push(survey),
    clock,
  };
  const run = (sweepId: string, { from, pages = 100, ...more }: Options = {}) => {
    let left = pages;
    const terms: SliceTerms = {
      baseline,
      kinds: new Set(["bucket", "account", "region"]),
      largeSweep: { buckets: 100, percent: 50 },
      remainingMilliseconds: () => {
        left -= 1;
        return left > 0 ? 900_000 : 1_000;
      },
      ...more,
    };
    return sweepAccount(
      { account, sweepId, ...(from === undefined ? {} : { from }) },
      terms,
      ports,
    );
  };
  return {
    ...{ run, orders, queued, going, ledger, buckets, baseline },
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    breakAt: (token: string | undefined) => {
      breaksAt = token;
    },
  };
}

interface Options extends Partial<SliceTerms> {
  readonly from?: Rest;
  /** How many pages there is time for. */
  readonly pages?: number;
}

function namesOf(looks: readonly Queued[]): readonly string[] {
  return looks.map(({ ref }) => resourceName(ref)).toSorted();
}

const own = [`account ${account}`, `account ${account} in ${region}`];
let it: ReturnType<typeof world>;
beforeEach(() => {
  it = world(7);
});

const many = { largeSweep: { buckets: 1, percent: 50 } };

describe("a sweep of an account", () => {
  test("queues the account, its Regions and every bucket", async () => {
    const end = await it.run("s-1");
    expect(end).toMatchObject({ kind: "ended", run: { queued: 9, sweepId: "s-1" } });
    expect(namesOf(it.queued)).toEqual([...own, ...it.buckets.map(({ name }) => name)]);
    expect(it.queued.every(({ survey }) => survey === undefined)).toBe(true);
  });

  test("leaves what there is no time for to another slice, which goes on from there", async () => {
    const first = await it.run("s-1", { ...many, pages: 2 });
    const rest = { token: "4", queued: 6, buckets: 4, skipped: 0 };
    expect(first).toMatchObject({ kind: "unfinished", rest });
    if (first.kind !== "unfinished") throw new Error("it is over");
    // The event went through JSON.
    const from: Rest = JSON.parse(JSON.stringify(first.rest));
    expect(await it.run("s-1", { from })).toMatchObject({ kind: "ended", run: { queued: 9 } });
    expect(namesOf(it.queued)).toEqual([...own, ...it.buckets.map(({ name }) => name)]);
  });

  test("orders looks at many resources together, all of one account and sweep", async () => {
    it = world(60);
    await it.run("s-1");
    expect(it.orders.map(({ looks }) => looks.length)).toEqual([2, 25, 25, 10]);
    const of = new Set(it.orders.map((order) => `${order.account} ${order.sweepId}`));
    expect(of).toEqual(new Set([`${account} s-1`]));
  });

  test("that died is done again, and its buckets are counted once", async () => {
    it.breakAt("4");
    await expect(it.run("s-1")).rejects.toThrow("the function died");
    it.breakAt(undefined);
    expect(await it.run("s-1")).toMatchObject({ kind: "ended", run: { queued: 9 } });
    expect(new Set(namesOf(it.queued)).size).toBe(9);
  });

  test("does not begin while another is under way, and does once that is over or dead", async () => {
    const first = await it.run("s-1", { ...many, pages: 1 });
    expect(await it.run("s-2")).toMatchObject({ kind: "held", by: { sweepId: "s-1" } });
    expect(it.queued).toHaveLength(4);
    if (first.kind !== "unfinished") throw new Error("it is over");
    await it.run("s-1", { from: first.rest });
    expect(await it.run("s-2", { ...many, pages: 1 })).toMatchObject({ kind: "unfinished" });
    it.wait(61 * 60_000);
    expect(await it.run("s-3")).toMatchObject({ kind: "ended" });
  });

  test("is about no buckets where no control is", async () => {
    await it.run("s-1", { kinds: new Set(["account"]) });
    expect(namesOf(it.queued)).toEqual([own[0]]);
  });
});

describe("a sweep that may be large", () => {
  const largeSweep = { buckets: 3, percent: 50 };
  const look = (sweepId: string, on: BucketRef, writes = true) => {
    const at = "2026-11-20T10:10:00.000Z";
    return it.ledger.surveys.note({ sweep: { account, sweepId }, on, writes, at });
  };

  test("looks at all buckets first, which are known once all are listed", async () => {
    const first = await it.run("s-1", { largeSweep, pages: 2 });
    if (first.kind !== "unfinished") throw new Error("it is over");
    // It is known with the second page, so that the first two went out together.
    expect(first.rest).toEqual({ token: "4", queued: 6, buckets: 4, skipped: 0 });
    for (const bucket of it.buckets) expect(await look("s-1", bucket)).toBeUndefined();
    await it.run("s-1", { from: first.rest, largeSweep });
    const surveyed = it.queued.filter(({ survey }) => survey === true);
    expect(namesOf(surveyed)).toEqual(it.buckets.map(({ name }) => name));
    expect(it.going).toMatchObject([{ writes: 7, of: 7, writers: it.buckets }]);
  });

  test("sets going what is written with its last look, where that comes later", async () => {
    await it.run("s-1", { largeSweep });
    expect(it.going).toEqual([]);
    const given: (Survey | undefined)[] = [];
    for (const [at, bucket] of it.buckets.entries())
      given.push(await look("s-1", bucket, at === 2));
    expect(given.at(-1)).toMatchObject({ writes: 1, of: 7 });
    expect(given.slice(0, -1).every((survey) => survey === undefined)).toBe(true);
  });

  test("sets going what the one before left", async () => {
    await it.run("s-1", { largeSweep });
    await look("s-1", bucketCalled("bucket-1"));
    await it.run("s-2", { largeSweep });
    expect(it.going).toMatchObject([{ sweep: { sweepId: "s-1" }, writes: 1, of: 1 }]);
  });

  test("is none where there are no more buckets than that", async () => {
    await it.run("s-1", { largeSweep: { buckets: 7, percent: 50 } });
    expect(it.queued.filter(({ survey }) => survey === true)).toEqual([]);
  });
});

describe("a sweep that knows buckets from before", () => {
  const release = "r-1";
  const startedAt = "2026-11-20T10:05:00.000Z";
  const settle = async (name: string, more: Partial<SettledLook> = {}) => {
    const { baseline } = it;
    const print = printOf({ baseline, release }, {}) ?? "";
    const look = { startedAt, print, unheard: [], ...more };
    await it.ledger.looks.settled(bucketCalled(name), look);
  };
  const bucketsIn = (looks: readonly Queued[]) =>
    namesOf(looks.filter(({ ref }) => ref.kind === "bucket"));

  beforeEach(async () => {
    await it.run("s-0", { release });
    it.queued.splice(0);
    it.wait(24 * 60 * 60_000);
  });

  test("leaves out those on which nothing can have changed, and never the account", async () => {
    for (const { name } of it.buckets.slice(1)) await settle(name);
    await it.ledger.looks.changed(bucketCalled("bucket-3"), "2026-11-20T12:00:00.000Z");
    await settle("bucket-4", { unheard: ["lastLog"] });
    const end = await it.run("s-1", { release });
    expect(end).toMatchObject({ kind: "ended", run: { queued: 5, skipped: 4 } });
    expect(namesOf(it.queued)).toEqual([...own, "bucket-0", "bucket-3", "bucket-4"]);
    const touched = it.queued.map(({ ref, touches }) => [resourceName(ref), touches]);
    expect(touched).toContainEqual(["bucket-3", "all"]);
    expect(touched).toContainEqual(["bucket-4", ["lastLog"]]);
  });

  test("looks at all of them where nobody says which release this is", async () => {
    for (const { name } of it.buckets) await settle(name);
    expect(await it.run("s-1")).toMatchObject({ run: { queued: 9, skipped: 0 } });
  });

  test("looks at all of them after a sweep by a baseline under which no change is noted", async () => {
    for (const { name } of it.buckets) await settle(name);
    await it.run("s-1", { release, baseline: parseBaseline({}, "test") });
    it.wait(24 * 60 * 60_000);
    expect(await it.run("s-2", { release })).toMatchObject({ run: { queued: 9, skipped: 0 } });
    it.wait(24 * 60 * 60_000);
    for (const { name } of it.buckets)
      await settle(name, { startedAt: "2026-11-22T10:05:00.000Z" });
    expect(await it.run("s-3", { release })).toMatchObject({ run: { queued: 2, skipped: 7 } });
  });

  test("counts those that it left out in each slice, and as looked at where it may be large", async () => {
    for (const { name } of it.buckets.slice(0, 3)) await settle(name);
    const first = await it.run("s-1", { release, ...many, pages: 1 });
    expect(first).toMatchObject({ rest: { token: "2", queued: 2, buckets: 0, skipped: 2 } });
    if (first.kind !== "unfinished") throw new Error("it is over");
    await it.run("s-1", { release, ...many, from: first.rest });
    expect(bucketsIn(it.queued)).toEqual(["bucket-3", "bucket-4", "bucket-5", "bucket-6"]);
    expect(it.queued.filter(({ survey }) => survey).length).toBe(4);
    const looks = it.queued.filter(({ survey }) => survey === true);
    const sweep = { account, sweepId: "s-1" };
    for (const { ref } of looks.slice(1)) {
      if (ref.kind === "bucket") {
        await it.ledger.surveys.note({ sweep, on: ref, writes: false, at: startedAt });
      }
    }
    const [last] = looks;
    if (last?.ref.kind !== "bucket") throw new Error("there is one");
    const noted = await it.ledger.surveys.note({
      sweep,
      on: last.ref,
      writes: true,
      at: startedAt,
    });
    expect(noted).toMatchObject({ writes: 1, of: 7 });
  });

  test("that is done again queues what it looked at itself meanwhile", async () => {
    await it.run("s-1", { release, ...many });
    for (const { name } of it.buckets)
      await settle(name, { startedAt: "2026-11-21T10:00:01.000Z" });
    const again = await it.run("s-1", { release, ...many });
    expect(again).toMatchObject({ run: { queued: 9, skipped: 0 } });
  });
});
