import { rmSync } from "node:fs";
import { join } from "node:path";
import { missedBecause } from "./canaries/judge.ts";
import { readCanaries } from "./canaries/read.ts";
import { type Rehearsal, rehearsalsOf, rehearse } from "./canaries/rehearse.ts";
import { gates } from "./gates/catalogue.ts";
import type { Verdict } from "./gates/gate.ts";
import { inLanes } from "./gates/lanes.ts";
import { installPlatform } from "./stacks/platform.ts";

interface Result {
  readonly caught: number;
  readonly missed: readonly string[];
}

const root = join(import.meta.dirname, "..");
/** The copies that lie in the temporary folder now. */
const open = new Set<string>();

/** Plants every canary and expects its gate to catch it; answers the exit code. */
async function checkGates(): Promise<number> {
  await installPlatform(root);
  const canaries = await readCanaries(root);
  const silent = gates
    .filter(({ name }) => !canaries.some(({ gate }) => gate === name))
    .map(({ name }) => `${name}: no canary has shown that this gate can fail`);
  const results = await inLanes(2, rehearsalsOf(canaries), tryOut);
  const missed = [...silent, ...results.flatMap((it) => it.missed)];
  const caught = results.reduce((sum, it) => sum + it.caught, 0);
  process.stdout.write(missed.map((line) => `\n${line}\n`).join(""));
  process.stdout.write(`\n${caught} passed, ${missed.length} failed\n`);
  return caught > 0 && missed.length === 0 ? 0 : 1;
}

async function tryOut(rehearsal: Rehearsal): Promise<Result> {
  const began = performance.now();
  const gate = gates.find(({ name }) => name === rehearsal.gate);
  if (gate === undefined) return { caught: 0, missed: [`no such gate: ${rehearsal.gate}`] };
  const result = await rehearse(root, rehearsal, gate, open).then(
    (verdict) => compare(rehearsal, verdict),
    (error: unknown) => ({ caught: 0, missed: [broken(error)] }),
  );
  const seconds = ((performance.now() - began) / 1000).toFixed(1).padStart(5);
  const mark = result.missed.length === 0 ? "ok  " : "FAIL";
  const { canaries } = rehearsal;
  const what = canaries.length === 1 ? canaries[0]?.rule : `${canaries.length} canaries`;
  process.stdout.write(`${mark}  ${gate.name.padEnd(8)}${seconds} s  ${what}\n`);
  return result;
}

function compare({ gate, canaries }: Rehearsal, verdict: Verdict): Result {
  const missed = canaries.flatMap((canary) => {
    const why = missedBecause(canary, verdict);
    return why === undefined ? [] : [`${gate} missed ${canary.source}: ${why}`];
  });
  return { caught: canaries.length - missed.length, missed };
}

/** What went wrong, with what lies behind it: a canary that cannot be planted has shown nothing. */
function broken(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${broken(error.cause)}`;
}

// Also when a signal or a bug ends this process in the middle of a rehearsal.
process.once("exit", () => {
  for (const copy of open) rmSync(copy, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));

process.exitCode = await checkGates();
