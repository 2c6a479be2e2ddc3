import { type Baseline, parseBaseline } from "@bucket-warden/core/baseline";
import { controls } from "@bucket-warden/core/controls";
import {
  type Rehearsal,
  type RehearsalTerms,
  type Rehearsed,
  rehearse,
} from "@bucket-warden/core/rehearsal";
import { fieldFor } from "@bucket-warden/functions/resolving";
import { baselineHere } from "../baseline/find.ts";
import { readSource } from "../baseline/source.ts";

/** A rehearsal and the name of what is rehearsed. */
export interface Cast {
  readonly name: string;
  readonly baseline: Baseline;
  readonly rehearsal: Rehearsal;
}

/** What came of rehearsing one baseline. */
export interface Result extends Rehearsed {
  readonly baseline: string;
}

/** A rehearsal of the baseline in this file, of the one of this folder, or of the default. Throws InputError. */
export async function rehearsalOf(
  file: string | undefined,
  terms: Pick<RehearsalTerms, "delaySeconds" | "supposed" | "hear">,
): Promise<Cast> {
  const name = file ?? baselineHere();
  const input = name === undefined ? {} : (await readSource(name)).input;
  const baseline = parseBaseline(input, name ?? "the default baseline");
  const rehearsal = rehearse({
    ...terms,
    baseline,
    fieldOf: (directory) => fieldFor(controls, { directory, environment: { baseline } }),
  });
  return { name: name ?? "the default baseline", baseline, rehearsal };
}
