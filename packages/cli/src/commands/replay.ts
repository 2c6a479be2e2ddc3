import { type Command, InvalidArgumentError, Option } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { choice } from "../options.ts";
import type { ReplayRequest } from "../replay/run.ts";

interface Options extends Omit<ReplayRequest, "paths" | "own"> {
  readonly own: string;
}

export function addReplay(program: Command): void {
  const command = program
    .command("replay")
    .summary("rehearse a baseline on what CloudTrail recorded")
    .description(
      "Reads CloudTrail log files, follows what the recorded calls made of each bucket, and tries a baseline on it: what it would have changed, flagged, held back and told. What no record tells is unknown. Nothing is changed.",
    )
    .argument("<path...>", "log files (.json, .json.gz), folders of them, s3://bucket/prefix")
    .option("--baseline <file>", "what is rehearsed; the one of this folder, or the default")
    .option("--compare <file>", "a second baseline, to see what would have been different")
    .addOption(
      new Option("--bucket <name>", "print the history of one bucket").conflicts("compare"),
    )
    .option(
      "--live",
      "read the buckets as they are now: for what no record changes, and to see what still stands",
    )
    .addOption(
      choice("--account-block <state>", "the accounts' public access block, where untold", [
        "on",
        "off",
      ]),
    )
    .addOption(
      new Option("--delay <seconds>", "how long after a call its event is answered")
        .default(60)
        .argParser(secondsIn),
    )
    .option("--own <patterns>", "names and ARNs that belong to Bucket Warden", "bucket-warden*")
    .option("--json", "print one JSON object")
    .action(async (paths: readonly string[], options: Options) => {
      // Most other commands do without the SDK, and all without rehearsals.
      const { parseOwnResources } = await import("@bucket-warden/core/event");
      const { runReplay } = await import("../replay/run.ts");
      const own = parseOwnResources(options.own, "--own");
      process.exitCode = await runReplay({ ...options, paths, own });
    });
  guide(callsAws(command), {
    examples: [
      "warden replay ./AWSLogs",
      "warden replay s3://trail/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/11/ --live",
      "warden replay ./AWSLogs --baseline tomorrow.yaml --compare warden.config.yaml",
      "warden replay trail.json.gz --bucket invoices",
      "warden replay trail.json.gz --json | jq .rehearsals[0].byControl",
    ],
    exitCodes: {
      0: "nothing would have been changed or flagged, and everything was told",
      2: "something would have been changed or flagged",
      3: "neither, but something could not be read, or not be judged from the log",
    },
    more: `Only s3:// and --live call AWS. ${whereAwsIs}`,
  });
}

function secondsIn(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give whole seconds, up to 99999.");
}
