import { userInfo } from "node:os";
import { type Command, Option } from "commander";
import { exitCodeOf } from "../ledger/exit-code.ts";
import type { RepairRequest } from "../ledger/invoke.ts";
import { addPlaceOptions, answerTo, type ByHand, showAnswer, signed } from "./by-hand.ts";

interface Options extends ByHand {
  readonly control?: readonly string[];
  readonly approval?: string;
  readonly account?: string;
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
    .addOption(new Option("--account <id>", "the account that owns the bucket").conflicts("local"));
  addPlaceOptions(command);
  command
    .addHelpText(
      "after",
      "\nExamples:\n  $ warden remediate invoices --plan\n  $ warden remediate invoices --control ssl-only --reason SEC-42\n  $ warden remediate invoices --local --baseline warden.config.yaml\n\nExit codes: 0 everything is right, or was put right; 2 drift was found, or left; 3 no drift was seen, but not everything could be told; 1 anything else went wrong.\nRegion, credentials and endpoint are taken as by the AWS CLI; against `warden sandbox`, set what it prints.",
    )
    .action(async (bucket: string, options: Options) => {
      const request = requestOf(bucket, options);
      const answered = await answerTo(request, options, ({ repairHere }) =>
        repairHere(request, options),
      );
      process.exitCode = exitCodeOf(answered.answer);
      showAnswer(answered, options);
    });
}

function requestOf(bucket: string, options: Options): RepairRequest {
  const { account, control: controls, approval } = options;
  return {
    bucket,
    ...(account === undefined ? {} : { account }),
    ...(controls === undefined ? {} : { controls }),
    ...(approval === undefined ? {} : { approval }),
    ...signed(options),
  };
}
