import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { burstMatrix } from "./burst.ts";
import { crashMatrix } from "./crash.ts";
import { disorderMatrix } from "./disorder.ts";
import { faultsMatrix } from "./faults.ts";
import { type Matrix, type Tally, tally } from "./matrix.ts";
import { racesMatrix } from "./races.ts";

const usage = `npm run reliability                          every case of every matrix
  --matrix NAME   one of: crash, faults, races, disorder, burst
  --seed N        another order and other random choices; 1 when left out
  --cases N       only so many of each
  --record        keeps the counts in docs/reliability.json, for npm run docs
`;

const matrices: Readonly<Record<string, (seed: number) => Promise<Matrix>>> = {
  crash: crashMatrix,
  faults: faultsMatrix,
  races: racesMatrix,
  disorder: disorderMatrix,
  burst: burstMatrix,
};

/** Tries matrices and prints their counts; answers the exit code. */
async function run(args: readonly string[]): Promise<number> {
  const chosen = choose(args);
  if (typeof chosen === "string") {
    process.stderr.write(`${chosen}\n${usage}`);
    return 2;
  }
  const { names, seed, cases, record } = chosen;
  let failed = 0;
  for (const name of names) {
    await using matrix = await matrices[name]?.(seed);
    const result = await tally(matrix?.cases.slice(0, cases) ?? [], matrix?.atOnce);
    print(name, result);
    if (matrix?.measured !== undefined) process.stdout.write(`  ${matrix.measured()}\n`);
    const all = matrix?.cases.length ?? 0;
    if (record) await keep(name, { seed, of: all }, result);
    failed += result.failures.length;
  }
  return failed === 0 ? 0 : 1;
}

function print(matrix: string, { tried, survived, limits, failures }: Tally): void {
  const met = [...limits].map(([limit, times]) => `; ${times} × ${limit}`).join("");
  process.stdout.write(`${matrix}: ${tried} cases tried, ${survived} survived${met}\n`);
  for (const { name, problems } of failures) {
    process.stdout.write(`  ${name}\n${problems.map((it) => `    ${it}\n`).join("")}`);
  }
}

/** Replaces what is known of this matrix. */
async function keep(
  matrix: string,
  about: { readonly seed: number; readonly of: number },
  result: Tally,
): Promise<void> {
  const { tried, survived, limits } = result;
  const path = join(import.meta.dirname, "../../docs/reliability.json");
  const known: object = JSON.parse(await readFile(path, "utf8"));
  const counts = { ...about, tried, survived, limits: Object.fromEntries([...limits].sort()) };
  await writeFile(path, `${JSON.stringify({ ...known, [matrix]: counts }, undefined, 2)}\n`);
}

interface Chosen {
  readonly names: readonly string[];
  readonly seed: number;
  readonly cases: number;
  readonly record: boolean;
}

/** What the arguments ask for, or what is wrong with them. */
function choose(args: readonly string[]): Chosen | string {
  const text = { type: "string" } as const;
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        matrix: text,
        seed: { ...text, default: "1" },
        cases: text,
        record: { type: "boolean", default: false },
      },
    });
    const { matrix, seed, cases, record } = values;
    const unknown = matrix !== undefined && matrices[matrix] === undefined;
    if (unknown) return `there is no matrix ${matrix}`;
    const numbers = { seed: Number(seed), cases: Number(cases ?? "1e9") };
    const isWrong = Object.values(numbers).some((it) => !Number.isSafeInteger(it) || it < 0);
    if (isWrong) return "--seed and --cases are whole numbers from 0";
    return { names: matrix === undefined ? Object.keys(matrices) : [matrix], ...numbers, record };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

process.exitCode = await run(process.argv.slice(2));
