import type { Clock } from "./kernel/index.ts";

/** Bucket configuration is eventually consistent, so one read right after a write proves nothing. */
const pausesMilliseconds = [100, 300, 1_000, 2_000, 4_000];

/** Looks again until what was written shows, or nobody can wait for it any longer. */
export async function lookUntil<T>(
  look: () => Promise<T>,
  isLanded: (seen: T) => boolean,
  { sleep }: Pick<Clock, "sleep">,
): Promise<T> {
  let seen = await look();
  for (const pause of pausesMilliseconds) {
    if (isLanded(seen)) break;
    await sleep(pause);
    seen = await look();
  }
  return seen;
}
