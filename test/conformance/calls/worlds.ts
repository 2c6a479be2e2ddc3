import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import type { S3Client } from "@aws-sdk/client-s3";
import { startSandbox } from "@bucket-warden/sandbox";

/** Something that answers as AWS does, empty at first. */
export interface World {
  /** Where it is, when that is not AWS itself. */
  readonly endpoint?: string;
  /** It is somebody's account: their credentials count, and only what was made there is touched. */
  readonly isOwn?: true;
  /** Makes a bucket for a row, in place of the call that makes one anywhere; says its name. */
  readonly makeBucket?: (wish: string, region: string) => Promise<string>;
  readonly guardS3?: (client: S3Client, region: string) => void;
  readonly account: string;
  readonly region: string;
  /** Throws where the world has no such policies. */
  readonly enactS3Policy: (word: "all" | "none") => void;
  readonly stop: () => Promise<void>;
}

/** The one account that moto has; the sandbox takes any. */
const account = "123456789012";
const region = "us-east-1";

export async function startSandboxWorld(): Promise<World> {
  const { endpoint, world, stop } = await startSandbox({ account, region });
  const enactS3Policy = (word: "all" | "none") => {
    world.organizationS3Policies.set(account, word);
  };
  return { endpoint, account, region, enactS3Policy, stop };
}

/** The version of moto that a Python has, or why there is none. */
export function findMoto(
  python = "python3",
): { readonly version: string } | { readonly missing: string } {
  const program = "import moto, moto.server; print(moto.__version__)";
  const { error, status, stdout, stderr } = spawnSync(python, ["-c", program], {
    encoding: "utf8",
  });
  if (error !== undefined) return { missing: `there is no ${python}` };
  if (status === 0) return { version: stdout.trim() };
  return { missing: `${python} has none: ${stderr.trim().split("\n").at(-1)}` };
}

/** Starts moto on a free port of its own; it is ready when the promise resolves. */
export async function startMotoWorld(): Promise<World> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const args = ["-m", "moto.server", "--host", "127.0.0.1", "--port", `${port}`];
  const server = spawn("python3", args, { stdio: "ignore" });
  try {
    await ready(server, endpoint);
  } catch (error) {
    await ended(server);
    throw error;
  }
  const enactS3Policy = () => {
    throw new Error("moto has no S3 policies of an organization");
  };
  return { endpoint, account, region, enactS3Policy, stop: () => ended(server) };
}

const startWithinMilliseconds = 60_000;

async function ready(server: ChildProcess, endpoint: string): Promise<void> {
  const until = Date.now() + startWithinMilliseconds;
  while (Date.now() < until && server.exitCode === null) {
    const answer = await fetch(`${endpoint}/moto-api/`).catch(() => undefined);
    if (answer?.ok === true) return;
    await setTimeout(100);
  }
  throw new Error(`moto does not answer on ${endpoint} (exit code ${server.exitCode ?? "none"})`);
}

function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    server.once("exit", () => resolve());
    server.kill("SIGKILL"); // it keeps nothing
  });
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
