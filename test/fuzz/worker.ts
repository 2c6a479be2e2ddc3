import { parentPort, workerData } from "node:worker_threads";
import { type Door, tryDoor } from "./door.ts";
import { doors } from "./doors/index.ts";

/** So many cases of one seed at one door. */
export interface Chunk {
  readonly door: string;
  readonly seed: number;
  readonly cases: number;
}

export interface Done {
  accepted: number;
  refused: number;
  slowestMilliseconds: number;
}

/** How many cases were begun, for whoever watches: it stands still when one hangs. */
const begun: Int32Array = workerData;

parentPort?.on("message", (chunk: Chunk) => {
  answer(chunk).then(
    (done) => parentPort?.postMessage(done),
    (error: unknown) => parentPort?.postMessage(textOf(error)),
  );
});

async function answer({ door, seed, cases }: Chunk): Promise<Done> {
  const found = doors.find(({ name }) => name === door);
  if (found === undefined) throw new Error(`there is no door ${door}`);
  const watch = { slowest: 0 };
  const { accepted, refused } = await tryDoor(timed(found, watch), { cases, seed });
  return { accepted, refused, slowestMilliseconds: Math.round(watch.slowest) };
}

function timed(door: Door, watch: { slowest: number }): Door {
  return {
    ...door,
    enter: async (input) => {
      Atomics.add(begun, 0, 1);
      const from = performance.now();
      try {
        return await door.enter(input);
      } finally {
        watch.slowest = Math.max(watch.slowest, performance.now() - from);
      }
    },
  };
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : "";
  return `${error.message.slice(0, 2_000)}\n${cause.slice(0, 2_000)}`;
}
