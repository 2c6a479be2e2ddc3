import { Command } from "commander";
import { addApply } from "./commands/apply.ts";
import { addBaseline } from "./commands/baseline.ts";
import { addCompletion } from "./commands/completion.ts";
import { addControls } from "./commands/controls.ts";
import { addDemo } from "./commands/demo.ts";
import { addDoctor } from "./commands/doctor.ts";
import { addExplain } from "./commands/explain.ts";
import { addHistory } from "./commands/history.ts";
import { addMemberTemplate } from "./commands/member-template.ts";
import { addPlan } from "./commands/plan.ts";
import { addPolicy } from "./commands/policy.ts";
import { addRemediate } from "./commands/remediate.ts";
import { addReplay } from "./commands/replay.ts";
import { addReport } from "./commands/report.ts";
import { addSandbox } from "./commands/sandbox.ts";
import { addScan } from "./commands/scan.ts";
import { addUndo } from "./commands/undo.ts";
import { addWaivers } from "./commands/waivers.ts";
import { tellFailure } from "./failure.ts";
import { addHabits } from "./habits.ts";
import { notInterrupted, wasInterrupted } from "./interrupt.ts";
import { setLoudness } from "./terminal.ts";

/** The command line as data: it runs, and help, docs and completion are made from it. */
export function makeProgram(): Command {
  const program = new Command("warden")
    .description("Keeps Amazon S3 compliant: sees a bucket weakened, repairs it, proves it.")
    .showSuggestionAfterError()
    // Errors are thrown and told in one place; help is still printed by the library.
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  addDemo(program);
  addSandbox(program);
  addScan(program);
  addPlan(program);
  addApply(program);
  addExplain(program);
  addDoctor(program);
  addRemediate(program);
  addReport(program);
  addReplay(program);
  addHistory(program);
  addUndo(program);
  addWaivers(program);
  addPolicy(program);
  addControls(program);
  addBaseline(program);
  addMemberTemplate(program);
  addCompletion(program);
  addHabits(program);
  return program;
}

/** Runs the command that these words name, and answers its exit code. Never throws. */
export async function run(words: readonly string[]): Promise<number> {
  const program = makeProgram();
  process.exitCode = undefined;
  setLoudness("usual");
  notInterrupted();
  try {
    await program.parseAsync(words, { from: "user" });
    return wasInterrupted() ? 130 : Number(process.exitCode ?? 0);
  } catch (error) {
    return tellFailure(error, program, words);
  }
}
