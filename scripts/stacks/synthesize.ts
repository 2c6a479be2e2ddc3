import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Run, runNode } from "../run-node.ts";
import type { App } from "./bundle.ts";
import type { Resource } from "./resource.ts";

/** What `sst deploy --stage …` would make, down to the bundles of the functions. */
export interface Synthesis {
  readonly app: App;
  readonly resources: readonly Resource[];
  /** Holds `artifacts/<function>-src/bundle.mjs`, as Lambda would get it. */
  readonly work: string;
}

const limitMilliseconds = 2 * 60 * 1000;

/**
 * Runs the real program of a stage with Pulumi's mocks, in a process of its own: Pulumi keeps global
 * state, and the program is done when nothing is left to do. Throws with what the program printed.
 */
export async function synthesize(root: string, stage: string): Promise<Synthesis> {
  const work = await realpath(await mkdtemp(join(tmpdir(), "warden-stacks-")));
  const resultFile = join(work, "result.json");
  const { exitCode, output } = await runProgram([root, stage, work, resultFile]);
  try {
    if (exitCode !== 0) throw new Error(output.trim());
    return { ...JSON.parse(await readFile(resultFile, "utf8")), work };
  } catch (cause) {
    await rm(work, { recursive: true, force: true });
    throw new Error(`the program of the stage ${stage} failed: ${output.trim()}`, { cause });
  }
}

function runProgram(args: readonly string[]): Promise<Run> {
  return runNode([join(import.meta.dirname, "program.ts"), ...args], {
    env: { ...process.env, NO_COLOR: "1" },
    timeout: limitMilliseconds,
  });
}
