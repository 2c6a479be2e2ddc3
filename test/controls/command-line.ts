import type { Assessment } from "../../packages/core/src/model/index.ts";

/** The command that a drift hands to a person, if it does. */
export function commandIn(assessment: Assessment): string | undefined {
  if (assessment.kind !== "drift" || assessment.allowance.mode !== "report-only") return undefined;
  return assessment.allowance.command;
}

/** The arguments that a POSIX shell would hand over; throws on what is neither plain nor quoted. */
export function argumentsOf(command = ""): readonly string[] {
  const words = command.match(/'[^']*'|[^\s']+/g) ?? [];
  if (words.join(" ") !== command) throw new Error(`not a plain command line: ${command}`);
  const unsafe = words.find((word) => !word.startsWith("'") && /[<>|&;$`"\\(){}*?]/.test(word));
  if (unsafe !== undefined) throw new Error(`${unsafe} means something to a shell`);
  return words.map((word) => word.replaceAll("'", ""));
}
