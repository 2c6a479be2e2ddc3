import type { Clock } from "../kernel/clock.ts";
import type { SharedAnswers } from "../observe/index.ts";
import { isPassing } from "./errors.ts";

export interface SharingOptions {
  readonly clock: Pick<Clock, "now">;
  /** How old an answer may be. */
  readonly keepMilliseconds: number;
  /** How many answers are kept; the oldest goes first. */
  readonly most: number;
}

/**
 * Only for looks that write nothing: what an event changed a moment ago is not seen in an answer from
 * before. A refusal is an answer too, unless the next attempt may well succeed.
 */
export function shareAnswers({ clock, keepMilliseconds, most }: SharingOptions): SharedAnswers {
  const kept = new Map<string, { readonly answer: Promise<unknown>; readonly until: number }>();
  const keep = <T>(question: string, answer: Promise<T>): Promise<T> => {
    const entry = { answer, until: clock.now() + keepMilliseconds };
    kept.delete(question);
    kept.set(question, entry);
    for (const oldest of kept.size > most ? kept.keys().take(kept.size - most) : []) {
      kept.delete(oldest);
    }
    answer.catch((error: unknown) => {
      if (isPassing(error) && kept.get(question) === entry) kept.delete(question);
    });
    return answer;
  };
  return {
    of: <T>(question: string, ask: () => Promise<T>): Promise<T> => {
      const found = kept.get(question);
      // Whoever asked the same question expects the same type of answer.
      if (found !== undefined && found.until > clock.now()) return found.answer as Promise<T>;
      return keep(question, ask());
    },
  };
}
