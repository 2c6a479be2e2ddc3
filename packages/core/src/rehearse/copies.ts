/** Tells the copies that several trails make of one record. */
export interface Copies {
  /** Whether a record of this id was seen before; from now on it was. */
  readonly isCopy: (id: string) => boolean;
}

/** Remembers at least the last `least` ids, and at most twice as many. */
export function rememberCopies(least: number): Copies {
  let recent = new Set<string>();
  let before = new Set<string>();
  return {
    isCopy(id) {
      if (recent.has(id) || before.has(id)) return true;
      recent.add(id);
      if (recent.size >= least) [before, recent] = [recent, new Set()];
      return false;
    },
  };
}
