import { join } from "node:path";
import { type Run, runNode } from "../run-node.ts";

const limitMilliseconds = 5 * 60 * 1000;

/** Runs a script of ours, or a program of `node_modules/.bin`, under this Node, without colours. */
export function runTool(root: string, [program = "", ...args]: readonly string[]): Promise<Run> {
  const ours = program.endsWith(".ts");
  const script = ours ? join(root, program) : join(root, "node_modules", ".bin", program);
  const { FORCE_COLOR: _, ...env } = process.env;
  return runNode([script, ...args], {
    cwd: root,
    // CI: a missing golden file then fails a test instead of being written.
    env: { ...env, NO_COLOR: "1", CI: "true" },
    timeout: limitMilliseconds,
  });
}
