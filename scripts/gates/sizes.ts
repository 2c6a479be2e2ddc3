import type { Violation } from "./gate.ts";
import type { SourceFile } from "./tree.ts";

/** The files that have a limit: production code and scripts, never tests. */
export function measured(files: readonly SourceFile[]): readonly SourceFile[] {
  return files.filter(
    ({ path }) =>
      /^(packages\/[^/]+\/src|scripts)\/.*\.ts$/.test(path) && !/\.test\.ts$/.test(path),
  );
}

/** Finds files that are too long to be read in one go. */
export function findLong(files: readonly SourceFile[]): readonly Violation[] {
  return measured(files).flatMap((file) => {
    const lines = file.text.replace(/\n$/, "").split("\n").length;
    const { rule, limit } = limitOf(file);
    if (lines <= limit) return [];
    return [{ rule, at: file.path, message: `${lines} lines, the limit is ${limit}` }];
  });
}

function limitOf({ path, text }: SourceFile): { readonly rule: string; readonly limit: number } {
  const isHandler =
    /^packages\/functions\/src\/[^/]+$/.test(path) && /^export .*\bhandler\b/m.test(text);
  return isHandler ? { rule: "handler-length", limit: 40 } : { rule: "file-length", limit: 300 };
}
