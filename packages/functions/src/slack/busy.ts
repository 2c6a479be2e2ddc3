import type { Clock } from "@bucket-warden/core/kernel";

/** Slack takes no more for the moment. */
export class SlackBusy extends Error {
  override readonly name = "SlackBusy";
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super(`Slack takes no more for ${retryAfterSeconds} seconds`);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Calls again after as long as Slack asks for, while that is before `until` (milliseconds since 1970).
 * Throws SlackBusy when there is no time left, and whatever else the call throws at once.
 */
export async function patiently<T>(
  call: () => Promise<T>,
  { clock, until }: { readonly clock: Clock; readonly until: number },
): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof SlackBusy)) throw error;
      const pause = error.retryAfterSeconds * 1_000;
      if (clock.now() + pause > until) throw error;
      await clock.sleep(pause);
    }
  }
}
