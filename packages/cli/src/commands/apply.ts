import type { Command } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { interruptible } from "../interrupt.ts";
import { ledgerOf, localPlaceOptions, type Place } from "../local/place.ts";
import { byOption } from "../options.ts";
import { note, print } from "../terminal.ts";

interface Options extends Place {
  readonly approve: readonly string[];
  readonly reason: string;
  readonly by: string;
  readonly json?: boolean;
}

export function addApply(program: Command): void {
  const command = program
    .command("apply")
    .summary("carry out just the plan in a file, and nothing that is stale")
    .description(
      "Carries out what `warden plan --out` wrote, with your own credentials. A bucket of which anything changed since is left alone and named; the others go on. Each document is kept first, read again, compared, written and read back, so that `warden undo` can take it back.",
    )
    .argument("<plan.json>", "the file")
    .option("--approve <name...>", "also what the plan holds for approval under this name", [])
    .option("--reason <text>", "why; it is recorded", "a plan was carried out")
    .addOption(byOption());
  for (const option of localPlaceOptions()) command.addOption(option);
  command
    .option("--json", "print one JSON object")
    .action(async (path: string, options: Options) => {
      const [{ applyHere }, { applyExitCode }, { appliedLines }] = await Promise.all([
        import("../plan/command.ts"),
        import("../plan/carry-out.ts"),
        import("../plan/describe-applied.ts"),
      ]);
      const { approve: approvals, reason, by: requestedBy } = options;
      const ledger = ledgerOf(options);
      note(
        `Writes with your own credentials; the ledger is ${ledger}, and no stop switch is asked.`,
      );
      const applied = await interruptible((signal) =>
        applyHere(path, { approvals, reason, requestedBy }, { ...options, ledger, signal }),
      );
      process.exitCode = applyExitCode(applied);
      if (options.json === true) print(JSON.stringify(applied));
      else for (const line of appliedLines(applied)) print(line);
    });
  guide(callsAws(command), {
    examples: [
      "warden apply plan.json",
      "warden apply plan.json --approve 'cors/2026-11-24T12:00:00.000Z/4f0c…' --reason SEC-42",
    ],
    exitCodes: {
      0: "everything of the plan was written, and reads back right",
      1: "the file is no plan, or one for elsewhere or too old, and nothing was written; or another error",
      2: "something of the plan was not written: it was stale, or refused",
      3: "it was written, but does not read back yet",
      130: "it was interrupted: what was being written was finished, and it says what was not begun",
    },
    more: whereAwsIs,
  });
}
