/** What this process holds once nobody needs more. */
export interface Footprint {
  readonly heapMegabytes: number;
  readonly handles: number;
}

/** The collector has to be reachable (`node --expose-gc`) for a fair look. */
export function footprint(): Footprint {
  globalThis.gc?.();
  const heapMegabytes = Math.round(process.memoryUsage().heapUsed / 1_048_576);
  const handles = process
    .getActiveResourcesInfo()
    .filter((name) => !/Timeout|Immediate/.test(name));
  return { heapMegabytes, handles: handles.length };
}

/** The last third against the second: the first is for caches and connections to fill. */
export function growth(all: readonly Footprint[]): readonly string[] {
  const third = Math.floor(all.length / 3);
  if (third < 3) return [];
  const middle = all.slice(third, 2 * third);
  const last = all.slice(-third);
  const mean = (some: readonly Footprint[], of: (it: Footprint) => number) =>
    some.reduce((sum, it) => sum + of(it), 0) / some.length;
  const heap = [mean(middle, (it) => it.heapMegabytes), mean(last, (it) => it.heapMegabytes)];
  const handles = [mean(middle, (it) => it.handles), mean(last, (it) => it.handles)];
  return [...grown("memory", heap, 1.15, 5), ...grown("open handles", handles, 1.25, 5)];
}

function grown(
  what: string,
  [before = 0, after = 0]: readonly number[],
  factor: number,
  slack: number,
): readonly string[] {
  if (after <= before * factor + slack) return [];
  return [`${what} grew from ${before.toFixed(1)} to ${after.toFixed(1)}`];
}
