import type { Argument, Command, Option } from "commander";

/** What may follow at one place of the command line, for shells. */
export interface Spot {
  /** The words that lead there, e.g. `warden policy`. */
  readonly path: string;
  readonly commands: readonly Named[];
  readonly options: readonly SpotOption[];
  /** What its arguments may be, where that is known. */
  readonly words: readonly string[];
  readonly takesFiles: boolean;
}

export interface Named {
  readonly name: string;
  readonly description: string;
}

export interface SpotOption extends Named {
  readonly short?: string;
  /** What its value may be; none where it takes no value. */
  readonly value?: Value;
}

export type Value =
  | { readonly kind: "words"; readonly words: readonly string[] }
  | { readonly kind: "files" }
  /** Anything, so that nothing is proposed. */
  | { readonly kind: "text" };

/** Every place of the command line, the program itself first. */
export function spotsOf(command: Command, path = command.name()): readonly Spot[] {
  const { commands, options, registeredArguments: args } = command;
  const spot: Spot = {
    path,
    commands: commands.map((it) => ({ name: it.name(), description: sentence(it) })),
    options: [...options.flatMap(optionOf), help],
    words: args.flatMap(({ argChoices = [] }) => argChoices),
    takesFiles: args.some((it) => isFile(it)),
  };
  return [spot, ...commands.flatMap((it) => spotsOf(it, `${path} ${it.name()}`))];
}

const help: SpotOption = { name: "--help", short: "-h", description: "display help" };

function sentence(command: Command): string {
  return command.summary() || command.description();
}

function optionOf(option: Option): readonly SpotOption[] {
  const { long, short, description, hidden } = option;
  if (long === undefined || hidden) return [];
  const value = valueFor(option);
  return [
    {
      name: long,
      description,
      ...(short === undefined ? {} : { short }),
      ...(value === undefined ? {} : { value }),
    },
  ];
}

function valueFor({ flags, required, optional, argChoices }: Option): Value | undefined {
  if (!(required || optional)) return undefined;
  if (argChoices !== undefined) return { kind: "words", words: argChoices };
  return isPlace(flags) ? { kind: "files" } : { kind: "text" };
}

function isFile(argument: Argument): boolean {
  return isPlace(`<${argument.name()}>`);
}

/** By what stands in its brackets, e.g. `<file>`. */
function isPlace(flags: string): boolean {
  return /[<[](file|folder|path|[a-z]+\.json)/.test(flags);
}
