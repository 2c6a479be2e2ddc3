import { controls } from "@bucket-warden/core/controls";
import { Argument, type Command } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { ledgerOf, localPlaceOptions, type Place } from "../local/place.ts";
import { chosenFrom } from "../options.ts";
import { isVerbose, print } from "../terminal.ts";

interface Options extends Place {
  readonly json?: boolean;
}

export function addExplain(program: Command): void {
  const ids = controls.map(({ id }) => id);
  const command = program
    .command("explain")
    .summary("say why each control says what it says of a bucket")
    .description(
      "Looks at one bucket with your own credentials and shows, for each control, what was read, the statement that decided, a request that slips through, which part of the baseline asks for it, and what would be written or why not. Nothing is changed.",
    )
    .argument("<bucket>", "the name of the bucket")
    .addArgument(
      new Argument("[control]", "only this one, with all that was read")
        .choices(ids)
        .argParser((id: string) => chosenFrom(ids, id, "warden controls")),
    );
  for (const option of localPlaceOptions()) command.addOption(option);
  command
    .option("--json", "print one JSON object")
    .action(async (bucket: string, control: string | undefined, options: Options) => {
      const [{ explainExitCode, explainHere }, { explanationLines }] = await Promise.all([
        import("../explain/command.ts"),
        import("../explain/describe.ts"),
      ]);
      const explanation = await explainHere({
        bucket,
        ...(control === undefined ? {} : { control }),
        ...(options.baseline === undefined ? {} : { baseline: options.baseline }),
        ledger: ledgerOf(options),
      });
      process.exitCode = explainExitCode(explanation);
      const whole = control !== undefined || isVerbose();
      if (options.json === true) print(JSON.stringify(explanation));
      else for (const line of explanationLines(explanation, { whole })) print(line);
    });
  guide(callsAws(command), {
    examples: [
      "warden explain invoices",
      "warden explain invoices ssl-only",
      "warden explain invoices --json | jq '.controls[] | select(.verdict == \"drift\") | .witness'",
    ],
    exitCodes: {
      0: "nothing that is explained is drift",
      1: "there is no such bucket, or an error, which says what to do",
      2: "something is drift",
      3: "no drift was seen, but not everything could be told",
    },
    more: whereAwsIs,
  });
}
