import cliProgress from "cli-progress";
import { type Progress, type ProgressOptions, showProgress } from "../scan/progress.ts";
import type { LogFile } from "./log-files.ts";

/** A bar of the bytes of these files, on a terminal and for what takes longer. */
export function showBytes(files: readonly LogFile[], stream: NodeJS.WriteStream): Progress {
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return showProgress({
    stream,
    line: lineOf,
    count: async function* () {
      yield total;
    },
  });
}

/** `Reading [====----] 45 % | 450 of 1000 MB | 12 MB/s | 46 s left`. */
export const lineOf: NonNullable<ProgressOptions["line"]> = (style, params, seconds) => {
  const { value, total, progress } = params;
  const perSecond = value / Math.max(seconds, 0.001);
  const left = Math.ceil(Math.max(0, total - value) / Math.max(perSecond, 1));
  const bar = cliProgress.Format.BarFormat(Math.min(1, progress), style);
  const percent = Math.min(100, Math.floor(progress * 100));
  return `Reading [${bar}] ${percent} % | ${megabytes(value)} of ${megabytes(total)} MB | ${megabytes(perSecond)} MB/s | ${left} s left`;
};

function megabytes(bytes: number): string {
  const count = bytes / 1_000_000;
  return count < 10 ? count.toFixed(1) : String(Math.round(count));
}
