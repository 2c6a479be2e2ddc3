import type * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { nearest } from "../kernel/nearest.ts";

/** Something in a baseline that is not usable. */
export interface Problem {
  /** Where it stands, as keys and indexes from the top. */
  readonly path: readonly PropertyKey[];
  readonly problem: string;
  readonly remedy: string;
}

const remedy = "Correct it; docs/baseline.md lists every setting with its default.";

/** What zod found. `known` are the names that may stand where an unknown one was found. */
export function problemOf(
  issue: z.core.$ZodIssue,
  known: (path: readonly PropertyKey[]) => readonly string[],
): Problem {
  const { path, message } = issue;
  if (issue.code !== "unrecognized_keys") return { path, problem: message, remedy };
  const [key = ""] = issue.keys;
  const meant = nearest(key, known(path));
  const hint = meant === undefined ? remedy : `Did you mean ${JSON.stringify(meant)}?`;
  return { path: [...path, key], problem: "is not a setting", remedy: hint };
}

/** A problem as the error that ends a program. `place` says where the baseline came from. */
export function errorOf({ path, problem, remedy: what }: Problem, place: string): InputError {
  const where = path.length === 0 ? place : `${place}, ${path.map(String).join(".")}`;
  return new InputError({ place: where, problem, remedy: what });
}
