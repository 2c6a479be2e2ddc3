import type { Command } from "commander";

export interface Guide {
  /** Command lines, as somebody would type them. */
  readonly examples: readonly string[];
  /** What each exit code says. An error is always 1, and need not be named. */
  readonly exitCodes: Readonly<Partial<Record<0 | 1 | 2 | 3 | 130, string>>>;
  readonly more?: string;
}

/** Ends the help of a command with examples and what its exit codes mean. */
export function guide(command: Command, { examples, exitCodes, more }: Guide): Command {
  const codes = Object.entries({ 1: "an error, which says what to do", ...exitCodes });
  const parts = [
    ["Examples:", ...examples.map((example) => `  $ ${example}`)],
    ["Exit codes:", ...codes.map(([code, meaning]) => `  ${code.padEnd(3)}  ${meaning}`)],
    ...(more === undefined ? [] : [[more]]),
  ];
  return command.addHelpText("after", `\n${parts.map((lines) => lines.join("\n")).join("\n\n")}`);
}

export const whereAwsIs =
  "Region, credentials and endpoint are taken as by the AWS CLI; against `warden sandbox`, set what it prints.";
