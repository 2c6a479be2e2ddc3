import type { Result } from "./rehearsal.ts";
import type { ReplaySummary } from "./replay.ts";

/** 2 where something would have been changed or flagged, 3 where not everything is known, else 0. */
export function exitCodeOfReplay(
  { unreadableFiles, unreadableRecords, late }: ReplaySummary,
  results: readonly Pick<Result, "counts">[],
): 0 | 2 | 3 {
  const drift = results.some(({ counts }) => {
    const { changed, flagged, approval, blocked, contested, held } = counts;
    return changed + flagged + approval + blocked + contested + held > 0;
  });
  if (drift) return 2;
  const gaps = results.some(({ counts: { unknown, undecided } }) => unknown + undecided > 0);
  return gaps || unreadableFiles + unreadableRecords + late > 0 ? 3 : 0;
}
