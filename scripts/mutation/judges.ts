import { globSync, readFileSync } from "node:fs";
import { registerHooks, stripTypeScriptTypes } from "node:module";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import fc from "fast-check";
import { takeRecorded } from "./recorder.ts";

/** One test that judges mutants. */
export interface Judge {
  readonly id: string;
  readonly run: () => unknown;
}

/** With as few cases as still reach every kind of answer: what survives has to face all of them. */
const judging = [
  { files: "packages/core/src/policy/**/*.test.ts", cases: 1 },
  { files: "test/differential/evaluate.test.ts", cases: 450 },
  { files: "test/differential/prove.test.ts", cases: 10 },
];

/**
 * A function that loads the tests and what they test, each time as if for the first time: a mutant in
 * a table is only seen when the table is made.
 */
export function loaderOf(root: string): () => Promise<readonly Judge[]> {
  const generation = { number: 0 };
  loadAnew(pathToFileURL(join(root, "/")).href, generation);
  // The same examples for every mutant, or else chance would decide which of them live. One that
  // fails is enough; nobody reads it, so it need not be the smallest.
  fc.configureGlobal({ seed: 1, endOnFailure: true });
  return async () => {
    generation.number += 1;
    const judges: Judge[] = [];
    for (const { file, cases } of filesIn(root)) {
      process.env["WARDEN_CASES"] = String(cases);
      await import(pathToFileURL(join(root, file)).href);
      for (const [place, { name, run }] of takeRecorded().entries()) {
        judges.push({ id: `${file} ${place + 1}: ${name}`, run });
      }
    }
    return judges;
  };
}

function filesIn(root: string): readonly { readonly file: string; readonly cases: number }[] {
  return judging.flatMap(({ files, cases }) =>
    globSync(files, { cwd: root }).map((file) => ({ file, cases })),
  );
}

const recorder = import.meta.resolve("./recorder.ts");

function loadAnew(root: string, generation: { readonly number: number }): void {
  const sources = new Map<string, string>();
  const isOurs = (url = "") => url.startsWith(root) && !url.includes("/node_modules/");
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "vitest" && isOurs(context.parentURL)) {
        return { url: recorder, shortCircuit: true };
      }
      const found = next(specifier, context);
      return isOurs(found.url) ? { ...found, url: `${found.url}?${generation.number}` } : found;
    },
    load(url, context, next) {
      if (!isOurs(url)) return next(url, context);
      const path = fileURLToPath(url);
      const source = sources.get(path) ?? stripTypeScriptTypes(readFileSync(path, "utf8"));
      sources.set(path, source);
      return { format: "module", source, shortCircuit: true };
    },
  });
}
