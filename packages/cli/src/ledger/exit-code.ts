import type { Finding } from "@bucket-warden/core/model";
import type { ManualResult, Results } from "@bucket-warden/functions/by-hand";

/** What a request came to, for scripts. */
export type ExitCode =
  /** Everything is right, or was put right. */
  | 0
  /** There is nothing to look at. */
  | 1
  /** Drift was found, or left. */
  | 2
  /** No drift was seen, but not everything could be read, decided or waited for. */
  | 3;

/** The worst that the results hold: an error, then certain drift, then what is not known. */
export function exitCodeOf({ results, pending }: Results): ExitCode {
  const codes = new Set(results.map(codeOf));
  if (codes.has(1)) return 1;
  if (codes.has(2)) return 2;
  return codes.has(3) || pending.length > 0 ? 3 : 0;
}

function codeOf({ outcome, findings, held }: ManualResult): ExitCode {
  switch (outcome.kind) {
    case "clean":
    case "fixed":
    case "undone":
      return 0;
    case "gone":
      return 1;
    case "retry":
      return 3;
    case "planned":
      if (findings.some(isDrift)) return 2;
      return findings.some(isUnknown) ? 3 : 0;
    case "flagged":
    case "awaiting-approval":
    case "blocked":
    case "contested": {
      const left = findings.filter(({ control }) => outcome.controls.includes(control));
      return held.length > 0 || left.some(isDrift) ? 2 : 3;
    }
  }
}

function isDrift({ assessment }: Finding): boolean {
  return assessment.kind === "drift";
}

function isUnknown({ assessment }: Finding): boolean {
  return assessment.kind === "unread" || assessment.kind === "undecided";
}
