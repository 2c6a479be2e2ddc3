import { vi } from "vitest";
import { run } from "../../packages/cli/src/program.ts";
import type { Ended } from "./warden.ts";

interface Here {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
}

interface EndedHere extends Ended {
  /** What a terminal would show. */
  readonly both: string;
}

/** Runs the command in this process, which is quicker than one of its own; one at a time. */
export async function wardenHere(
  words: readonly string[],
  { env = {}, cwd }: Here = {},
): Promise<EndedHere> {
  const said = { out: "", error: "", both: "" };
  const keep = (where: "out" | "error") => (text: string | Uint8Array) => {
    said[where] += String(text);
    said.both += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(keep("out")),
    vi.spyOn(process.stderr, "write").mockImplementation(keep("error")),
  ];
  const home = process.cwd();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  if (cwd !== undefined) process.chdir(cwd);
  try {
    const code = await run(words);
    return { code, ...said };
  } finally {
    process.chdir(home);
    vi.unstubAllEnvs();
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined; // it is that of the test runner
  }
}
