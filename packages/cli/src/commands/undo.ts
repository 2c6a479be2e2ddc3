import { userInfo } from "node:os";
import type { ManualAnswer } from "@bucket-warden/functions/invoke";
import type { Command } from "commander";
import { changeLines, heldLines, outcomeText } from "../ledger/describe.ts";
import { print } from "../terminal.ts";

interface Options {
  readonly reason: string;
  readonly by: string;
  readonly plan?: boolean;
  readonly function: string;
  readonly json?: boolean;
}

export function addUndo(program: Command): void {
  program
    .command("undo")
    .summary("take back what one ledger entry wrote, and only that")
    .description(
      "Takes back the writes of one ledger entry. What others changed later stays; where they changed the same thing, nothing is written and the three versions are shown. The controls behind it are waived for a day (limits.undoHours), so that they do not repair it at once.",
    )
    .argument("<entry>", "the id of the entry, as messages and `warden history` show it")
    .requiredOption("--reason <text>", "why; it is recorded and told")
    .option("--by <name>", "who asks", userInfo().username)
    .option("--plan", "only show what would be written")
    .option("--function <name>", "the deployed function to ask", "bucket-warden-invoke")
    .option("--json", "print one JSON object")
    .addHelpText(
      "after",
      '\nExamples:\n  $ warden undo 3f0c… --plan --reason "it breaks the importer"\n  $ warden undo 3f0c… --reason "it breaks the importer"\n\nExit codes: 0 it is undone (or planned, or there was nothing to undo), 1 it is not.\nRegion, credentials and endpoint are taken as by the AWS CLI; against `warden sandbox`, set what it prints.',
    )
    .action(async (entry: string, options: Options) => {
      // The SDK is large, and most other commands do without it.
      const { requestUndo } = await import("../ledger/invoke.ts");
      const mode = options.plan === true ? "plan" : "apply";
      const { reason, by: requestedBy } = options;
      const request = { undo: entry, mode, reason, requestedBy } as const;
      const answer = await requestUndo(options.function, request);
      const done = ["undone", "clean", "planned"];
      if (!answer.results.some(({ outcome }) => done.includes(outcome.kind))) process.exitCode = 1;
      if (options.json === true) print(JSON.stringify(answer));
      else for (const line of linesOf(answer)) print(line);
    });
}

function linesOf({ results, pending }: ManualAnswer): readonly string[] {
  return [
    ...results.flatMap(({ resource, outcome, held, changes }) => [
      `${resource}  ${outcomeText(outcome)}`,
      ...heldLines(held),
      ...changeLines(changes),
    ]),
    ...pending.map((resource) => `${resource}  is still being worked on`),
  ];
}
