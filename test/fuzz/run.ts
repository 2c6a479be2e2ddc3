import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { doors } from "./doors/index.ts";
import type { Chunk, Done } from "./worker.ts";

/*
 * `npm run fuzz -- --cases 1000000 --seed 1 [--door "bucket policies"]`: so many cases in all, and what
 * became of them. Ends with 1 at the first that crashes, hangs or eats the memory, and says how to see
 * it again.
 */

const { values } = parseArgs({
  options: {
    cases: { type: "string", default: "1000000" },
    seed: { type: "string", default: String(Math.trunc(Math.random() * 2 ** 31)) },
    door: { type: "string" },
  },
});
const [cases, seed] = [Number(values.cases), Number(values.seed)];
if (!(Number.isInteger(cases) && cases > 0 && Number.isInteger(seed))) {
  throw new Error("--cases and --seed must be whole numbers");
}
const chosen = doors.filter(({ name }) => values.door === undefined || name === values.door);
if (chosen.length === 0) {
  throw new Error(`there is no such door; these are: ${doors.map(({ name }) => name).join(", ")}`);
}

/** Cases of one seed. A case that fails is found again by its door, its seed and this number. */
const chunkSize = 1_000;
/** A case may not take longer, also on a busy machine: most take less than a thousandth of it. */
const longestMilliseconds = 20_000;
const mostMegabytes = 512;

print(`${cases} cases from seed ${seed}`);
const started = Date.now();
const total = { cases: 0, accepted: 0, refused: 0 };
for (const { name } of chosen) {
  const share = Math.ceil(cases / chosen.length);
  const done = await runDoor(name, share);
  if (done === undefined) process.exit(1);
  const { accepted, refused, slowestMilliseconds } = done;
  total.cases += share;
  total.accepted += accepted;
  total.refused += refused;
  const slowest = `slowest ${slowestMilliseconds} ms`;
  print(`${name}: ${share} cases, ${accepted} accepted, ${refused} refused, ${slowest}`);
}
const minutes = ((Date.now() - started) / 60_000).toFixed(1);
print(`${total.cases} cases in ${minutes} minutes: no crash, no hang, no change of a prototype`);
print(`${total.accepted} accepted, ${total.refused} refused, each with place, problem and remedy`);

/** All cases of one door, in a thread of its own that can be ended; undefined when one failed. */
async function runDoor(door: string, share: number): Promise<Done | undefined> {
  const all: Done = { accepted: 0, refused: 0, slowestMilliseconds: 0 };
  const thread = start();
  try {
    for (let at = 0; at * chunkSize < share; at += 1) {
      const chunk = {
        door,
        seed: seed + at,
        cases: Math.min(chunkSize, share - at * chunkSize),
      };
      const answer = await thread.answer(chunk);
      if (typeof answer === "string") {
        print(`${door}: ${answer}`);
        print(
          `again: npm run fuzz -- --door "${door}" --seed ${chunk.seed} --cases ${chunk.cases}`,
        );
        return undefined;
      }
      all.accepted += answer.accepted;
      all.refused += answer.refused;
      all.slowestMilliseconds = Math.max(all.slowestMilliseconds, answer.slowestMilliseconds);
    }
    return all;
  } finally {
    await thread.end();
  }
}

/** A thread that is watched: it counts the cases that it begins, and one of them must not last. */
function start() {
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: begun,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  return {
    end: () => worker.terminate(),
    answer: (chunk: Chunk) =>
      new Promise<Done | string>((resolve) => {
        let last = { count: Atomics.load(begun, 0), at: Date.now() };
        const watch = setInterval(() => {
          const count = Atomics.load(begun, 0);
          if (count !== last.count) last = { count, at: Date.now() };
          else if (Date.now() - last.at > longestMilliseconds) settle("a case takes too long");
        }, 250);
        const settle = (answer: Done | string) => {
          clearInterval(watch);
          worker.off("message", settle).off("error", fail);
          resolve(answer);
        };
        const fail = (error: Error) => settle(error.message);
        worker.on("message", settle).on("error", fail);
        worker.postMessage(chunk);
      }),
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
