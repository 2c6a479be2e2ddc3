import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Measured } from "./workers/meter.ts";

export type Told<T> = Measured & { readonly result: T };

interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  /** Starts as the command does, with its limits for the heap. */
  readonly asCommand?: boolean;
}

const startOfCommand = join(import.meta.dirname, "../packages/cli/bin/start.mjs");

/** Runs a file of `workers/` in a process of its own, so that nothing is warm and nothing is shared. */
export async function startWorker<T>(
  name: string,
  asked: object,
  { env = {}, asCommand = false }: Surroundings = {},
): Promise<Told<T>> {
  const file = join(import.meta.dirname, "workers", `${name}.ts`);
  const execArgv = asCommand ? ["--import", startOfCommand] : [];
  const child = fork(file, [JSON.stringify(asked)], { stdio: "inherit", execArgv, env });
  const exit = once(child, "exit").then(([code]) => {
    throw new Error(`${name} ended with ${code} before it told anything`);
  });
  const told = once(child, "message").then(([message]) => message as Told<T>); // meter.ts sends it
  return Promise.race([told, exit]);
}
