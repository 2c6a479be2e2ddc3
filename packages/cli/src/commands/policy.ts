import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline";
import { InputError, printable } from "@bucket-warden/core/kernel";
import { diffOfPolicies } from "@bucket-warden/core/plan";
import { type EnsureResult, ensure, guarantee, type Request } from "@bucket-warden/core/policy";
import type { Command } from "commander";
import { type Guide, guide } from "../guide.ts";
import { choice } from "../options.ts";
import { check, checkLine, fixLine } from "../policy/answer.ts";
import type { Question } from "../policy/question.ts";
import { print, printAsIs } from "../terminal.ts";

interface Options {
  readonly guarantee?: string;
  readonly bucket?: string;
  readonly partition: string;
  readonly param: readonly string[];
  readonly jsonl?: boolean;
}

export function addPolicy(program: Command): void {
  const policy = program.command("policy").summary("prove or repair a bucket policy");
  addVerb(policy, {
    verb: "check",
    summary: "prove that a policy gives a guarantee, or show a request that slips through",
    description:
      "Proves that a bucket policy gives a guarantee, by what it means and not by how it is spelt, or shows a request that slips through and the smallest repair. Nothing is called.",
    line: checkLine,
    one: printCheck,
    exitCodes: {
      0: "proven; with --jsonl always, since each line has its own answer",
      1: "the policy is none that AWS would take, or an error, which says what to do",
      2: "refuted or undecided",
    },
  });
  addVerb(policy, {
    verb: "fix",
    summary: "print the policy with the smallest repair",
    description:
      "Prints the bucket policy so that it gives a guarantee: foreign statements stay as they are, byte for byte. Nothing is called.",
    line: fixLine,
    one: printFix,
    exitCodes: {
      0: "the policy that is printed gives the guarantee",
      1: "there is no repair, or an error, which says what to do",
    },
  });
}

const partitions = ["aws", "aws-cn", "aws-us-gov", "aws-eusc"];

interface Verb {
  readonly verb: string;
  readonly summary: string;
  readonly description: string;
  readonly line: (line: string) => object;
  readonly one: (question: Question) => void;
  readonly exitCodes: Guide["exitCodes"];
}

function addVerb(
  parent: Command,
  { verb, summary, description, line, one, exitCodes }: Verb,
): void {
  const command = parent
    .command(verb)
    .summary(summary)
    .description(description)
    .argument("[file]", "the policy, as S3 returns it")
    .option("--guarantee <name>", "ssl-only, kms-enforcement, sse-c-denied, tls-minimum, …")
    .option("--bucket <name>", "the bucket that the policy belongs to")
    .addOption(choice("--partition <name>", "where the bucket is", partitions).default("aws"))
    .option("--param <key=value...>", "parameters of the guarantee, e.g. minimum=1.3", [])
    .option("--jsonl", "answer each line of JSON from standard input with one line")
    .action(async (file: string | undefined, options: Options) => {
      if (options.jsonl === true) await answerLines(line);
      else one(await questionFrom(file, options));
    });
  guide(command, {
    examples: [
      `warden policy ${verb} --guarantee ssl-only --bucket photos policy.json`,
      `warden policy ${verb} --jsonl < questions.jsonl`,
    ],
    exitCodes,
  });
}

async function answerLines(answer: (line: string) => object): Promise<void> {
  for await (const line of createInterface({
    input: process.stdin,
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    if (line.trim() !== "") print(JSON.stringify(answer(line)));
  }
}

async function questionFrom(file: string | undefined, options: Options): Promise<Question> {
  const where = { bucket: given("--bucket", options.bucket), partition: options.partition };
  const name = given("--guarantee", options.guarantee);
  const path = given("FILE", file);
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const remedy = "Give the file that holds the policy.";
    throw new InputError({ place: path, problem: "it cannot be read", remedy, cause });
  });
  const params = Object.fromEntries(options.param.map(splitParam));
  return { id: path, guarantee: guarantee(name, params, where), text, asObject: false };
}

function given(name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  throw new InputError({ place: name, problem: "it is missing", remedy: "See --help." });
}

function splitParam(param: string): [string, string | number] {
  const [key = "", ...rest] = param.split("=");
  const value = rest.join("=");
  return [key, key === "seconds" ? Number(value) : value];
}

function printCheck(question: Question): void {
  const { verdict, reason, witness, diagnostics } = check(question);
  print(`${verdict}: ${printable(reason ?? "")}`);
  for (const { path, code, message, didYouMean } of diagnostics ?? []) {
    const hint = didYouMean === undefined ? "" : ` (did you mean ${didYouMean}?)`;
    print(`  ${code} at ${printable(path)}: ${printable(message)}${printable(hint)}`);
  }
  if (witness !== undefined) printWitness(witness);
  if (verdict === "proven") return;
  process.exitCode = verdict === "invalid" ? 1 : 2;
  if (verdict === "refuted") printRepair(question);
}

function printWitness({ principal, action, resource, context }: Request): void {
  print("\nThis request is not denied:");
  print(`  who       ${printable(JSON.stringify(principal))}`);
  print(`  action    ${printable(action)}`);
  print(`  resource  ${printable(resource)}`);
  for (const [key, values] of Object.entries(context)) {
    print(`  with      ${printable(key)} = ${printable(values.join(", "))}`);
  }
}

function printRepair({ text, guarantee: wanted }: Question): void {
  const result = ensure(text, wanted);
  if (result.kind !== "changed") {
    if (result.kind === "refused") printRefusal(result);
    return;
  }
  print("\nThe smallest repair:");
  for (const line of diffOfPolicies(text, result.text)) print(`  ${printable(line)}`);
}

function printRefusal({ why, remedy }: Extract<EnsureResult, { kind: "refused" }>): void {
  print(`\nNo repair: ${printable(why)}\n${printable(remedy)}`);
}

function printFix({ text, guarantee: wanted }: Question): void {
  const result = ensure(text, wanted);
  if (result.kind === "refused") {
    printRefusal(result);
    process.exitCode = 1;
    return;
  }
  printAsIs(result.kind === "changed" ? result.text : (text ?? ""));
}
