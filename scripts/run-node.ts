import { spawn } from "node:child_process";

export interface Run {
  readonly exitCode: number | null;
  /** What it printed, on both of its outputs. */
  readonly output: string;
}

interface Terms {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** How long it may take, in milliseconds. */
  readonly timeout: number;
}

/** Runs a program under this Node to its end. */
export function runNode(args: readonly string[], terms: Terms): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { ...terms, stdio: ["ignore", "pipe", "pipe"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, output: Buffer.concat(chunks).toString("utf8") });
    });
  });
}
