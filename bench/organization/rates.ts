/** Counts calls that come in the order of time. */
export interface Meter {
  readonly add: (time: number, calls: number) => void;
  readonly total: () => number;
  /** Calls a second in the busiest minute. */
  readonly peak: () => number;
}

const minute = 60;

/** A meter that has counted nothing. */
export function createMeter(): Meter {
  let [current, inCurrent, most, total] = [0, 0, 0, 0];
  return {
    add: (time, calls) => {
      const at = Math.floor(time / minute);
      if (at !== current) [current, inCurrent] = [at, 0];
      inCurrent += calls;
      total += calls;
      most = Math.max(most, inCurrent);
    },
    total: () => total,
    peak: () => most / minute,
  };
}

/** A rate that nobody gets above: whoever asks for more waits in line. */
export interface Quota {
  /** When the calls may be made, at `time` or later. */
  readonly take: (time: number, calls: number) => number;
}

/** So many calls a second, with the calls of one second saved up at most. */
export function createQuota(perSecond: number): Quota {
  // When all that was taken is paid off.
  let paid = Number.NEGATIVE_INFINITY;
  return {
    take: (time, calls) => {
      paid = Math.max(paid, time - 1) + calls / perSecond;
      return Math.max(time, paid);
    },
  };
}
