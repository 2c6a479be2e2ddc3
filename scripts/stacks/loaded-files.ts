import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What a bundle loads before its first event: itself and what it imports, but for imports on demand. */
export function loadedFiles(bundle: string): readonly string[] {
  const found = new Set([bundle]);
  for (const file of found) {
    const text = readFileSync(file, "utf8");
    // esbuild writes `from"./chunk-….mjs"` and `import"./chunk-….mjs"`; on demand it is `import("./…")`.
    for (const [, name = ""] of text.matchAll(/(?:\bfrom|\bimport)\s*"(\.\/[\w.-]+\.mjs)"/g)) {
      found.add(join(dirname(file), name));
    }
  }
  return [...found];
}
