import { userInfo } from "node:os";
import type { Command } from "commander";
import { addPlaceOptions, answerTo, type ByHand, showAnswer, signed } from "./by-hand.ts";

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
    .option("--plan", "only show what would be written");
  addPlaceOptions(command);
  command
    .addHelpText(
      "after",
      '\nExamples:\n  $ warden undo 3f0c… --plan --reason "it breaks the importer"\n  $ warden undo 3f0c… --reason "it breaks the importer"\n  $ warden undo 3f0c… --local --reason "it breaks the importer"\n\nExit codes: 0 it is undone (or planned, or there was nothing to undo), 1 it is not.\nRegion, credentials and endpoint are taken as by the AWS CLI; against `warden sandbox`, set what it prints.',
    )
    .action(async (undo: string, options: ByHand) => {
      const request = { undo, ...signed(options) };
      const answered = await answerTo(request, options, ({ undoHere }) =>
        undoHere(request, options),
      );
      const done = ["undone", "clean", "planned"];
      const { results } = answered.answer;
      if (!results.some(({ outcome }) => done.includes(outcome.kind))) process.exitCode = 1;
      showAnswer(answered, options);
    });
}
