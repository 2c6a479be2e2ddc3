import { InputError, printable } from "@bucket-warden/core/kernel";
import { inputErrorOf } from "@bucket-warden/core/trouble";
import { type Command, CommanderError } from "commander";
import { isVerbose } from "./terminal.ts";

/**
 * Tells what went wrong in three parts: where, what is wrong there, and what to do. Answers the exit
 * code, which is 0 only where somebody asked for help.
 */
export function tellFailure(error: unknown, program: Command, words: readonly string[]): number {
  if (error instanceof CommanderError && error.code.startsWith("commander.help")) {
    return error.exitCode;
  }
  const { place, problem, remedy } = partsOf(error, program, words);
  const lines = [`error: ${shown(place)}: ${shown(problem)}`, shown(remedy)];
  process.stderr.write(`${[...lines, ...(isVerbose() ? traceOf(error) : [])].join("\n")}\n`);
  return 1;
}

type Parts = Pick<InputError, "place" | "problem" | "remedy">;

function partsOf(error: unknown, program: Command, words: readonly string[]): Parts {
  if (error instanceof InputError) return error;
  if (error instanceof CommanderError) return partsOfUsage(error, commandIn(program, words));
  return (
    inputErrorOf(error) ?? {
      place: "warden",
      problem: error instanceof Error ? error.message : String(error),
      remedy: "This is a mistake in warden itself. Please report it with what --verbose shows.",
    }
  );
}

/** commander writes one text: the problem, and the suggestion in brackets on a line of its own. */
function partsOfUsage({ message }: CommanderError, command: Command): Parts {
  const [problem = "", ...more] = message.replace(/^error: /, "").split("\n");
  const [what = "", ...advice] = problem.split(/(?<=is invalid\.| for argument '[^']*'\.) /);
  const suggestion = more.join(" ").replace(/^\((.*)\)$/, "$1");
  const place = fullNameOf(command);
  const remedy = [...advice, suggestion, `See \`${place} --help\`.`].filter(Boolean).join(" ");
  return { place, problem: what.replace(/\.$/, ""), remedy };
}

/** The command that the words lead to, as far as they do. */
function commandIn(program: Command, words: readonly string[]): Command {
  const [word, ...rest] = words;
  const next = program.commands.find((it) => it.name() === word);
  return next === undefined ? program : commandIn(next, rest);
}

/** The words that call a command, e.g. `warden policy check`. */
function fullNameOf(command: Command): string {
  const { parent } = command;
  return parent === null ? command.name() : `${fullNameOf(parent)} ${command.name()}`;
}

/** Texts of AWS and of files may be of several lines, and hold what a terminal would obey. */
function shown(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

function traceOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const trace = (error.stack ?? String(error)).split("\n").map(printable);
  const cause = error.cause === undefined ? [] : ["caused by:", ...traceOf(error.cause)];
  return ["", ...trace, ...requestOf(error), ...cause];
}

/** What AWS asks for when somebody reports an error to it. */
function requestOf(error: Error): readonly string[] {
  return "$metadata" in error ? [printable(JSON.stringify(error.$metadata))] : [];
}
