import { execFile } from "node:child_process";
import { join } from "node:path";

const main = join(import.meta.dirname, "../../packages/cli/bin/warden.mjs");

/** How a run of the command ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

interface Start {
  /** Instead of the environment of the test. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
}

/** Runs the command in a process of its own. */
export function warden(words: readonly string[], { input, ...start }: Start = {}): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [main, ...words], start, (failure, out, error) => {
      const code = typeof failure?.code === "number" ? failure.code : failure === null ? 0 : -1;
      resolve({ code, out, error });
    });
    child.stdin?.end(input ?? "");
  });
}
