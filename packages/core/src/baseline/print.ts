import { fingerprint } from "../kernel/hash.ts";
import type { Baseline } from "./document.ts";
import type { Traits } from "./scope.ts";

/** By what anything is judged. */
export interface Standard {
  readonly baseline: Baseline;
  /** Another one for each version of this code; undefined where nobody says which it is. */
  readonly release?: string;
}

/** Whether sweeps may leave out anything at all. */
export function leavesOut({ baseline, release }: Standard): boolean {
  return baseline.limits.fullLookHours > 0 && release !== undefined;
}

/**
 * Equal as long as the same code judges by the same baseline in the same place of the organization.
 * Undefined where that cannot be told, or where the baseline lets nothing be left out.
 */
export function printOf(
  standard: Standard,
  { organizationalUnits: units }: Pick<Traits, "organizationalUnits">,
): string | undefined {
  if (!leavesOut(standard) || units?.state === "unknown") return undefined;
  const { baseline, release } = standard;
  const place = units?.state === "present" ? units.value : [];
  return fingerprint([printOfBaseline(baseline), release, place]);
}

const prints = new WeakMap<Baseline, string>();

/** A baseline may be long, and is the same for everything that a function looks at. */
function printOfBaseline(baseline: Baseline): string {
  const known = prints.get(baseline) ?? fingerprint(baseline);
  prints.set(baseline, known);
  return known;
}
