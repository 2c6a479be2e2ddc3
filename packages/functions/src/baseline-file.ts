import { readFileSync } from "node:fs";
import { InputError } from "@bucket-warden/core/kernel";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The variables with the baseline among them, where it lies in a file beside the code: all variables
 * of a function together may have 4 KB. Throws InputError when the file cannot be read.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
export function withBaselineFile(variables: Variables): Variables {
  const { WARDEN_BASELINE_FILE: file, WARDEN_BASELINE: baseline } = variables;
  if (file === undefined) return variables;
  if (baseline !== undefined)
    throw refused("WARDEN_BASELINE is set as well", "Leave one of them out.");
  try {
    return { ...variables, WARDEN_BASELINE: readFileSync(file, "utf8") };
  } catch (cause) {
    throw refused(
      `there is no file ${JSON.stringify(file)} that can be read`,
      "Name one that is deployed with the code of the function.",
      cause,
    );
  }
}

function refused(problem: string, remedy: string, cause?: unknown): InputError {
  return new InputError({
    place: "environment variable WARDEN_BASELINE_FILE",
    problem,
    remedy,
    cause,
  });
}
