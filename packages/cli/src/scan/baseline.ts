import { type Baseline, parseBaseline } from "@bucket-warden/core/baseline";
import { baselineHere } from "../baseline/find.ts";
import { readSource } from "../baseline/source.ts";

/** A baseline, and where it comes from, for people. */
export interface Judged {
  readonly baseline: Baseline;
  readonly from: string;
}

/** That of the file or of this folder; where there is none, the one that is built in. Throws InputError. */
export async function baselineFor(given: string | undefined): Promise<Judged> {
  const file = given ?? baselineHere();
  if (file === undefined) return { baseline: parseBaseline({}, builtIn), from: builtIn };
  return { baseline: parseBaseline((await readSource(file)).input, file), from: file };
}

const builtIn = "the default baseline";
