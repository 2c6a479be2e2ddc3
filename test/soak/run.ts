import { parseArgs } from "node:util";
import { growth } from "./growth.ts";
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
  `${rounds.length} rounds: ${total((it) => it.acts)} acts, ${total((it) => it.faults.length)} faults, ${total((it) => it.writes)} writes, ${total((it) => it.messages)} messages, ${total((it) => it.deadLetters)} tasks given up and swept, ${total((it) => it.leftToPeople)} edits left to people`,
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

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
