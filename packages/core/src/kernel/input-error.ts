/**
 * Something that came from outside is not usable. The message names the place, what is wrong there
 * and what to do, so that it can be shown to a person as it is.
 */
export class InputError extends Error {
  override readonly name = "InputError";
  readonly place: string;
  readonly problem: string;
  readonly remedy: string;

  constructor(parts: { place: string; problem: string; remedy: string; cause?: unknown }) {
    super(`${parts.place}: ${parts.problem}. ${parts.remedy}`, { cause: parts.cause });
    this.place = parts.place;
    this.problem = parts.problem;
    this.remedy = parts.remedy;
  }
}
