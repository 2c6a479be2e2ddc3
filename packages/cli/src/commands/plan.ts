import type { Command } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { interruptible, wasInterrupted } from "../interrupt.ts";
import { ledgerOf, localPlaceOptions, type Place } from "../local/place.ts";
import { controlOption } from "../options.ts";
import { note, print } from "../terminal.ts";

interface Options extends Place {
  readonly control?: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

export function addPlan(program: Command): void {
  const command = program
    .command("plan")
    .summary("show what would be written, and keep it as a file for `warden apply`")
    .description(
      "Looks at buckets with your own credentials, compares them with the baseline, and shows what would be written, what is left to people, and why. Nothing is changed.",
    )
    .argument("[bucket...]", "the buckets; all that the account has where none is named")
    .option("--out <file>", "keep the plan for `warden apply`")
    .addOption(controlOption("only these, repaired also where the baseline only alerts or asks"));
  for (const option of localPlaceOptions()) command.addOption(option);
  command
    .option("--json", "print the plan as one JSON document")
    .action(async (buckets: readonly string[], options: Options) => {
      const { planHere } = await import("../plan/command.ts");
      const { plan, exitCode, lines, text } = await interruptible((signal) =>
        planHere({ buckets, ...options, ledger: ledgerOf(options), signal }),
      );
      process.exitCode = exitCode;
      if (options.json === true) process.stdout.write(text);
      else for (const line of lines) print(line);
      if (options.out === undefined) return;
      if (wasInterrupted()) {
        note(`${options.out} was not written: the plan is not whole.`);
        return;
      }
      const { writePlan } = await import("../plan/plan-file.ts");
      await writePlan(options.out, plan);
      note(`Wrote ${options.out}. To carry out just that: warden apply ${options.out}`);
    });
  guide(callsAws(command), {
    examples: [
      "warden plan",
      "warden plan invoices photos --out plan.json; warden apply plan.json",
      "warden plan invoices --control ssl-only --json | jq '.looks[].plan.steps[].document'",
    ],
    exitCodes: {
      0: "everything is right",
      1: "a bucket that was named is not there, or an error, which says what to do",
      2: "drift was found, whether or not something would be written",
      3: "no drift was seen, but not everything could be told",
      130: "it was interrupted, and no file was written",
    },
    more: whereAwsIs,
  });
}
