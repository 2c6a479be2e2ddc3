import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export { account, region } from "./documents.ts";
export { bucketName } from "./s3.ts";

export interface FakeSettings {
  readonly latencyMilliseconds: number;
  /** Calls a second above which S3 answers SlowDown; 0 is never. */
  readonly mostPerSecond: number;
  readonly buckets: number;
  /** Of the table; as of everything else when left out. */
  readonly tableMilliseconds?: number;
  /** By bucket and sub-resource, e.g. `bench-000000?policy`: what stands there instead of what is usual. */
  readonly written?: Readonly<Record<string, string>>;
  /** Whether each call is noted. */
  readonly notesCalls?: boolean;
}

/** One call; in milliseconds since 1970, with fractions. */
export interface NotedCall {
  readonly operation: string;
  readonly from: number;
  readonly to: number;
  readonly latencyMilliseconds: number;
}

/** What the fake has seen since its settings were made. */
export interface Seen {
  readonly calls: Readonly<Record<string, number>>;
  readonly mostInFlight: number;
  readonly cpuMilliseconds: number;
  /** In the order of their answers. */
  readonly noted: readonly NotedCall[];
  /** The messages that were sent to a queue. */
  readonly sent: readonly string[];
}

/** A fake S3 that runs. */
export interface FakeS3 {
  readonly endpoint: string;
  /** Forgets everything, also what was counted. */
  readonly set: (settings: Partial<FakeSettings>) => Promise<Seen>;
  readonly seen: () => Promise<Seen>;
  readonly stop: () => void;
}

const usual: FakeSettings = { latencyMilliseconds: 30, mostPerSecond: 0, buckets: 1_000 };

/** Starts the fake in a process of its own, on loopback. */
export async function startFakeS3(): Promise<FakeS3> {
  const child = fork(join(import.meta.dirname, "main.ts"), { stdio: "inherit" });
  const [{ endpoint }] = (await once(child, "message")) as [{ endpoint: string }]; // main.ts sends it
  const ask = async (path: string, body?: object): Promise<Seen> => {
    const init = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
    return (await fetch(`${endpoint}/_bench/${path}`, init)).json() as Promise<Seen>; // so does `control`
  };
  return {
    endpoint,
    set: (settings) => ask("settings", { ...usual, ...settings }),
    seen: () => ask("counters"),
    stop: () => child.disconnect(),
  };
}

/** How many calls that were. */
export function callsIn({ calls }: Seen): number {
  return Object.values(calls).reduce((sum, times) => sum + times, 0);
}
