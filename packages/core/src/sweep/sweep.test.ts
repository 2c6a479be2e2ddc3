import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { virtualTime } from "../../../../test/arbitraries/virtual-time.ts";
import { parseAccountId, parseBucketName, parseRegion, type ResourceRef } from "../model/ref.ts";
import { createGate } from "./gate.ts";
import { laneOf } from "./lane.ts";
import { type Source, type SweepTerms, type Swept, sweep } from "./sweep.ts";

const regions = ["eu-west-1", "us-east-1", "ap-south-1"];

/** Account `number` has this many buckets, which are in three Regions in turn. */
function refsOf(number: number, count: number): readonly ResourceRef[] {
  const account = parseAccountId(String(number).padStart(12, "0"), "test");
  return Array.from({ length: count }, (_, place) => ({
    kind: "bucket",
    name: parseBucketName(`bucket-${number}-${place}`, "test"),
    account,
    region: parseRegion(regions[place % regions.length] ?? "", "test"),
  }));
}

interface Seen {
  readonly on: ResourceRef;
  readonly isThrottled: boolean;
}

interface World {
  readonly sizes: readonly number[];
  readonly most: number;
  /** How long each look takes. */
  readonly latency?: (on: ResourceRef) => number;
  readonly isThrottled?: (on: ResourceRef, times: number) => boolean;
  /** How long the one who takes the answers is busy with each. */
  readonly slowness?: number;
  /** The account that cannot be listed beyond its first bucket. */
  readonly broken?: number;
  readonly signal?: AbortSignal;
}

/** Sweeps a world to its end, and says what was seen on the way. */
async function run(world: World) {
  const { sizes, most, latency = () => 30, isThrottled = () => false, slowness = 0 } = world;
  const time = virtualTime();
  const looks = new Map<string, number>();
  const pulled = new Map<string, number>();
  const answers: Swept<Seen>[] = [];
  const seen = { underWay: 0, highest: 0, furthestAhead: 0 };
  const nameOf = (on: ResourceRef) => (on.kind === "bucket" ? on.name : on.account);
  const source = (size: number, number: number): Source => {
    const refs = refsOf(number, size);
    const account = parseAccountId(String(number).padStart(12, "0"), "test");
    const resources = (async function* () {
      for (const [place, ref] of refs.entries()) {
        if (number === world.broken && place === 1) throw new Error("AccessDenied: no list");
        const before = answers.filter(
          (it) => it.kind === "looked" && it.look.on.account === account,
        );
        pulled.set(account, place + 1);
        seen.furthestAhead = Math.max(seen.furthestAhead, place + 1 - before.length);
        yield ref;
      }
    })();
    return { account, resources };
  };
  const terms: SweepTerms<Seen> = {
    most,
    clock: time,
    gate: createGate({ most, isThrottled: () => false }),
    isThrottled: (look) => look.isThrottled,
    look: async (on) => {
      const times = (looks.get(nameOf(on)) ?? 0) + 1;
      looks.set(nameOf(on), times);
      seen.underWay += 1;
      seen.highest = Math.max(seen.highest, seen.underWay);
      await time.sleep(latency(on));
      seen.underWay -= 1;
      return { on, isThrottled: isThrottled(on, times) };
    },
    ...(world.signal === undefined ? {} : { signal: world.signal }),
  };
  const work = async () => {
    for await (const answer of sweep(sizes.map(source), terms)) {
      answers.push(answer);
      if (slowness > 0) await time.sleep(slowness);
    }
  };
  await time.run(work());
  const names = answers.flatMap((it) => (it.kind === "looked" ? [nameOf(it.look.on)] : []));
  return { answers, names, looks, pulled, seen, milliseconds: time.now() };
}

const worlds = fc.record({
  sizes: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 25 }),
  most: fc.integer({ min: 1, max: 12 }),
  slowness: fc.constantFrom(0, 50),
  seed: fc.integer({ min: 1, max: 1_000 }),
});

