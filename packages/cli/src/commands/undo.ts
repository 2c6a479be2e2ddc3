import { userInfo } from "node:os";
import { type Command, Option } from "commander";
import { answerLines } from "../ledger/describe.ts";
import type { UndoRequest } from "../ledger/invoke.ts";
import type { Answered } from "../local/by-hand.ts";
import { type Place, placeOptions, requireLocal } from "../local/place.ts";
import { print } from "../terminal.ts";

interface Options extends Place {
  readonly reason: string;
  readonly by: string;
  readonly plan?: boolean;
  readonly function: string;
  readonly json?: boolean;
}

export function addUndo(program: Command): void {
  const command = program
    .command("undo")
    .summary("take back what one ledger entry wrote, and only that")
    .description(
      "Takes back the writes of one ledger entry. What others changed later stays; where they changed the same thing, nothing is written and the three versions are shown. The controls behind it are waived for a day (limits.undoHours), so that they do not repair it at once.",
    )
    .argument("<entry>", "the id of the entry, as messages and `warden history` show it")
    .requiredOption("--reason <text>", "why; it is recorded and told")
    .option("--by <name>", "who asks", userInfo().username)
    .option("--plan", "only show what would be written")
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
      '\nExamples:\n  $ warden undo 3f0c… --plan --reason "it breaks the importer"\n  $ warden undo 3f0c… --reason "it breaks the importer"\n  $ warden undo 3f0c… --local --reason "it breaks the importer"\n\nExit codes: 0 it is undone (or planned, or there was nothing to undo), 1 it is not.\nRegion, credentials and endpoint are taken as by the AWS CLI; against `warden sandbox`, set what it prints.',
    )
    .action(async (undo: string, options: Options) => {
      requireLocal(options);
      const mode = options.plan === true ? "plan" : "apply";
      const { reason, by: requestedBy } = options;
      const { answer, told } = await answerTo({ undo, mode, reason, requestedBy }, options);
      const done = ["undone", "clean", "planned"];
      if (!answer.results.some(({ outcome }) => done.includes(outcome.kind))) process.exitCode = 1;
      if (options.json === true) print(JSON.stringify(answer));
      else for (const line of answerLines(answer, told)) print(line);
    });
}

/** The SDK is large, and most other commands do without it. */
async function answerTo(request: UndoRequest, options: Options): Promise<Answered> {
  if (options.local !== true) {
    const { requestByHand } = await import("../ledger/invoke.ts");
    return { answer: await requestByHand(options.function, request) };
  }
  const { undoHere } = await import("../local/by-hand.ts");
  return undoHere(request, options);
}
