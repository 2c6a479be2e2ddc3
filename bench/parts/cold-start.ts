import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleHandler } from "../../scripts/stacks/bundle-handler.ts";
import { loadedFiles } from "../../scripts/stacks/loaded-files.ts";
import { figure, medianOf, type Table } from "../table.ts";

const functions = [
  ...["remediate", "intake", "sweep", "invoke", "deliver", "digest", "history"],
  ...["notify-slack", "slack-action", "slack-work"],
];
const root = join(import.meta.dirname, "..", "..");
const sources: Readonly<Record<string, string>> = {
  "(nothing)": join(root, "bench/cold-start/empty.ts"),
  "(the clients of `remediate`)": join(root, "bench/cold-start/clients-only.ts"),
  ...Object.fromEntries(
    functions.map((name) => [name, join(root, `packages/functions/src/${name}.ts`)]),
  ),
};

const timer =
  "const start = performance.now(); await import(process.argv[1]); console.log(performance.now() - start);";

/** Imports the bundle of every function in fresh processes, as it is deployed. */
export async function benchColdStart(processes: number): Promise<Table> {
  const work = mkdtempSync(join(tmpdir(), "cold-start-"));
  try {
    const bundles = new Map<string, string>();
    for (const [name, source] of Object.entries(sources)) {
      const out = join(work, String(bundles.size));
      await bundleHandler(source, out, { runtime: "nodejs24.x", minify: true, splitting: true });
      bundles.set(name, join(out, "bundle.mjs"));
    }
    const head = ["function", "loaded KB", "import ms (median)"];
    const title = `Cold start, ${processes} fresh processes each`;
    return { title, head, rows: rowsOf(bundles, processes) };
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** In turns, so that whatever else the machine does meets all of them alike. */
function rowsOf(bundles: ReadonlyMap<string, string>, processes: number) {
  const times = new Map([...bundles.keys()].map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < processes; round += 1) {
    for (const [name, bundle] of bundles) {
      const told = execFileSync(process.execPath, ["--input-type=module", "-e", timer, bundle]);
      times.get(name)?.push(Number(told.toString("utf8")));
    }
  }
  return [...bundles].map(([name, bundle]) => {
    const bytes = loadedFiles(bundle).reduce((sum, file) => sum + statSync(file).size, 0);
    return [name, figure(bytes / 1_000), figure(medianOf(times.get(name) ?? []), 1)];
  });
}
