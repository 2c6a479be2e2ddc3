import type { Clock } from "@bucket-warden/core/kernel";

/** A clock that stands still while anybody works, and goes on to the next who sleeps when all wait. */
export interface VirtualTime extends Clock {
  /** What the work comes to, once time has gone on as far as it needs. */
  readonly run: <T>(work: Promise<T>) => Promise<T>;
}

export function virtualTime(): VirtualTime {
  let now = 0;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (milliseconds) =>
      new Promise((wake) => {
        const at = now + milliseconds;
        const place = sleepers.findLastIndex((it) => it.at <= at) + 1;
        sleepers.splice(place, 0, { at, wake });
      }),
    run: async (work) => {
      let isDone = false;
      const result = work.finally(() => {
        isDone = true;
      });
      result.catch(() => {}); // it is thrown below
      for (;;) {
        await allWait();
        const next = isDone ? undefined : sleepers.shift();
        if (next === undefined) return result;
        now = next.at;
        next.wake();
      }
    },
  };
}

/** Promises that can go on have done so before the next turn of the event loop. */
function allWait(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
