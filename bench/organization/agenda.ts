import { createHeap } from "@bucket-warden/core/kernel";

interface Entry {
  readonly time: number;
  /** What was put down first comes first, where times are equal. */
  readonly turn: number;
  readonly act: () => void;
}

/** What is going to happen, in the order of its times in seconds. */
export interface Agenda {
  readonly now: () => number;
  /** Throws a RangeError for a time that has passed. */
  readonly at: (time: number, act: () => void) => void;
  /** Until nothing is left to happen. */
  readonly run: () => void;
}

/** An empty agenda at time 0. */
export function createAgenda(): Agenda {
  const heap = createHeap(isBefore);
  let now = 0;
  let turns = 0;
  return {
    now: () => now,
    at: (time, act) => {
      if (!(time >= now)) throw new RangeError(`${time} s is before now, ${now} s`);
      turns += 1;
      heap.put({ time, turn: turns, act });
    },
    run: () => {
      for (let next = heap.take(); next !== undefined; next = heap.take()) {
        now = next.time;
        next.act();
      }
    },
  };
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.time < other.time || (one.time === other.time && one.turn < other.turn);
}
