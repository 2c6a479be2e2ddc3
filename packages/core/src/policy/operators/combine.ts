import type { Truth } from "../match/truth.ts";
import type { Comparison } from "./family.ts";

/**
 * Whether one of several values matches. A variable without a value leaves its value, or the whole
 * statement, without effect; AWS's page allows both readings, so a match beside it is doubtful.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function oneMatches(comparisons: readonly Comparison[]): Truth {
  const matched = comparisons.includes("yes");
  const doubtful = comparisons.includes("unknown");
  if (comparisons.includes("void")) return matched || doubtful ? "unknown" : "no";
  if (matched) return "yes";
  return doubtful ? "unknown" : "no";
}

/**
 * Whether none of several values matches, as negated operators and `NotResource` ask. That nothing
 * equals a value which is no value at all is not for us to say.
 */
export function noneMatches(comparisons: readonly Comparison[]): Truth {
  if (comparisons.includes("yes")) return "no";
  return comparisons.every((comparison) => comparison === "no") ? "yes" : "unknown";
}
