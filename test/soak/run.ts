import { parseArgs } from "node:util";
import { type Round, soak } from "./soak.ts";

/*
 * `npm run soak -- --minutes 10 [--seed N]`: intruders, faults and sweeps on the sandbox. Ends with 1 as
 * soon as a law is broken, or when memory or open handles grow.
 */

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "10" },
    seed: { type: "string", default: String(Math.trunc(Math.random() * 2 ** 31)) },
    storm: { type: "string", default: "12" },
  },
});
const [minutes, seed, storm] = [values.minutes, values.seed, values.storm].map(Number);
if (minutes === undefined || seed === undefined || storm === undefined || !(minutes > 0)) {
  throw new Error("--minutes, --seed and --storm (in seconds) must be numbers");
}

print(`${minutes} minutes from seed ${seed}`);
const rounds = await soak({
  milliseconds: minutes * 60_000,
  seed,
  stormMilliseconds: storm * 1_000,
  onRound: (round) => print(lineOf(round)),
});
const total = (count: (round: Round) => number) => rounds.reduce((sum, it) => sum + count(it), 0);
print(
  `${rounds.length} rounds: ${total((it) => it.acts)} acts, ${total((it) => it.faults.length)} faults, ${total((it) => it.writes)} writes, ${total((it) => it.messages)} messages, ${total((it) => it.deadLetters)} tasks given up and swept`,
);
const problems = [...rounds.flatMap((it) => it.problems), ...growth(rounds)];
for (const problem of problems) print(`BROKEN: ${problem}`);
if (problems.length > 0) print(`again: npm run soak -- --minutes ${minutes} --seed ${seed}`);
else print("every law held; memory and handles are flat");
process.exit(problems.length > 0 ? 1 : 0);

function lineOf(round: Round): string {
  const { acts, writes, messages, faults, deadLetters, heapMegabytes, handles } = round;
  const at = (round.atMilliseconds / 1_000).toFixed(0).padStart(4);
  return `${at} s  ${acts} acts, ${faults.length} faults, ${writes} writes, ${messages} messages, ${deadLetters} given up; heap ${heapMegabytes} MB, ${handles} handles`;
}

/** The last third against the second: the first is for caches and connections to fill. */
function growth(all: readonly Round[]): readonly string[] {
  const third = Math.floor(all.length / 3);
  if (third < 3) return [];
  const middle = all.slice(third, 2 * third);
  const last = all.slice(-third);
  const mean = (some: readonly Round[], of: (round: Round) => number) =>
    some.reduce((sum, it) => sum + of(it), 0) / some.length;
  const heap = [mean(middle, (it) => it.heapMegabytes), mean(last, (it) => it.heapMegabytes)];
  const handles = [mean(middle, (it) => it.handles), mean(last, (it) => it.handles)];
  return [...grown("memory", heap, 1.15, 5), ...grown("open handles", handles, 1.25, 5)];
}

function grown(
  what: string,
  [before = 0, after = 0]: readonly number[],
  factor: number,
  slack: number,
): readonly string[] {
  if (after <= before * factor + slack) return [];
  return [`${what} grew from ${before.toFixed(1)} to ${after.toFixed(1)}`];
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
