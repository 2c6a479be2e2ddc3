/**
 * The candidate that a misspelt name was most likely meant to be, or `undefined` when none is near.
 * Case does not count.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST_NAME) return undefined;
  const lower = name.toLowerCase();
  // A third of the letters may be wrong, so that short names are not taken for each other.
  let best = Math.min(MOST_EDITS, Math.floor(name.length / 3)) + 1;
  let found: string | undefined;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= best) continue;
    const edits = distance(lower, candidate.toLowerCase());
    if (edits < best) [best, found] = [edits, candidate];
  }
  return found;
}

const LONGEST_NAME = 128;
const MOST_EDITS = 4;

/** Edits that turn one text into the other: insert, delete, replace, swap two neighbours. */
function distance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[row - 1] === to[column - 1];
      const replaced = at(last, column - 1) + (same ? 0 : 1);
      const cheapest = Math.min(replaced, at(last, column) + 1, at(next, column - 1) + 1);
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      next.push(swapped ? Math.min(cheapest, at(beforeLast, column - 2) + 1) : cheapest);
    }
    [beforeLast, last] = [last, next];
  }
  return at(last, to.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
