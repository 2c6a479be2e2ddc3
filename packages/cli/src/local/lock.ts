import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { InputError } from "@bucket-warden/core/kernel";
import { type ResourceRef, resourceName } from "@bucket-warden/core/model";
import * as z from "zod";

/**
 * Does work on a resource while nobody else does who keeps a ledger in this folder: what the group of a
 * queue message is for the deployed Warden. Throws InputError where somebody does, and says who.
 */
export async function alone<T>(
  folder: string,
  on: ResourceRef,
  work: () => Promise<T>,
): Promise<T> {
  const file = await lockFileOf(folder, on);
  const content = { process: process.pid, host: hostname(), since: new Date().toISOString() };
  try {
    // Fails where the file is there already, which is what makes it a lock.
    await writeFile(file, `${JSON.stringify(content)}\n`, { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw await heldBy(file, on);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function lockFileOf(folder: string, on: ResourceRef): Promise<string> {
  const locks = join(folder, "locks");
  await mkdir(locks, { recursive: true });
  return join(locks, `${encodeURIComponent(`${on.account}#${resourceName(on)}`)}.json`);
}

const schema = z.object({ process: z.int().positive(), host: z.string(), since: z.string() });

/** Whoever died at work may have left it half done, so that nobody else may decide that it is over. */
async function heldBy(file: string, on: ResourceRef): Promise<InputError> {
  const holder = schema.safeParse(await contentOf(file)).data;
  const other =
    "If it is not at work any more, look at `warden history`, delete this file, and ask again.";
  if (holder === undefined) {
    const problem = `it says that somebody is at work on ${resourceName(on)}, but not who`;
    return new InputError({ place: file, problem, remedy: other });
  }
  const who = `process ${holder.process} on ${holder.host}`;
  if (holder.host !== hostname()) {
    const problem = `${who} is at work on ${resourceName(on)} since ${holder.since}`;
    return new InputError({ place: file, problem, remedy: other });
  }
  if (isRunning(holder.process)) {
    const problem = `${who} is at work on ${resourceName(on)} since ${holder.since}`;
    return new InputError({ place: file, problem, remedy: "Wait until it is done." });
  }
  return new InputError({
    place: file,
    problem: `${who} began to work on ${resourceName(on)} at ${holder.since} and is gone; it may be half done`,
    remedy:
      "Look at `warden history`, delete this file, and ask again: what is done is not done twice.",
  });
}

async function contentOf(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, "utf8"));
  } catch {
    return undefined; // its holder is just writing it, or was stopped while it did
  }
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0); // signal 0 only asks
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // that of another user
  }
}
