import { spawn } from "node:child_process";
import { join } from "node:path";

interface Run {
  readonly exitCode: number | null;
  readonly output: string;
}

const limitMilliseconds = 5 * 60 * 1000;

/** Runs a script of ours, or a program of `node_modules/.bin`, under this Node, without colours. */
export function runTool(root: string, [program = "", ...args]: readonly string[]): Promise<Run> {
  const ours = program.endsWith(".ts");
  const script = ours ? join(root, program) : join(root, "node_modules", ".bin", program);
  const { FORCE_COLOR: _, ...env } = process.env;
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      // CI: a missing golden file then fails a test instead of being written.
      env: { ...env, NO_COLOR: "1", CI: "true" },
      stdio: ["ignore", "pipe", "pipe"],
      timeout: limitMilliseconds,
    });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
