import type { BucketRef } from "../model/ref.ts";
import { wildcardMatches } from "../policy/index.ts";

/** Whether one of the name patterns (`*`, `?`) of a baseline setting means this bucket. */
export function isNamedBy(patterns: readonly string[], on: BucketRef): boolean {
  return isNamed(patterns, on.name);
}

/** Whether one of the patterns (`*`, `?`) means this name. */
export function isNamed(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => wildcardMatches(pattern, name));
}
