/** What some work took in this process. */
export interface Measured {
  readonly wallMilliseconds: number;
  /** Of all threads, in user and system. */
  readonly cpuMilliseconds: number;
  /** The most that this process ever had in memory. */
  readonly peakMegabytes: number;
}

/** Does some work, and says to the parent process what it took and what came of it. */
export async function tellParent<T>(work: () => Promise<T>): Promise<void> {
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  const took: Measured = {
    wallMilliseconds: performance.now() - startedAt,
    cpuMilliseconds: (user + system) / 1_000,
    peakMegabytes: process.resourceUsage().maxRSS / 1_024,
  };
  process.send?.({ ...took, result });
  process.disconnect?.();
}

/** What the parent process asks for, as `startWorker` hands it over. */
export function asked<T>(): T {
  return JSON.parse(process.argv[2] ?? "{}");
}
