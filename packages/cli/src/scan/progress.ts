import { setTimeout } from "node:timers/promises";
import cliProgress, { type Options, type Params } from "cli-progress";

// It is CommonJS, and Node does not find all of its names by itself.
const { Format, SingleBar } = cliProgress;

export interface Progress {
  /** One more is done, or so many. */
  readonly step: (by?: number) => void;
  /** Takes the bar away. */
  readonly stop: () => void;
}

export interface ProgressOptions {
  readonly stream: NodeJS.WriteStream;
  /** How many there are, as far as they were counted yet. */
  readonly count: () => AsyncIterable<number>;
  /** How the bar and what stands beside it is written, after so many seconds. */
  readonly line?: typeof lineOf;
  /** What is over sooner needs no bar. */
  readonly afterMilliseconds?: number;
}

const nothing: Progress = { step: () => {}, stop: () => {} };

/**
 * A bar with rate and time left, on a terminal and for what takes longer than two seconds. Counting
 * begins with the bar: until it is over, only what is done and how fast is shown.
 */
export function showProgress(options: ProgressOptions): Progress {
  const { stream, count, line = lineOf, afterMilliseconds = 2_000 } = options;
  if (!stream.isTTY) return nothing;
  const startedAt = Date.now();
  const end = new AbortController();
  let done = 0;
  const bar = new SingleBar({
    stream,
    format: (style, params) => line(style, params, (Date.now() - startedAt) / 1_000),
    clearOnComplete: true,
    hideCursor: true,
  });
  const show = async () => {
    await setTimeout(afterMilliseconds, undefined, { signal: end.signal });
    bar.start(0, done);
    let total = 0;
    for await (const counted of count()) total = counted;
    if (!end.signal.aborted) bar.setTotal(total);
  };
  // Whether there is a bar, or a count, changes nothing of the work.
  show().catch(() => {});
  return {
    step: (by = 1) => {
      done += by;
      bar.update(done);
    },
    stop: () => {
      end.abort();
      bar.stop();
    },
  };
}

/** `Looking [====----] 45% | 450 of 1000 | 150/s | 4 s left`, or what of it is known. */
export function lineOf(
  style: Options,
  { value, total, progress }: Pick<Params, "value" | "total" | "progress">,
  seconds: number,
): string {
  const perSecond = value / Math.max(seconds, 0.001);
  const rate = `${Math.round(perSecond)}/s`;
  if (total === 0) return `Looking | ${value} looked at | ${rate}`;
  const left = Math.ceil(Math.max(0, total - value) / Math.max(perSecond, 0.001));
  const percent = `${Math.min(100, Math.floor(progress * 100))} %`;
  const bar = Format.BarFormat(Math.min(1, progress), style);
  return `Looking [${bar}] ${percent} | ${value} of ${total} | ${rate} | ${left} s left`;
}
