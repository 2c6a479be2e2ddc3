import type { Command } from "commander";
import { guide, whereAwsIs } from "../guide.ts";
import { callsAws } from "../habits.ts";
import { byOption } from "../options.ts";
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
    .addOption(byOption())
    .option("--plan", "only show what would be written");
  addPlaceOptions(command);
  command.action(async (undo: string, options: ByHand) => {
    const request = { undo, ...signed(options) };
    const answered = await answerTo(request, options, ({ undoHere }, signal) =>
      undoHere(request, { ...options, signal }),
    );
    const done = ["undone", "clean", "planned"];
    const { results } = answered.answer;
    if (!results.some(({ outcome }) => done.includes(outcome.kind))) process.exitCode = 1;
    showAnswer(answered, options);
  });
  guide(callsAws(command), {
    examples: [
      'warden undo 3f0c… --plan --reason "it breaks the importer"',
      'warden undo 3f0c… --reason "it breaks the importer"',
      'warden undo 3f0c… --local --reason "it breaks the importer"',
    ],
    exitCodes: {
      0: "it is undone (or planned, or there was nothing to undo)",
      1: "it is not undone, or an error, which says what to do",
    },
    more: whereAwsIs,
  });
}
