/**
 * Asks moto, another imitation of AWS by other people, what the sandbox is asked in
 * `sandbox-calls.test.ts`, and reports where the two agree. Needs Python with `moto[server]`.
 */
import { acceptedOfMoto, knownMoto } from "./accepted-of-moto.ts";
import { rows } from "./index.ts";
import { isEqual, judge } from "./judgement.ts";
import { type Observation, play } from "./play.ts";
import { reportOf } from "./report.ts";
import { findMoto, startMotoWorld, startSandboxWorld, type World } from "./worlds.ts";

/** Answers the exit code. */
async function compare(): Promise<number> {
  const moto = findMoto();
  if ("missing" in moto) {
    const remedy = "pip install 'moto[server]' brings it";
    process.stdout.write(
      `SKIPPED: moto was not asked anything, because ${moto.missing}; ${remedy}.\n`,
    );
    return 0;
  }
  const ofSandbox = await asked(startSandboxWorld);
  const ofMoto = await asked(startMotoWorld);
  const judgement = judge(ofMoto, acceptedOfMoto);
  process.stdout.write(`the sandbox beside moto ${moto.version}\n\n`);
  process.stdout.write(reportOf(judgement, ofMoto.length, ofSandbox.length));
  const wrong = ofSandbox.filter((observation) => !isEqual(observation));
  for (const { name } of wrong) process.stdout.write(`THE SANDBOX IS WRONG  ${name}\n`);
  if (wrong.length > 0) return 1;
  if (!moto.version.startsWith(`${knownMoto}.`)) {
    process.stdout.write(`NOT JUDGED: the accepted differences are those of moto ${knownMoto}.\n`);
    return 0;
  }
  return judgement.surprising.length + judgement.stale.length === 0 ? 0 : 1;
}

async function asked(start: () => Promise<World>): Promise<readonly Observation[]> {
  const world = await start();
  try {
    const all: Observation[] = [];
    for (const row of rows) all.push(...(await play(row, world)));
    return all;
  } finally {
    await world.stop();
  }
}

process.exitCode = await compare();
