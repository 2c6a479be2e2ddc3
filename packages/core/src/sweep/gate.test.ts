import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { virtualTime } from "../../../../test/arbitraries/virtual-time.ts";
import { createGate } from "./gate.ts";

const tooMuch = new Error("SlowDown");
const isThrottled = (error: unknown) => error === tooMuch;

/** A service that takes so many requests at once in each lane and answers each after 30 ms. */
function service(time: ReturnType<typeof virtualTime>, capacity: () => number) {
  const inFlight = new Map<string, number>();
  const seen = { served: 0, refused: 0, highest: 0 };
  const call = async (lane: string): Promise<void> => {
    const now = (inFlight.get(lane) ?? 0) + 1;
    inFlight.set(lane, now);
    seen.highest = Math.max(
      seen.highest,
      [...inFlight.values()].reduce((sum, it) => sum + it, 0),
    );
    const isRefused = now > capacity();
    await time.sleep(30);
    inFlight.set(lane, (inFlight.get(lane) ?? 0) - 1);
    seen[isRefused ? "refused" : "served"] += 1;
    if (isRefused) throw tooMuch;
  };
  return { call, seen };
}

describe("a gate", () => {
  test("never lets more in than it may, and everybody once", async () => {
    const lanes = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 60 });
    const run = fc.asyncProperty(lanes, fc.integer({ min: 1, max: 12 }), async (asked, most) => {
      const time = virtualTime();
      const { call, seen } = service(time, () => Number.POSITIVE_INFINITY);
      const gate = createGate({ most, isThrottled });
      await time.run(Promise.all(asked.map((lane) => gate.pass(lane, () => call(lane)))));
      expect(seen.served).toBe(asked.length);
      expect(seen.highest).toBe(Math.min(most, asked.length));
      expect(time.now()).toBe(30 * Math.ceil(asked.length / most));
    });
    await fc.assert(run, { numRuns: 40 });
  });

  test("lets lanes take turns, so that a long one does not keep a short one waiting", async () => {
    const time = virtualTime();
    const gate = createGate({ most: 2, isThrottled });
    const order: string[] = [];
    const ask = (lane: string) =>
      gate.pass(lane, async () => {
        order.push(lane);
        await time.sleep(30);
      });
    const all = [..."llllllll"].map(ask);
    await time.run(Promise.all([...all, ...[..."ss"].map(ask)]));
    expect(order.join("")).toBe("lllslsllll");
  });

  test("finds what a lane takes, wastes little on more, and leaves other lanes alone", async () => {
    const time = virtualTime();
    const { call, seen } = service(time, () => 10);
    const gate = createGate({ most: 64, isThrottled });
    const untilServed = async (): Promise<void> => {
      await gate.pass("slow", () => call("slow")).catch(untilServed);
    };
    await time.run(Promise.all(Array.from({ length: 5_000 }, untilServed)));
    expect(seen.served).toBe(5_000);
    expect(seen.refused / seen.served).toBeLessThan(0.09);
    const least = (30 * 5_000) / 10;
    expect(time.now()).toBeLessThan(least * 1.5);
    expect(gate.limitOf("slow")).toBeLessThanOrEqual(20);
    expect(gate.limitOf("other")).toBe(64);
  });

  test("halves once for one round that was too much, however many of it are refused", async () => {
    const time = virtualTime();
    const { call } = service(time, () => 0);
    const gate = createGate({ most: 64, isThrottled });
    const round = (count: number) =>
      Promise.allSettled(Array.from({ length: count }, () => gate.pass("a", () => call("a"))));
    await time.run(round(64));
    expect(gate.limitOf("a")).toBe(32);
    await time.run(round(1));
    expect(gate.limitOf("a")).toBe(16);
    for (let times = 0; times < 10; times += 1) await time.run(round(1));
    expect(gate.limitOf("a")).toBe(1);
  });

  test("comes back to all it may once throttling has ended", async () => {
    const time = virtualTime();
    let capacity = 0;
    const { call } = service(time, () => capacity);
    const gate = createGate({ most: 16, isThrottled });
    const ask = () => gate.pass("a", () => call("a"));
    for (let times = 0; times < 6; times += 1) await time.run(Promise.allSettled([ask()]));
    expect(gate.limitOf("a")).toBe(1);
    capacity = 100;
    // 1 + 2 + … + 16 answers, and some more near the limit that was too much at last.
    await time.run(Promise.all(Array.from({ length: 160 }, ask)));
    expect(gate.limitOf("a")).toBe(16);
  });

  test("passes on what else a request throws, and takes it for no sign of haste", async () => {
    const gate = createGate({ most: 4, isThrottled });
    const denied = new Error("AccessDenied");
    await expect(gate.pass("a", () => Promise.reject(denied))).rejects.toBe(denied);
    expect(gate.limitOf("a")).toBe(4);
  });
});
