/** Gives back what was put into it, the first of it at each time. */
export interface Heap<T> {
  readonly put: (item: T) => void;
  readonly take: () => T | undefined;
}

/** An empty binary heap; of two things at most one may be before the other. */
export function createHeap<T>(isBefore: (one: T, other: T) => boolean): Heap<T> {
  // Each place is before the two places at twice its number and one and two more.
  const places: T[] = [];
  return {
    put(item) {
      let at = places.length;
      while (at > 0) {
        const above = (at - 1) >> 1;
        const parent = places[above];
        if (parent === undefined || !isBefore(item, parent)) break;
        places[at] = parent;
        at = above;
      }
      places[at] = item;
    },
    take() {
      const [first] = places;
      const last = places.pop();
      if (last === undefined || places.length === 0) return first;
      let at = 0;
      for (;;) {
        const below = firstBelow(places, at, isBefore);
        const child = places[below];
        if (child === undefined || !isBefore(child, last)) break;
        places[at] = child;
        at = below;
      }
      places[at] = last;
      return first;
    },
  };
}

function firstBelow<T>(
  places: readonly T[],
  at: number,
  isBefore: (one: T, other: T) => boolean,
): number {
  const left = places[2 * at + 1];
  const right = places[2 * at + 2];
  const isRight = left !== undefined && right !== undefined && isBefore(right, left);
  return 2 * at + (isRight ? 2 : 1);
}
