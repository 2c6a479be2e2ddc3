import type { KeyState } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import type { Allowance } from "../model/verdict.ts";

type Blocked = Extract<Allowance, { mode: "blocked" }>;

/** Why nothing can be encrypted with the key of the baseline, if so; `named` is how it names the key. */
export function keyObstacle(
  key: Known<KeyState>,
  region: string,
  named: string,
): Blocked | undefined {
  const problem = keyProblem(key, region);
  if (problem === undefined) return undefined;
  // S3 does not check the key, so a bad one would break every upload from then on.
  const why = `the key of the baseline ${problem}`;
  return { mode: "blocked", why, needs: `a usable key at ${named}` };
}

function keyProblem(key: Known<KeyState>, region: string): string | undefined {
  return key.state === "absent" ? "does not exist" : defectOf(key.value, region);
}

/** Why S3 cannot encrypt with a key in a bucket of `region`, if so. */
export function defectOf(
  { state, usage, spec, arn, deletesAt }: KeyState,
  region: string,
): string | undefined {
  if (state !== "Enabled") {
    return `is in state ${state}${deletesAt === undefined ? "" : `, to be deleted at ${deletesAt}`}`;
  }
  if (usage !== "ENCRYPT_DECRYPT" || spec !== "SYMMETRIC_DEFAULT") {
    return `is of kind ${usage}/${spec}, and S3 needs a symmetric encryption key`;
  }
  if (arn.split(":")[3] !== region) return `lives in another region than the bucket (${arn})`;
  return undefined;
}
