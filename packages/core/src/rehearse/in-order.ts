import { createHeap } from "../kernel/index.ts";

/** Something that happened at a time, and how many bytes it takes to remember it. */
export interface Timed {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Of things of the same time, the one with less comes first. */
  readonly rank: number;
  readonly bytes: number;
}

/** Puts things in the order of their time while they come. */
export interface InOrder<T> {
  /** Takes one more, and gives those that go on because there is no more room for them. */
  readonly add: (item: T) => readonly T[];
  /** What is still held, in order; then nothing is. */
  readonly rest: () => readonly T[];
  /** How many came when something later had gone on already. */
  readonly late: () => number;
}

/**
 * CloudTrail promises no order, neither in a file nor between files. Up to `room` bytes are held back;
 * what comes later still goes on behind what happened after it.
 */
export function inOrder<T extends Timed>(room: number): InOrder<T> {
  const heap = createHeap<Held<T>>(isBefore);
  let bytes = 0;
  let turn = 0;
  let late = 0;
  let newest = Number.NEGATIVE_INFINITY;
  const takeUntil = (most: number): readonly T[] => {
    const gone: T[] = [];
    while (bytes > most) {
      const first = heap.take()?.item;
      if (first === undefined) break;
      bytes -= first.bytes;
      newest = Math.max(newest, first.at);
      gone.push(first);
    }
    return gone;
  };
  return {
    add(item) {
      if (item.at < newest) late += 1;
      heap.put({ item, turn });
      turn += 1;
      bytes += item.bytes;
      return bytes > room ? takeUntil(room) : [];
    },
    rest: () => takeUntil(0),
    late: () => late,
  };
}

interface Held<T> {
  readonly item: T;
  /** When it came, so that what is equal keeps its order. */
  readonly turn: number;
}

function isBefore<T extends Timed>(one: Held<T>, other: Held<T>): boolean {
  const order =
    one.item.at - other.item.at || one.item.rank - other.item.rank || one.turn - other.turn;
  return order < 0;
}
