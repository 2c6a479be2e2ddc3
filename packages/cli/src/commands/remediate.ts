import { type Command, Option } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { exitCodeOf } from "../ledger/exit-code.ts";
import type { RepairRequest } from "../ledger/invoke.ts";
import { byOption, controlOption } from "../options.ts";
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
    .addOption(controlOption("only these, repaired also where the baseline only alerts or asks"))
    .addOption(
      new Option("--approval <name>", "carry out just the plan of this name").conflicts("control"),
    )
    .option("--reason <text>", "why; it is recorded and told", "asked for on the command line")
    .addOption(byOption())
    .addOption(new Option("--account <id>", "the account that owns the bucket").conflicts("local"));
  addPlaceOptions(command);
  command.action(async (bucket: string, options: Options) => {
    const request = requestOf(bucket, options);
    const answered = await answerTo(request, options, ({ repairHere }, signal) =>
      repairHere(request, { ...options, signal }),
    );
    process.exitCode = exitCodeOf(answered.answer);
    showAnswer(answered, options);
  });
  guide(callsAws(command), {
    examples: [
      "warden remediate invoices --plan",
      "warden remediate invoices --control ssl-only --reason SEC-42",
      "warden remediate invoices --local --baseline warden.config.yaml",
    ],
    exitCodes: {
      0: "everything is right, or was put right",
      1: "there is no such bucket, or an error, which says what to do",
      2: "drift was found, or left",
      3: "no drift was seen, but not everything could be told",
    },
    more: whereAwsIs,
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
