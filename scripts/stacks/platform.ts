import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stages } from "../../stacks/stages.ts";
import { type Run, runNode } from "../run-node.ts";

/** Where SST keeps the TypeScript that `sst.config.ts` and `stacks/` are written against. */
export const platformFolder = ".sst/platform";

const marker = ".sst/platform-is-complete";
const limitMilliseconds = 5 * 60 * 1000;

/**
 * Installs SST's platform of the version in package.json, unless it is there. It needs the npm
 * registry and nothing else: no AWS account, no Pulumi. SST ships a lockfile of Bun's, so Bun
 * installs what SST was tested with, where npm would take whatever is newest.
 */
export async function installPlatform(root: string): Promise<void> {
  const version = await versionOf(root, "sst");
  if (existsSync(join(root, platformFolder)) && (await completed(root)) === version) return;
  const run = await runInstall(root);
  if (run.exitCode !== 0) throw new Error(failure(run.output));
  await writeFile(join(root, marker), version);
}

function runInstall(root: string): Promise<Run> {
  const [stage = ""] = Object.keys(stages); // any will do: it only has to be one that there is
  const program = join(root, "node_modules/sst/bin/sst.mjs");
  return runNode([program, "install", "--stage", stage], {
    cwd: root,
    env: {
      ...process.env,
      SST_SKIP_DEPENDENCY_CHECK: "1",
      SST_BUN_PATH: bunIn(root),
      SST_TELEMETRY_DISABLED: "1",
      XDG_CONFIG_HOME: join(root, ".sst", "home"),
    },
    timeout: limitMilliseconds,
  });
}

/** The package `bun` takes the program over into itself, in an install script that npm may not run. */
function bunIn(root: string): string {
  const system = { win32: "windows", darwin: "darwin" }[process.platform as string] ?? "linux";
  const processor = process.arch === "arm64" ? "aarch64" : process.arch;
  const program = process.platform === "win32" ? "bun.exe" : "bun";
  const name = `@oven/bun-${system}-${processor}`;
  const folder = join(root, "node_modules", name);
  if (!existsSync(folder)) {
    throw new Error(`${name} is not installed: run npm ci with optional packages`);
  }
  const untouched = join(folder, "bin", program);
  return existsSync(untouched) ? untouched : join(root, "node_modules/bun/bin/bun.exe");
}

async function versionOf(root: string, name: string): Promise<string> {
  const text = await readFile(join(root, "node_modules", name, "package.json"), "utf8");
  const manifest: unknown = JSON.parse(text);
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return "";
  return String(manifest.version);
}

async function completed(root: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, marker), "utf8");
  } catch {
    return undefined;
  }
}

function failure(output: string): string {
  return [
    "The platform of SST could not be installed.",
    output.trim(),
    "Mend what SST names. If it is the network: the platform comes from the npm registry, so let",
    "`npm ping` reach it, remove the folder .sst and run `npm run platform` again.",
  ].join("\n");
}
