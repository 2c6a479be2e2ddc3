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

/** An empty agenda at time 0: a binary heap. */
export function createAgenda(): Agenda {
  const heap: Entry[] = [];
  let now = 0;
  let turns = 0;
  return {
    now: () => now,
    at: (time, act) => {
      if (!(time >= now)) throw new RangeError(`${time} s is before now, ${now} s`);
      turns += 1;
      rise(heap, { time, turn: turns, act });
    },
    run: () => {
      for (let next = takeFirst(heap); next !== undefined; next = takeFirst(heap)) {
        now = next.time;
        next.act();
      }
    },
  };
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.time < other.time || (one.time === other.time && one.turn < other.turn);
}

function rise(heap: Entry[], entry: Entry): void {
  let place = heap.length;
  for (;;) {
    const above = (place - 1) >> 1;
    const parent = heap[above];
    if (parent === undefined || !isBefore(entry, parent)) break;
    heap[place] = parent;
    place = above;
  }
  heap[place] = entry;
}

function takeFirst(heap: Entry[]): Entry | undefined {
  const first = heap[0];
  const last = heap.pop();
  if (first !== last && last !== undefined) sink(heap, last);
  return first;
}

function sink(heap: Entry[], entry: Entry): void {
  let place = 0;
  for (;;) {
    const left = 2 * place + 1;
    const below = lowerOf(heap, left);
    const child = heap[below];
    if (child === undefined || !isBefore(child, entry)) break;
    heap[place] = child;
    place = below;
  }
  heap[place] = entry;
}

function lowerOf(heap: readonly Entry[], left: number): number {
  const [one, other] = [heap[left], heap[left + 1]];
  return one !== undefined && other !== undefined && isBefore(other, one) ? left + 1 : left;
}
