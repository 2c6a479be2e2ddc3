import { printable } from "./printable.ts";

/**
 * Something that came from outside is not usable. The message names the place, what is wrong there
 * and what to do, each on one line of bounded length, so that it can be shown to a person as it is.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;

  constructor(parts: { place: string; problem: string; remedy: string; cause?: unknown }) {
    const place = oneLine(parts.place) || "the input";
    const problem = oneLine(parts.problem) || "it is not usable";
    const remedy = oneLine(parts.remedy) || "Correct it.";
    super(`${place}: ${problem}. ${remedy}`, { cause: parts.cause });
    this.place = place;
    this.problem = problem;
    this.remedy = remedy;
  }
}

/** What is wrong is often quoted, and whoever sent it chose how long it is. */
const longest = 1_500;

function oneLine(text: string): string {
  // Cut first: what is thrown away need not be looked through.
  const line = printable(text.slice(0, longest).replace(/\s+/g, " ").trim());
  return text.length <= longest ? line : `${line} … (${text.length} characters)`;
}
