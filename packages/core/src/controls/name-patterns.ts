import type { BucketRef } from "../model/ref.ts";
import { wildcardMatches } from "../policy/index.ts";

/** Whether one of the name patterns (`*`, `?`) of a baseline setting means this bucket. */
export function isNamedBy(patterns: readonly string[], on: BucketRef): boolean {
  return patterns.some((pattern) => wildcardMatches(pattern, on.name));
}
