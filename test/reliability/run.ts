import { parseArgs } from "node:util";
import { crashMatrix } from "./crash.ts";
import { faultsMatrix } from "./faults.ts";
import { type Matrix, tally } from "./matrix.ts";
import { racesMatrix } from "./races.ts";

const usage = `npm run reliability                          every case of every matrix
  --matrix NAME   one of: crash, faults, races
  --seed N        another order and other random choices; 1 when left out
  --cases N       only so many of each
`;

const matrices: Readonly<Record<string, (seed: number) => Promise<Matrix>>> = {
  crash: crashMatrix,
  faults: faultsMatrix,
  races: racesMatrix,
};

/** Tries matrices and prints their counts; answers the exit code. */
async function run(args: readonly string[]): Promise<number> {
  const chosen = choose(args);
  if (typeof chosen === "string") {
    process.stderr.write(`${chosen}\n${usage}`);
    return 2;
  }
  let failed = 0;
  for (const name of chosen.names) {
    await using matrix = await matrices[name]?.(chosen.seed);
    const cases = matrix?.cases.slice(0, chosen.cases) ?? [];
    const { tried, survived, limits, failures } = await tally(cases, matrix?.atOnce);
    const met = [...limits].map(([limit, times]) => `; ${times} × ${limit}`).join("");
    process.stdout.write(`${name}: ${tried} cases tried, ${survived} survived${met}\n`);
    for (const { name: which, problems } of failures) {
      process.stdout.write(`  ${which}\n${problems.map((it) => `    ${it}\n`).join("")}`);
    }
    failed += failures.length;
  }
  return failed === 0 ? 0 : 1;
}

interface Chosen {
  readonly names: readonly string[];
  readonly seed: number;
  readonly cases: number;
}

/** What the arguments ask for, or what is wrong with them. */
function choose(args: readonly string[]): Chosen | string {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { matrix: text, seed: { ...text, default: "1" }, cases: text },
    });
    const { matrix, seed, cases } = values;
    const unknown = matrix !== undefined && matrices[matrix] === undefined;
    if (unknown) return `there is no matrix ${matrix}`;
    const numbers = { seed: Number(seed), cases: Number(cases ?? "1e9") };
    const isWrong = Object.values(numbers).some((it) => !Number.isSafeInteger(it) || it < 0);
    if (isWrong) return "--seed and --cases are whole numbers from 0";
    return { names: matrix === undefined ? Object.keys(matrices) : [matrix], ...numbers };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

process.exitCode = await run(process.argv.slice(2));
