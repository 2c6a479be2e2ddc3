import type { makeProgram } from "../../packages/cli/src/program.ts";
import { code, table } from "./markdown.ts";

type Command = Readonly<ReturnType<typeof makeProgram>>;
type Argument = Command["registeredArguments"][number];
type Option = Command["options"][number];

/** The page of the command line, made from the definitions of the commands alone. */
export function cliPage(program: Command): string {
  const commands = leavesOf(program);
  const parts = [
    ["<!-- Made by `npm run docs` from the definitions of the commands. Change it there. -->"],
    ["# The command line"],
    [program.description()],
    [introduction],
    table(
      ["Command", "What it does"],
      commands.map((command) => [linkTo(command), sentence(command)]),
    ),
    ["## What holds for all of them"],
    table(["Option", "Meaning"], program.options.map(optionRow)),
    [everywhere],
    table(["Exit code", "Meaning"], exitCodes),
    ...commands.flatMap(sectionOf),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

const introduction = `In a clone, \`npm ci\` is all it takes: \`npx warden\` runs without a build. \`warden sandbox\` plays an AWS account
on this machine on which everything here can be tried.`;

const everywhere = `Commands that call AWS take Region, credentials and endpoint from where the AWS CLI takes them: \`AWS_PROFILE\`,
\`AWS_REGION\`, \`AWS_ENDPOINT_URL\`, \`~/.aws\`, single sign-on, roles. What they answer goes to the standard output; notes,
progress and errors go to the standard error, so that a pipe gets the answer alone. An error has three parts: where, what is
wrong there, and what to do. Ctrl-C lets a write that is under way end, reads it back, records it and begins no other; a
second one ends at once.`;

const exitCodes = [
  ["0", "nothing is wrong, or it was put right"],
  ["1", "an error, which says what to do"],
  ["2", "drift was found, or something waits for a person"],
  ["3", "no drift was seen, but not everything could be read or decided"],
  ["130", "it was interrupted"],
];

/** Commands that do something, not those that only hold others. */
function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function linkTo(command: Command): string {
  const name = nameOf(command);
  return `[${code(name)}](#${name.replaceAll(" ", "-")})`;
}

function sentence(command: Command): string {
  return command.summary() || command.description();
}

function sectionOf(command: Command): readonly (readonly string[])[] {
  const args = command.registeredArguments;
  const own = command.options.filter((option) => !isCommon(option));
  const rows = [...args.map(argumentRow), ...own.map(optionRow)];
  return [
    [`## ${nameOf(command)}`],
    [command.description() || `It can ${command.summary()}.`],
    ["```", `${nameOf(command)} ${command.usage()}`, "```"],
    ...(rows.length === 0 ? [] : [table(["", "Meaning"], rows)]),
    ...afterHelpOf(command).map(blockOf),
  ];
}

function isCommon({ helpGroupHeading }: Option): boolean {
  return helpGroupHeading === "Options of every command:";
}

function argumentRow(argument: Argument): readonly string[] {
  const { description, argChoices, required, variadic } = argument;
  const name = `${argument.name()}${variadic ? "..." : ""}`;
  return [code(required ? `<${name}>` : `[${name}]`), meaning(description, argChoices)];
}

function optionRow(option: Option): readonly string[] {
  const { flags, description, argChoices, mandatory } = option;
  const needed = mandatory ? " (must be given)" : "";
  return [code(flags), `${meaning(description, argChoices)}${needed}${defaultOf(option)}`];
}

function meaning(description: string, choices: readonly string[] | undefined): string {
  // The ids of all controls would hide what the option is for.
  if (choices === undefined || choices.length > 12) return description;
  return `${description}: ${choices.map(code).join(", ")}`;
}

function defaultOf({ defaultValue, defaultValueDescription, negate }: Option): string {
  if (defaultValueDescription !== undefined) return ` (default: ${defaultValueDescription})`;
  const isNone = Array.isArray(defaultValue) && defaultValue.length === 0;
  if (defaultValue === undefined || isNone || negate) return "";
  return ` (default: ${code(String(defaultValue))})`;
}

/** The paragraphs that a command adds to its help. */
function afterHelpOf(command: Command): readonly string[] {
  let text = "";
  const writeOut = (piece: string) => {
    text += piece;
  };
  command.configureOutput({ writeOut }).outputHelp();
  const added = text.slice(command.helpInformation().length);
  return added.trim().split("\n\n").filter(Boolean);
}

function blockOf(paragraph: string): readonly string[] {
  const [title = "", ...lines] = paragraph.split("\n").map((line) => line.trim());
  switch (title) {
    case "Examples:":
      return ["```sh", ...lines.map((line) => line.replace(/^\$ /, "")), "```"];
    case "Exit codes:":
      return table(
        ["Exit code", "Meaning"],
        lines.map((line) => line.split(/ {2,}/)),
      );
    default:
      return lines.length === 0
        ? [title]
        : ["```", title, ...lines.map((line) => `  ${line}`), "```"];
  }
}
