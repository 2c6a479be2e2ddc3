import { execFile } from "node:child_process";

/** What npm printed: its answer, whatever its exit code was, and its complaints. */
export interface Said {
  readonly output: string;
  readonly complaints: string;
}

/** Runs npm in a folder to its end. */
export function npm(root: string, args: readonly string[]): Promise<Said> {
  const terms = { cwd: root, maxBuffer: 64 * 1024 * 1024, timeout: 120_000 };
  return new Promise((resolve) => {
    execFile("npm", args, terms, (_error, output, complaints) => resolve({ output, complaints }));
  });
}
