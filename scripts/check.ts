import { join } from "node:path";
import { parseArgs } from "node:util";
import { gates } from "./gates/catalogue.ts";
import { closingOf, lineOf } from "./gates/report.ts";
import { runGates } from "./gates/run-gates.ts";
import { installPlatform } from "./stacks/platform.ts";

const usage = `npm run check                       every gate
npm run check -- --without tests    all but these (comma-separated)
npm run check -- --only lint,types  these alone
gates: ${gates.map(({ name }) => name).join(", ")}
`;

/** Runs the gates that the arguments choose; answers the exit code. */
async function check(args: readonly string[]): Promise<number> {
  const names = chosen(args);
  if (typeof names === "string") {
    process.stderr.write(`${names}\n${usage}`);
    return 2;
  }
  const root = join(import.meta.dirname, "..");
  await installPlatform(root);
  const some = gates.filter(({ name }) => names.has(name));
  const results = await runGates(some, root, (it) => process.stdout.write(`${lineOf(it)}\n`));
  const left = gates.map(({ name }) => name).filter((name) => !names.has(name));
  process.stdout.write(`${closingOf(results, left)}\n`);
  return results.every(({ verdict }) => verdict.kind === "green") ? 0 : 1;
}

/** The names of the gates to run, or what is wrong with the arguments. */
function chosen(args: readonly string[]): ReadonlySet<string> | string {
  const lists = listsIn(args);
  if (typeof lists === "string") return lists;
  const all = gates.map(({ name }) => name);
  const unknown = [...lists.without, ...lists.only].filter((name) => !all.includes(name));
  if (unknown.length > 0) return `no such gate: ${unknown.join(", ")}`;
  const wanted = lists.only.length === 0 ? all : lists.only;
  const names = new Set(wanted.filter((name) => !lists.without.includes(name)));
  return names.size === 0 ? "nothing is left to run" : names;
}

interface Lists {
  readonly without: readonly string[];
  readonly only: readonly string[];
}

function listsIn(args: readonly string[]): Lists | string {
  const text = { type: "string", default: "" } as const;
  const namesOf = (list: string) => list.split(",").filter((name) => name !== "");
  try {
    const { values } = parseArgs({ args: [...args], options: { without: text, only: text } });
    return { without: namesOf(values.without), only: namesOf(values.only) };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

process.exitCode = await check(process.argv.slice(2));
