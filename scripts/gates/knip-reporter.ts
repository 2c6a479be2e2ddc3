import { relative } from "node:path";
import type { ReporterOptions } from "knip";

/** One line for each issue, with its kind and its path, and a line that says how much knip saw. */
export default function report({ issues, counters, ...seen }: ReporterOptions): void {
  const lines = Object.entries(issues).flatMap(([kind, files]) =>
    Object.values(files).flatMap((found) =>
      Object.values(found).map(({ filePath, symbol, line, col }) => {
        const place = [relative(seen.cwd, filePath), line, col].filter((it) => it !== undefined);
        return kind === "files" ? `${kind}: ${place[0]}` : `${kind}: ${place.join(":")} ${symbol}`;
      }),
    ),
  );
  for (const { type, identifier, filePath } of seen.configurationHints.values()) {
    lines.push(`configuration: ${type} ${String(identifier)} ${filePath ?? ""}`.trimEnd());
  }
  lines.push(`knip saw ${counters.total} files in ${seen.includedWorkspaceDirs.length} workspaces`);
  process.stdout.write(`${lines.join("\n")}\n`);
}
