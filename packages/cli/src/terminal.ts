import { escaped, printable } from "@bucket-warden/core/kernel";

type Loudness = "quiet" | "usual" | "verbose";

let loudness: Loudness = "usual";

/** How much is said beside the answer itself. */
export function setLoudness(wanted: Loudness): void {
  loudness = wanted;
}

export function isVerbose(): boolean {
  return loudness === "verbose";
}

export function isQuiet(): boolean {
  return loudness === "quiet";
}

/**
 * Prints one line of output for people or programs. Whatever a terminal would obey in it is shown by its
 * number, which means the same in JSON.
 */
export function print(line: string): void {
  process.stdout.write(`${escaped(line)}\n`);
}

/** Prints a document just as it is. */
export function printAsIs(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints one line for people beside the output, unless they asked for quiet. */
export function note(line: string): void {
  if (loudness !== "quiet") process.stderr.write(`${escaped(line)}\n`);
}

/** Prints one line of what goes on, for people who asked for it. */
export function detail(line: string): void {
  if (isVerbose()) process.stderr.write(`${escaped(line)}\n`);
}

/** A title and counts with their names, widest count first; nothing when there is none. */
export function printTable(title: string, counts: Readonly<Record<string, number>>): void {
  const rows = Object.entries(counts);
  if (rows.length === 0) return;
  const width = Math.max(...rows.map(([, count]) => String(count).length));
  print(`\n${title}`);
  for (const [name, count] of rows) {
    print(`  ${String(count).padStart(width)}  ${printable(name)}`);
  }
}
