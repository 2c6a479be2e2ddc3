import { type Command, Option } from "commander";
import { setLoudness } from "./terminal.ts";

interface Habit {
  readonly option: Option;
  readonly apply: (value: unknown) => void;
}

const group = "Options of every command:";

/** What every command takes, at its end as well as before its name. */
const habits: readonly Habit[] = [
  habit("-q, --quiet", "no notes and no progress beside the answer", () => setLoudness("quiet")),
  habit("-v, --verbose", "also what goes on, and the whole of an error", () =>
    setLoudness("verbose"),
  ),
  habit("--no-color", "no colours, as with NO_COLOR in the environment", (colors) => {
    if (colors === false) process.env["NO_COLOR"] = "1";
  }),
];

/** What commands take that call AWS. The SDK reads it where the AWS CLI does. */
const awsHabits: readonly Habit[] = [
  habit("--profile <name>", "the profile of the AWS CLI to use (AWS_PROFILE)", (name) => {
    process.env["AWS_PROFILE"] = String(name);
  }),
  habit("--region <code>", "the Region to work from (AWS_REGION)", (code) => {
    process.env["AWS_REGION"] = String(code);
  }),
];

function habit(flags: string, description: string, apply: Habit["apply"]): Habit {
  return { option: new Option(flags, description).helpGroup(group), apply };
}

const callers = new WeakSet<Command>();

/** Marks a command as one that calls AWS with the caller's own credentials. */
export function callsAws(command: Command): Command {
  callers.add(command);
  return command;
}

/** Gives every command of the program the options that all of them have. */
export function addHabits(program: Command): void {
  const add = (command: Command) => {
    const own = command.options.map(({ long }) => long);
    for (const { option } of callers.has(command) ? [...habits, ...awsHabits] : habits) {
      if (!own.includes(option.long)) command.addOption(option);
    }
    command.commands.forEach(add);
  };
  add(program);
  program.hook("preAction", (_, command) => applyTo(command));
}

/** The options of the command and of those above it; a command may mean something else by a name. */
function applyTo(command: Command): void {
  for (let it: Command | null = command; it !== null; it = it.parent) {
    for (const { option, apply } of [...habits, ...awsHabits]) {
      const value: unknown = it.getOptionValue(option.attributeName());
      if (it.options.includes(option) && value !== undefined) apply(value);
    }
  }
}
