import type { Clock } from "@bucket-warden/core/kernel";
import { expect, test } from "vitest";
import { patiently, SlackBusy } from "./busy.ts";
import { remembered } from "./wiring.ts";

function clockAt(
  start: number,
): Clock & { readonly slept: readonly number[]; pass: (ms: number) => void } {
  let now = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    pass: (milliseconds) => {
      now += milliseconds;
    },
    sleep: async (milliseconds) => {
      slept.push(milliseconds);
      now += milliseconds;
    },
  };
}

function failing(...errors: readonly Error[]): () => Promise<string> {
  const left = [...errors];
  return async () => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return "done";
  };
}

test("what Slack takes at once does not wait", async () => {
  const clock = clockAt(0);
  expect(await patiently(failing(), { clock, until: 0 })).toBe("done");
  expect(clock.slept).toEqual([]);
});

test("it waits as long as Slack asks, each time anew", async () => {
  const clock = clockAt(0);
  const call = failing(new SlackBusy(1), new SlackBusy(30));
  expect(await patiently(call, { clock, until: 31_000 })).toBe("done");
  expect(clock.slept).toEqual([1_000, 30_000]);
});

test("it does not begin to wait for what comes too late", async () => {
  const clock = clockAt(0);
  const work = patiently(failing(new SlackBusy(31)), { clock, until: 30_000 });
  await expect(work).rejects.toThrow("Slack takes no more for 31 seconds");
  expect(clock.slept).toEqual([]);
});

test("another trouble is no reason to wait", async () => {
  const clock = clockAt(0);
  const work = patiently(failing(new Error("invalid_blocks")), { clock, until: 30_000 });
  await expect(work).rejects.toThrow("invalid_blocks");
  expect(clock.slept).toEqual([]);
});

test("a value is read once a minute, and not remembered where it could not be read", async () => {
  const clock = clockAt(0);
  let reads = 0;
  const read = remembered(async () => {
    reads += 1;
    if (reads === 1) throw new Error("denied");
    return reads;
  }, clock);
  await expect(read()).rejects.toThrow("denied");
  expect([await read(), await read()]).toEqual([2, 2]);
  clock.pass(59_999);
  expect(await read()).toBe(2);
  clock.pass(1);
  expect(await read()).toBe(3);
});
