import { InputError } from "@bucket-warden/core/kernel";
import { Command } from "commander";
import { addBaseline } from "./commands/baseline.ts";
import { addControls } from "./commands/controls.ts";
import { addDemo } from "./commands/demo.ts";
import { addHistory } from "./commands/history.ts";
import { addMemberTemplate } from "./commands/member-template.ts";
import { addPolicy } from "./commands/policy.ts";
import { addRemediate } from "./commands/remediate.ts";
import { addReplay } from "./commands/replay.ts";
import { addSandbox } from "./commands/sandbox.ts";
import { addUndo } from "./commands/undo.ts";

const program = new Command("warden")
  .description("Keeps Amazon S3 compliant: sees a bucket weakened, repairs it, proves it.")
  .showSuggestionAfterError()
  .showHelpAfterError("(see warden --help)");
addDemo(program);
addSandbox(program);
addRemediate(program);
addReplay(program);
addHistory(program);
addUndo(program);
addPolicy(program);
addControls(program);
addBaseline(program);
addMemberTemplate(program);

// `warden … | head` closes the pipe early, which is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`error: ${error.place}: ${error.problem}\n${error.remedy}\n`);
  process.exitCode = 1;
}
