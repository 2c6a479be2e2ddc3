import { type Command, InvalidArgumentError, Option } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { interruptible } from "../interrupt.ts";
import { choice, controlOption } from "../options.ts";
import { formatNames } from "../output/formats.ts";
import type { ScanOptions } from "../scan/options.ts";

const stopping = "Stopping: what was looked at so far is printed. Ctrl-C again ends at once.";

export function addScan(program: Command): void {
  const command = program
    .command("scan")
    .summary("look at every bucket of one account or of many, and change nothing")
    .description(
      "Looks at the buckets, Regions and settings of accounts with read-only credentials, compares them with the baseline, and prints what differs. Nothing is deployed, written or recorded.",
    )
    .option("--account <id...>", "these accounts, instead of that of the credentials")
    .addOption(
      new Option("--organization", "all accounts of the organization").conflicts("account"),
    )
    .option("--role <name>", "the role to take on in each other account")
    .option("--external-id <id>", "the external id that this role asks for")
    .option("--region <code...>", "only what is in these Regions; calls are made from AWS_REGION")
    .option("--bucket <pattern...>", "only buckets with such a name (*, ?)")
    .addOption(controlOption("only these"))
    .option(
      "--baseline <file>",
      "the baseline; else warden.config.* of this folder, else the default",
    )
    .option("--ledger <folder>", "honour the waivers and repairs that are recorded there")
    .option("--concurrency <number>", "how many requests may be in flight", parseMost, 64)
    .addOption(choice("--output <format>", "how it is printed", formatNames).default("table"))
    .addOption(new Option("--json", "the same as --output json").implies({ output: "json" }))
    .option("--out <file>", "print into this file")
    .action(async (options: ScanOptions) => {
      process.exitCode = await interruptible(async (signal) => {
        // The SDK is large, and most other commands do without it.
        const { runScan } = await import("../scan/run.ts");
        return runScan(options, signal);
      }, stopping);
    });
  guide(callsAws(command), {
    examples: [
      "warden scan",
      "warden scan --profile audit --region eu-west-1 eu-central-1",
      "warden scan --control ssl-only public-policy --bucket 'prod-*'",
      "warden scan --organization --role SecurityAudit --output json --out scan.json",
    ],
    exitCodes: {
      0: "everything was read, and nothing is wrong",
      1: "a bucket that was named is not there, or an error, which says what to do",
      2: "drift was found",
      3: "no drift was seen, but not everything could be read or decided",
      130: "it was interrupted; what was looked at is printed",
    },
    more: whereAwsIs,
  });
}

function parseMost(text: string): number {
  const most = Number(text);
  if (Number.isInteger(most) && most >= 1 && most <= 1_000) return most;
  throw new InvalidArgumentError("It must be a whole number from 1 to 1000.");
}
