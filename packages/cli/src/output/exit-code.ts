import type { ScanEnd } from "./format.ts";
import type { Counts } from "./tally.ts";

/** What a scan came to, for scripts; 1 is left to errors. */
export type ScanExitCode =
  /** Everything was read, and nothing is wrong. */
  | 0
  /** Drift was found, whatever else could not be read. */
  | 2
  /** No drift was seen, but not everything could be read or decided. */
  | 3;

export function scanExitCode(
  { findings }: Pick<Counts, "findings">,
  { unlooked, interrupted }: Pick<ScanEnd, "unlooked" | "interrupted">,
): ScanExitCode {
  if (findings.drift > 0) return 2;
  const isPartial = unlooked.length > 0 || interrupted === true;
  return isPartial || findings.unread > 0 || findings.undecided > 0 ? 3 : 0;
}
