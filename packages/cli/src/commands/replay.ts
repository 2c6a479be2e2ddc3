import { parseOwnResources } from "@bucket-warden/core/event";
import { type Command, InvalidArgumentError, Option } from "commander";
import { guide } from "../guide.ts";
import { choice } from "../options.ts";
import { exitCodeOfReplay } from "../replay/exit-code.ts";
import { filesAt, inOrderOfTime } from "../replay/log-files.ts";
import { printReplay } from "../replay/print.ts";
import { printHistory } from "../replay/print-history.ts";
import { newHistory, rehearsalOf } from "../replay/rehearsal.ts";
import { replay } from "../replay/replay.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly baseline?: string;
  readonly compare?: string;
  readonly bucket?: string;
  readonly delay: number;
  readonly accountBlock?: "on" | "off";
  readonly own: string;
  readonly json?: boolean;
}

export function addReplay(program: Command): void {
  const command = program
    .command("replay")
    .summary("rehearse a baseline on what CloudTrail recorded")
    .description(
      "Reads CloudTrail log files, follows what the recorded calls made of each bucket, and tries a baseline on it: what it would have changed, flagged, held back and told. What no record tells is unknown. Nothing is called and nothing is changed.",
    )
    .argument("<path...>", "log files (.json, .json.gz) and folders of them")
    .option("--baseline <file>", "what is rehearsed; the one of this folder, or the default")
    .option("--compare <file>", "a second baseline, to see what would have been different")
    .addOption(
      new Option("--bucket <name>", "print the history of one bucket").conflicts("compare"),
    )
    .addOption(
      new Option("--delay <seconds>", "how long after a call its event is answered")
        .default(60)
        .argParser(secondsIn),
    )
    .addOption(
      choice("--account-block <state>", "the accounts' public access block, where untold", [
        "on",
        "off",
      ]),
    )
    .option("--own <patterns>", "names and ARNs that belong to Bucket Warden", "bucket-warden*")
    .option("--json", "print one JSON object")
    .action(run);
  guide(command, {
    examples: [
      "warden replay ./AWSLogs",
      "warden replay ./AWSLogs --baseline tomorrow.yaml --compare warden.config.yaml",
      "warden replay trail.json.gz --bucket invoices",
      "warden replay trail.json.gz --json | jq .rehearsals[0].byControl",
    ],
    exitCodes: {
      0: "nothing would have been changed or flagged, and everything was told",
      2: "something would have been changed or flagged",
      3: "neither, but something could not be read, or not be judged from the log",
    },
  });
}

async function run(paths: readonly string[], options: Options): Promise<void> {
  const { bucket, delay: delaySeconds, baseline, compare, accountBlock } = options;
  const own = parseOwnResources(options.own, "--own");
  const history = bucket === undefined ? undefined : newHistory(bucket);
  const terms = {
    delaySeconds,
    ...(accountBlock === undefined ? {} : { supposed: { accountBlock } }),
  };
  const heard = history === undefined ? terms : { ...terms, hear: history.hear };
  const casts = [
    await rehearsalOf(baseline, heard),
    ...(compare === undefined ? [] : [await rehearsalOf(compare, terms)]),
  ];
  const rehearsals = casts.map(({ rehearsal }) => rehearsal);
  const summary = await replay(inOrderOfTime(await filesAt(paths)), { own, rehearsals });
  const results = [];
  for (const { name, rehearsal } of casts) {
    results.push({ baseline: name, ...(await rehearsal.end()) });
  }
  process.exitCode = exitCodeOfReplay(summary, results);
  if (history !== undefined) printHistory(history.moments(), options);
  else if (options.json === true) print(JSON.stringify({ ...summary, rehearsals: results }));
  else printReplay(summary, results);
}

function secondsIn(text: string): number {
  if (/^\d{1,5}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Give whole seconds, up to 99999.");
}