describe("a sweep", () => {
  test("looks at everything once, with no more looks at once and no longer a list than it may", async () => {
    const law = fc.asyncProperty(worlds, async ({ seed, ...world }) => {
      const latency = (on: ResourceRef) => 10 + ((seed * laneOf(on).length * 7) % 90);
      const { names, seen } = await run({ ...world, latency });
      const all = world.sizes.flatMap((size, number) => refsOf(number, size));
      expect(names.toSorted()).toEqual(all.map((it) => it.kind === "bucket" && it.name).toSorted());
      expect(seen.highest).toBeLessThanOrEqual(world.most);
      expect(seen.furthestAhead).toBeLessThanOrEqual(3 * world.most + 1);
    });
    await fc.assert(law, { numRuns: 40 });
  });

  test("keeps as many looks under way as it may, to the end", async () => {
    const { milliseconds } = await run({ sizes: [640], most: 64 });
    expect(milliseconds).toBe(300);
  });

  test("gives every account its share from the beginning", async () => {
    const { answers } = await run({ sizes: [400, 30, 30, 30], most: 8 });
    const first = answers.slice(0, 120).map((it) => it.kind === "looked" && it.look.on.account);
    const counts = Map.groupBy(first, (account) => account);
    expect(counts.size).toBe(4);
    for (const { length } of counts.values()) expect(Math.abs(length - 30)).toBeLessThanOrEqual(8);
  });

  test("opens the next account when one is done, and not a thousand at once", async () => {
    const { answers, pulled } = await run({
      sizes: Array.from({ length: 1_000 }, () => 2),
      most: 4,
    });
    expect(answers).toHaveLength(2_000);
    expect(pulled.size).toBe(1_000);
    const order = answers.map((it) => (it.kind === "looked" ? Number(it.look.on.account) : -1));
    // None is answered while one is open that comes more than a window before it.
    expect(order.every((number, place) => number <= place / 2 + 16)).toBe(true);
  });

  test("repeats what was throttled twice, after a pause, and then says so", async () => {
    const isBad = (on: ResourceRef) => on.kind === "bucket" && on.name === "bucket-0-1";
    const { answers, looks, milliseconds } = await run({
      sizes: [3],
      most: 2,
      isThrottled: (on) => isBad(on),
    });
    expect(looks).toEqual(
      new Map([
        ["bucket-0-0", 1],
        ["bucket-0-1", 3],
        ["bucket-0-2", 1],
      ]),
    );
    expect(answers).toHaveLength(3);
    expect(answers.at(-1)).toMatchObject({ look: { isThrottled: true } });
    expect(milliseconds).toBe(30 + 1_000 + 30 + 2_000 + 30);
  });

  test("forgets that it was throttled once it was not", async () => {
    const { answers, looks } = await run({
      sizes: [20],
      most: 4,
      isThrottled: (_, times) => times === 1,
    });
    expect(new Set(looks.values())).toEqual(new Set([2]));
    const isLeft = answers.some((it) => it.kind === "looked" && it.look.isThrottled);
    expect({ isLeft, count: answers.length }).toEqual({ isLeft: false, count: 20 });
  });

  test("says which account cannot be listed, and goes on with what it has and with the others", async () => {
    const { answers, names } = await run({ sizes: [5, 5, 5], most: 3, broken: 1 });
    expect(names).toHaveLength(11);
    expect(answers.filter(({ kind }) => kind === "unlooked")).toEqual([
      { kind: "unlooked", account: "000000000001", why: "AccessDenied: no list" },
    ]);
  });

  test("begins nothing more once it is ended", async () => {
    const end = new AbortController();
    const isFirst = (on: ResourceRef) => on.kind === "bucket" && on.name === "bucket-0-0";
    const { names, looks } = await run({
      sizes: [100],
      most: 4,
      signal: end.signal,
      latency: (on) => (isFirst(on) ? 10 : 30),
      isThrottled: (on) => {
        if (!isFirst(on)) end.abort();
        return false;
      },
    });
    expect(names).toEqual(["bucket-0-0"]);
    expect(looks.size).toBe(5);
  });

  test("throws what a look throws", async () => {
    const latency = () => {
      throw new Error("a bug");
    };
    await expect(run({ sizes: [10], most: 2, latency })).rejects.toThrow("a bug");
  });

  test("lets go of every listing when whoever takes the answers has had enough", async () => {
    const closed: string[] = [];
    const account = parseAccountId("000000000000", "test");
    const resources = (async function* () {
      try {
        yield* refsOf(0, 100);
      } finally {
        closed.push(account);
      }
    })();
    const gate = createGate({ most: 2, isThrottled: () => false });
    const terms = { most: 2, gate, clock: virtualTime(), isThrottled: () => false };
    for await (const _ of sweep([{ account, resources }], { ...terms, look: async () => 1 })) break;
    await Promise.resolve();
    expect(closed).toEqual([account]);
  });
});
