import type { Command } from "commander";
import { guide } from "../guide.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly baseline?: string;
  readonly ledger?: string;
  readonly within: string;
  readonly json?: boolean;
}

export function addWaivers(program: Command): void {
  const waivers = program
    .command("waivers")
    .summary("show which drift is accepted, for how long and by whom");
  addVerb(waivers, {
    name: "list",
    summary: "list every waiver, and whether it holds",
    exitCodes: { 0: "they are listed" },
    onlyCare: false,
  });
  addVerb(waivers, {
    name: "check",
    summary: "name the waivers that ended, end soon or cannot be used",
    exitCodes: {
      0: "all of them hold, and none ends soon",
      2: "some ended, end soon or cannot be used",
    },
    onlyCare: true,
  });
}

interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly exitCodes: Parameters<typeof guide>[1]["exitCodes"];
  /** Only those about which a person has to do something, and an exit code that says so. */
  readonly onlyCare: boolean;
}

function addVerb(parent: Command, { name, summary, exitCodes, onlyCare }: Verb): void {
  const command = parent
    .command(name)
    .summary(summary)
    .description(
      "Reads the waivers of a baseline, and with --ledger those that were given by hand or left by an undo on the buckets of a ledger on this machine. Nothing is called.",
    )
    .option("--baseline <file>", "the baseline; else warden.config.* of this folder")
    .option("--ledger <folder>", "also those that are kept in this folder")
    .option("--within <time>", "what ends within this time ends soon, e.g. 7d or 12h", "7d")
    .option("--json", "print one JSON array")
    .action(async (options: Options) => {
      const [{ collectWaivers }, { needsCare }, { waiverLines }] = await Promise.all([
        import("../waivers/collect.ts"),
        import("../waivers/listed.ts"),
        import("../waivers/describe.ts"),
      ]);
      const all = await collectWaivers(options, Date.now());
      const shown = onlyCare ? all.filter(needsCare) : all;
      if (onlyCare && shown.length > 0) process.exitCode = 2;
      const lines = options.json === true ? [JSON.stringify(shown)] : waiverLines(shown);
      for (const line of lines.length === 0 ? [nothing(all.length)] : lines) print(line);
    });
  guide(command, {
    examples: [
      `warden waivers ${name}`,
      `warden waivers ${name} --baseline prod.yaml --ledger warden-ledger`,
      `warden waivers ${name} --within 30d --json | jq -r '.[].place'`,
    ],
    exitCodes,
  });
}

function nothing(count: number): string {
  return count === 0 ? "there are no waivers" : `${count} waivers, and nothing to do about them`;
}
