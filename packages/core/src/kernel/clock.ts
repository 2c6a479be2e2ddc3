export const hourMilliseconds = 3_600_000;
export const dayMilliseconds = 24 * hourMilliseconds;

/** Time as a port: core never reads the clock of the machine itself. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** ISO 8601 in UTC with milliseconds, as CloudTrail and Security Hub write it. */
export function isoTime(clock: Clock): string {
  return new Date(clock.now()).toISOString();
}
