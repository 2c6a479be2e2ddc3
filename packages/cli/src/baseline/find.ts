import { existsSync } from "node:fs";
import { InputError } from "@bucket-warden/core/kernel";

const names = ["ts", "mjs", "js", "yaml", "yml", "json"].map((end) => `warden.config.${end}`);

/** The baseline that is meant: the given one, or the only `warden.config.*` of this folder. */
export function findBaseline(given: string | undefined): string {
  const found = given ?? baselineHere();
  if (found !== undefined) return found;
  throw new InputError({
    place: "this folder",
    problem: "it has no warden.config.ts, .yaml or .json",
    remedy: "Give the path of a baseline, or write one with `warden baseline init`.",
  });
}

/** The `warden.config.*` of this folder, if there is one; two of them are an error. */
export function baselineHere(): string | undefined {
  const [found, another] = names.filter((name) => existsSync(name));
  if (another === undefined) return found;
  throw new InputError({
    place: "this folder",
    problem: `it has both ${found} and ${another}`,
    remedy: "Keep one of them, or give the path of the one that is meant.",
  });
}
