import { writeFile } from "node:fs/promises";
import { baselineProblems, type Problem } from "@bucket-warden/core/baseline";
import { InputError, printable } from "@bucket-warden/core/kernel";
import type { Command } from "commander";
import { explain, type Whereabouts } from "../baseline/explain.ts";
import { findBaseline } from "../baseline/find.ts";
import { type Answers, askFor, dayOne } from "../baseline/init.ts";
import { readSource } from "../baseline/source.ts";
import { guide } from "../guide.ts";
import { choice } from "../options.ts";
import { print } from "../terminal.ts";

export function addBaseline(program: Command): void {
  const baseline = program.command("baseline").summary("write, check and explain the baseline");
  addCheck(baseline);
  addShow(baseline);
  addInit(baseline);
}

function addCheck(parent: Command): void {
  const command = parent
    .command("check")
    .summary("name everything that is wrong with a baseline")
    .description(
      "Names every mistake of a baseline with its place and what to give instead. Nothing is called.",
    )
    .argument("[file]", "the baseline; else warden.config.ts, .yaml or .json of this folder")
    .option("--json", "print one JSON array of problems")
    .action(async (given: string | undefined, { json }: { json?: boolean }) => {
      const file = findBaseline(given);
      const { input, where } = await readSource(file);
      const problems = baselineProblems(input).map((it) => ({ ...it, place: where(it.path) }));
      if (problems.length > 0) process.exitCode = 1;
      if (json === true) print(JSON.stringify(problems));
      else if (problems.length === 0) print(`${file}: nothing is wrong with it`);
      else for (const problem of problems) printProblem(problem);
    });
  guide(command, {
    examples: ["warden baseline check", "warden baseline check prod.yaml --json"],
    exitCodes: { 0: "it can be used as it is", 1: "it cannot" },
  });
}

function printProblem({ place, path, problem, remedy }: Problem & { readonly place: string }) {
  const setting = path.length === 0 ? "the baseline" : path.map(String).join(".");
  print(`${place}: ${printable(setting)} ${printable(problem)}`);
  print(`  ${printable(remedy)}`);
}

interface ShowOptions {
  readonly bucket: string;
  readonly account?: string;
  readonly region?: string;
  readonly tag?: readonly string[];
  readonly unit?: readonly string[];
  readonly json?: boolean;
}

function addShow(parent: Command): void {
  const command = parent
    .command("show")
    .summary("show the settings of one bucket, and where each comes from")
    .description(
      "Shows what a baseline asks of one bucket, and which scope, waiver or default decides it. Nothing is called.",
    )
    .argument("[file]", "the baseline; else warden.config.ts, .yaml or .json of this folder")
    .requiredOption("--bucket <name>", "the bucket")
    .option("--account <id>", "the account that owns it", "111122223333")
    .option("--region <code>", "where it lives", "us-east-1")
    .option("--tag <key=value...>", "its tags; needed when a scope asks for tags")
    .option("--unit <id...>", "the organizational units above the account, up to the root")
    .option("--json", "print one JSON object")
    .action(async (given: string | undefined, options: ShowOptions) => {
      const file = findBaseline(given);
      const { input } = await readSource(file);
      const shown = explain(input, file, whereaboutsOf(options));
      if (options.json === true) print(JSON.stringify(shown));
      else printShown(shown);
    });
  guide(command, {
    examples: [
      "warden baseline show --bucket invoices",
      "warden baseline show --bucket invoices --account 444455556666 --tag env=prod --json",
    ],
    exitCodes: { 0: "it is shown" },
  });
}

function whereaboutsOf({ bucket, account, region, tag, unit }: ShowOptions): Whereabouts {
  return {
    bucket,
    account: account ?? "",
    region: region ?? "",
    ...(tag === undefined ? {} : { tags: Object.fromEntries(tag.map(splitTag)) }),
    ...(unit === undefined ? {} : { units: unit }),
  };
}

function splitTag(tag: string): readonly [string, string] {
  const at = tag.indexOf("=");
  if (at > 0) return [tag.slice(0, at), tag.slice(at + 1)];
  throw new InputError({
    place: `--tag ${tag}`,
    problem: "it is not key=value",
    remedy: "Give each tag as key=value, e.g. --tag env=prod team=payments.",
  });
}

function printShown({ scopes, settings, waivers }: ReturnType<typeof explain>): void {
  print(scopes.length === 0 ? "no scope matches" : `scopes that match: ${scopes.join(", ")}`);
  const width = Math.max(...settings.map(({ name }) => name.length));
  const rows = settings.map(
    ({ name, value, from }) => [name, JSON.stringify(value), from] as const,
  );
  const valueWidth = Math.max(...rows.map(([, value]) => value.length));
  for (const [name, value, from] of rows) {
    print(`  ${name.padEnd(width)}  ${printable(value).padEnd(valueWidth)}  ${printable(from)}`);
  }
  for (const waiver of waivers) print(`  ${printable(waiver)}`);
}

function addInit(parent: Command): void {
  const command = parent
    .command("init")
    .summary("write a first baseline: it alerts and changes nothing")
    .description(
      "Asks a few questions and writes a baseline that is safe on day one. Nothing is called, and no file is overwritten.",
    )
    .option("--out <file>", "where to write it", "warden.config.yaml")
    .option("--key <arn>", "the KMS key or alias that buckets shall use; templates are allowed")
    .option("--log-target <name>", "the bucket that receives access logs; templates are allowed")
    .addOption(choice("--mode <mode>", "what to do on drift", ["alert", "approve", "remediate"]))
    .option("--yes", "do not ask; what is not given keeps its default")
    .action(async ({ out, yes, ...given }: Answers & { out: string; yes?: boolean }) => {
      const asks = yes !== true && process.stdin.isTTY;
      const text = dayOne(asks ? await askFor(given) : given);
      await writeNew(out, text);
      print(`wrote ${out}; look at it, then run: warden baseline check ${out}`);
    });
  guide(command, {
    examples: [
      "warden baseline init",
      "warden baseline init --yes --mode alert --log-target 'logs-{account}-{region}'",
    ],
    exitCodes: { 0: "it is written" },
  });
}

/** Never over a file that is there: somebody may have worked on it. */
async function writeNew(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: "wx" }).catch((cause: unknown) => {
    const exists = cause instanceof Error && "code" in cause && cause.code === "EEXIST";
    throw new InputError({
      place: file,
      problem: exists ? "it is there already" : "it cannot be written",
      remedy: "Choose another file with --out.",
      cause,
    });
  });
}
