import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { code, table } from "./markdown.ts";

/** What one run of a matrix counted; `npm run reliability -- --record` keeps it. */
interface Counts {
  readonly seed: number;
  /** So many cases there are. */
  readonly of: number;
  readonly tried: number;
  readonly survived: number;
  readonly limits: Readonly<Record<string, number>>;
}

/** The counts of the last recorded run of each matrix, with the command that gives them again. */
export async function reliabilityTable(root: string): Promise<readonly string[]> {
  const text = await readFile(join(root, "docs/reliability.json"), "utf8");
  // Written by the run, and by nobody else.
  const known = JSON.parse(text) as Readonly<Record<string, Counts>>;
  const rows = Object.entries(known)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([matrix, { seed, of, tried, survived, limits }]) => [
      matrix,
      tried === of ? inWords(tried) : `${inWords(tried)} of ${inWords(of)}`,
      inWords(survived),
      Object.entries(limits)
        .map(([limit, times]) => `${times} × ${limit}`)
        .join("; "),
      code(commandFor(matrix, { seed, of, tried })),
    ]);
  return table(["Matrix", "Tried", "Survived", "On the way", "The same again"], rows);
}

function inWords(count: number): string {
  return count.toLocaleString("en-US");
}

function commandFor(
  matrix: string,
  { seed, of, tried }: Pick<Counts, "seed" | "of" | "tried">,
): string {
  const only = tried === of ? "" : ` --cases ${tried}`;
  return `npm run reliability -- --matrix ${matrix} --seed ${seed}${only}`;
}
