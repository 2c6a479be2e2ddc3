import { userInfo } from "node:os";
import { type Command, Option } from "commander";
import { answerLines } from "../ledger/describe.ts";
import { exitCodeOf } from "../ledger/exit-code.ts";
import type { RepairRequest } from "../ledger/invoke.ts";
import type { Answered } from "../local/by-hand.ts";
import { type Place, placeOptions, requireLocal } from "../local/place.ts";
import { print } from "../terminal.ts";

interface Options extends Place {
  readonly plan?: boolean;
  readonly control?: readonly string[];
  readonly approval?: string;
  readonly account?: string;
  readonly reason: string;
  readonly by: string;
  readonly function: string;
  readonly json?: boolean;
}

export function addRemediate(program: Command): void {
  const command = program
    .command("remediate")
    .summary("look at one bucket, and put right what the baseline lets a machine put right")
    .description(
      "Reconciles one bucket: reads it, compares it with the baseline, repairs, reads it back, and records what was done. The deployed function does it; with --local this process does, with your own credentials.",
    )
    .argument("<bucket>", "the name of the bucket")
    .option("--plan", "only show what would be written")
    .option("--control <id...>", "only these, repaired also where the baseline only alerts or asks")
    .addOption(
      new Option("--approval <name>", "carry out just the plan of this name").conflicts("control"),
    )
    .option("--reason <text>", "why; it is recorded and told", "asked for on the command line")
    .option("--by <name>", "who asks", userInfo().username)
    .addOption(new Option("--account <id>", "the account that owns the bucket").conflicts("local"))
    .addOption(
      new Option("--function <name>", "the deployed function to ask")
        .default("bucket-warden-invoke")
        .conflicts("local"),
    );
  for (const option of placeOptions()) command.addOption(option);
  command
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      "\nExamples:\n  $ warden remediate invoices --plan\n  $ warden remediate invoices --control ssl-only --reason SEC-42\n  $ warden remediate invoices --local --baseline warden.config.yaml\n\nExit codes: 0 everything is right, or was put right; 2 drift was found, or left; 3 no drift was seen, but not everything could be told; 1 anything else went wrong.\nRegion, credentials and endpoint are taken as by the AWS CLI; against `warden sandbox`, set what it prints.",
    )
    .action(async (bucket: string, options: Options) => {
      requireLocal(options);
      const { answer, told } = await answerTo(requestOf(bucket, options), options);
      process.exitCode = exitCodeOf(answer);
      if (options.json === true) print(JSON.stringify(answer));
      else for (const line of answerLines(answer, told)) print(line);
    });
}

function requestOf(bucket: string, options: Options): RepairRequest {
  const { account, control: controls, approval, reason, by: requestedBy } = options;
  return {
    bucket,
    ...(account === undefined ? {} : { account }),
    ...(controls === undefined ? {} : { controls }),
    ...(approval === undefined ? {} : { approval }),
    mode: options.plan === true ? "plan" : "apply",
    reason,
    requestedBy,
  };
}

/** The SDK is large, and most other commands do without it. */
async function answerTo(request: RepairRequest, options: Options): Promise<Answered> {
  if (options.local !== true) {
    const { requestByHand } = await import("../ledger/invoke.ts");
    return { answer: await requestByHand(options.function, request) };
  }
  const { repairHere } = await import("../local/by-hand.ts");
  return repairHere(request, options);
}
