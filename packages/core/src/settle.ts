import type { Clock } from "./kernel/index.ts";
import type { Terms } from "./story.ts";

/** Bucket configuration is eventually consistent, so one read right after a write proves nothing. */
const pausesMilliseconds = [100, 300, 1_000, 2_000, 4_000];

/** How long it takes at most to read a write back, where S3 shows it late, and to record it. */
const writeMilliseconds = 30_000;

/** How long it takes at most to look once more, and to record what was seen. */
const lookMilliseconds = 15_000;

/** Whether a write that begins now would be read back and recorded before the end. */
export function hasTimeToWrite({ endsAt }: Pick<Terms, "endsAt">, { now }: Clock): boolean {
  return endsAt === undefined || endsAt - now() >= writeMilliseconds;
}

/**
 * Looks again until what was written shows, or nobody can wait for it any longer. What does not show
 * before the end is looked for in the next delivery.
 */
export async function lookUntil<T>(
  look: () => Promise<T>,
  isLanded: (seen: T) => boolean,
  { endsAt, clock }: Pick<Terms, "endsAt"> & { readonly clock: Clock },
): Promise<T> {
  let seen = await look();
  for (const pause of pausesMilliseconds) {
    const isOver = endsAt !== undefined && endsAt - clock.now() < pause + lookMilliseconds;
    if (isOver || isLanded(seen)) break;
    await clock.sleep(pause);
    seen = await look();
  }
  return seen;
}
