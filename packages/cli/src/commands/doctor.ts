import type { Command } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { ledgerOf, localPlaceOptions, type Place } from "../local/place.ts";
import { print } from "../terminal.ts";

interface Options extends Place {
  readonly bucket?: string;
  readonly prefix: string;
  readonly json?: boolean;
}

export function addDoctor(program: Command): void {
  const command = program
    .command("doctor")
    .summary("look whether everything is there that the Warden needs, and say what is missing")
    .description(
      "Looks at your credentials, at the permissions that a look at a bucket takes, at the Regions, at the trail, and at what is deployed: its functions, baseline, queues, rules and stop switch. Nothing is changed.",
    )
    .option("--bucket <name>", "the bucket that is read to try the permissions; else the first one")
    .option("--prefix <name>", "what the names of a deployment begin with", "bucket-warden");
  for (const option of localPlaceOptions()) command.addOption(option);
  command.option("--json", "print one JSON array").action(async ({ json, ...options }: Options) => {
    const [{ examinationLines, examine }, { doctorExitCode }] = await Promise.all([
      import("../doctor/command.ts"),
      import("../doctor/line.ts"),
    ]);
    const lines = await examine({ ...options, ledger: ledgerOf(options) });
    process.exitCode = doctorExitCode(lines);
    if (json === true) print(JSON.stringify(lines));
    else for (const line of examinationLines(lines)) print(line);
  });
  guide(callsAws(command), {
    examples: [
      "warden doctor",
      "warden doctor --bucket invoices --profile audit",
      "warden doctor --json | jq '.[] | select(.status != \"ok\")'",
    ],
    exitCodes: {
      0: "all is well",
      2: "something is wrong, and it says what to do",
      3: "nothing wrong was seen, but not everything could be told",
    },
    more: whereAwsIs,
  });
}
