import fc from "fast-check";
import { run } from "../../../packages/cli/src/program.ts";
import { hostileText, inheritedNames } from "../../arbitraries/hostile.ts";
import { door, requirePrintable } from "../door.ts";

/** Commands that read no more than what is named, and call nobody. */
const commands: readonly (readonly string[])[] = [
  ["baseline", "show", "nowhere.yaml", "--bucket", "invoices", "--account", "111122223333"],
  [
    "baseline",
    "show",
    "nowhere.yaml",
    "--bucket",
    "invoices",
    "--tag",
    "env=prod",
    "--unit",
    "r-1",
  ],
  ["baseline", "check", "nowhere.json", "--json"],
  ["policy", "check", "nowhere.json", "--guarantee", "ssl-only", "--bucket", "b", "--param", "a=b"],
  ["policy", "fix", "nowhere.json", "--guarantee", "tls-minimum", "--param", "minimum=1.3"],
  ["history", "invoices", "--ledger", "nowhere", "--account", "111122223333", "--most", "3"],
  ["replay", "nowhere", "--own", "bucket-warden*", "--json"],
  ["member-template", "nowhere.yaml", "--prefix", "bucket-warden", "--sweep", "rate(1 day)"],
  ["controls", "--json"],
];

const words = fc
  .tuple(
    fc.constantFrom(...commands),
    fc.array(fc.tuple(fc.nat(12), hostileText(fc.constant("word"))), { maxLength: 3 }),
    fc.array(fc.constantFrom("--", "-", "--help", "--json", ...inheritedNames), { maxLength: 2 }),
  )
  .map(([command, changes, more]) => {
    const changed = changes.reduce<readonly string[]>(
      (all, [at, text]) => all.map((word, index) => (index === at % all.length ? text : word)),
      command,
    );
    return [...changed, ...more].map((word) => word.replaceAll("\0", ""));
  });

/** Whatever the words are, the answer is an exit code and lines that are safe to show. */
async function answered(given: readonly string[]): Promise<void> {
  let written = "";
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((it) => it.write);
  const keep = (text: string | Uint8Array) => {
    written += String(text);
    return true;
  };
  for (const stream of streams) stream.write = keep as typeof stream.write;
  try {
    const code = await run(given);
    if (![0, 1, 2, 3].includes(code)) throw new Error(`the exit code is ${code}`);
  } finally {
    for (const [index, stream] of streams.entries())
      stream.write = originals[index] as typeof stream.write;
  }
  for (const line of written.split("\n")) requirePrintable(line.replaceAll("\t", " "));
  if (/mistake in warden itself/.test(written)) throw new Error(written.slice(0, 500));
}

export const commandLineDoors = [
  door({ name: "words on the command line", inputs: words, enter: answered }),
];
