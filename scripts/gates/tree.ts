import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** A text file of the repository. */
export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

const run = promisify(execFile);

/** Every file that is, or would be, under version control. */
export async function pathsOf(root: string): Promise<readonly string[]> {
  const paths = existsSync(join(root, ".git")) ? await known(root) : await walk(root);
  return paths.filter((path) => existsSync(join(root, path))).sort();
}

/** The same files with their text; binary files are left out. */
export async function filesOf(root: string): Promise<readonly SourceFile[]> {
  const paths = await pathsOf(root);
  const files = await Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(join(root, path), "utf8") })),
  );
  return files.filter(({ text }) => !text.includes("\0"));
}

/** The TypeScript that runs by itself. */
export function typescriptIn(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => /^(packages|test|scripts|bench)\/.*\.ts$/.test(path));
}

/** The TypeScript that browsers run, with globals that Node does not have. */
export function browserIn(paths: readonly string[]): readonly string[] {
  return paths.filter(
    (path) => path.startsWith("packages/cli/src/report/browser/") && path.endsWith(".ts"),
  );
}

/** The TypeScript that SST runs, with globals that only it has. */
export function stacksIn(paths: readonly string[]): readonly string[] {
  return paths.filter((path) => /^(stacks\/.*|sst\.config)\.ts$/.test(path));
}

async function known(root: string): Promise<readonly string[]> {
  const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
  const { stdout } = await run("git", list, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return [...new Set(stdout.split("\0").filter((path) => path !== ""))];
}

/** For a copy without a history: what `.gitignore` names never gets into one. */
async function walk(root: string, folder = ""): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly string[]> => {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return entry.name === "node_modules" ? [] : walk(root, path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}
