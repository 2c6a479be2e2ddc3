import { realpath } from "node:fs/promises";
import { type Gate, tooFew, type Verdict } from "./gate.ts";
import { runTool } from "./run-tool.ts";
import {
  biomeSight,
  browserSight,
  cruiseSight,
  docsSight,
  infraSight,
  knipSight,
  type Sight,
  tscSight,
  vitestSight,
} from "./sight.ts";
import { browserIn, pathsOf, stacksIn, typescriptIn } from "./tree.ts";

interface Tool {
  readonly name: string;
  readonly command: readonly string[];
  readonly unit: string;
  readonly read: (output: string, root: string) => Sight;
  /** What the tool must have seen, given the files of the tree. */
  readonly least: (paths: readonly string[]) => number;
}

const tools: readonly Tool[] = [
  {
    name: "tests",
    command: ["vitest", "run", "--reporter=default"],
    unit: "tests",
    read: vitestSight,
    least: (paths) => paths.filter((path) => path.endsWith(".test.ts")).length,
  },
  {
    name: "types",
    command: ["tsc", "-p", "tsconfig.json", "--listFiles", "--pretty", "false"],
    unit: "files",
    read: tscSight,
    least: (paths) => typescriptIn(paths).length - browserIn(paths).length,
  },
  {
    name: "browser",
    command: ["tsc", "-p", "packages/cli/src/report/browser", "--listFiles", "--pretty", "false"],
    unit: "files",
    read: browserSight,
    least: (paths) => browserIn(paths).length,
  },
  {
    name: "infra",
    command: ["tsc", "-p", "tsconfig.infra.json", "--listFiles", "--pretty", "false"],
    unit: "files",
    read: infraSight,
    least: (paths) => stacksIn(paths).length,
  },
  {
    name: "lint",
    command: ["biome", "ci", "--colors=off", "--error-on-warnings", "--max-diagnostics=none", "."],
    unit: "files",
    read: biomeSight,
    least: (paths) => [...typescriptIn(paths), ...stacksIn(paths)].length,
  },
  {
    name: "unused",
    command: ["knip", "--no-progress", "--reporter", "./scripts/gates/knip-reporter.ts"],
    unit: "files",
    read: knipSight,
    least: (paths) => [...typescriptIn(paths), ...stacksIn(paths)].length,
  },
  {
    name: "imports",
    command: [
      "depcruise",
      "{packages,stacks,scripts,test,bench}/**/*.{ts,mjs}",
      "--output-type",
      "json",
    ],
    unit: "modules",
    read: cruiseSight,
    least: (paths) => [...typescriptIn(paths), ...stacksIn(paths)].length,
  },
  {
    name: "docs",
    command: ["scripts/docs.ts", "--check"],
    unit: "pages",
    read: docsSight,
    least: (paths) => paths.filter((path) => path.startsWith("docs/controls/")).length,
  },
];

/** The gates that run a tool, the slowest first. */
export const toolGates: readonly Gate[] = tools.map((tool) => ({
  name: tool.name,
  by: tool.command[0] ?? "",
  run: (root) => judge(tool, root),
}));

async function judge({ command, read, least, unit }: Tool, root: string): Promise<Verdict> {
  const place = await realpath(root);
  const paths = await pathsOf(place);
  const { exitCode, output } = await runTool(place, command);
  const sight = sightOf(read, output, place);
  const count = { seen: sight.seen, least: least(paths), unit };
  const saw = `${sight.seen} ${unit}`;
  const complaint = count.seen === 0 || count.seen < count.least ? [tooFew(count)] : [];
  const failed = exitCode !== 0 || sight.failed === true;
  if (!failed && complaint.length === 0) return { kind: "green", saw };
  if (failed) complaint.unshift(`${command[0]} failed, exit code ${exitCode}`);
  return { kind: "red", saw, output: [sight.output.trimEnd(), ...complaint].join("\n") };
}

/** A tool that breaks down prints something else than its report: then that is the output. */
function sightOf(read: Tool["read"], output: string, root: string): Sight {
  try {
    return read(output, root);
  } catch {
    return { seen: 0, output };
  }
}
