import { type Baseline, parseBaseline } from "@bucket-warden/core/baseline";
import { baselineHere } from "../baseline/find.ts";
import { readSource } from "../baseline/source.ts";

/** A baseline, and where it comes from, for people. */
export interface Judged {
  readonly baseline: Baseline;
  readonly from: string;
  /** As it is written. */
  readonly input: unknown;
}

/** That of the file or of this folder; where there is none, the one that is built in. Throws InputError. */
export async function baselineFor(given: string | undefined): Promise<Judged> {
  const file = given ?? baselineHere();
  const input = file === undefined ? {} : (await readSource(file)).input;
  const from = file ?? builtIn;
  return { baseline: parseBaseline(input, from), from, input };
}

const builtIn = "the default baseline";
