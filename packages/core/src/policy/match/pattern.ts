import { ANY, type Glob, globOf, literalGlob, matchesGlob, ONE } from "./wildcard.ts";

// Tokens beside those of a Glob. In an ARN the wildcards of the first five parts stay in their part.
/** Any run of characters without a colon. */
export const ANY_IN_PART = -3;
/** One character that is no colon. */
export const ONE_IN_PART = -4;
/** One digit. */
export const DIGIT = -5;
/** Any run of the characters that names and paths of IAM may have, and one of them. */
export const ANY_NAME = -6;
export const ONE_NAME = -7;
/** Any run of ASCII letters, and one of them. */
export const ANY_LETTERS = -8;
export const ONE_LETTER = -9;

/** A set of strings: everything that the tokens match; with `fold`, whatever the case of ASCII letters. */
export interface Pattern {
  readonly tokens: Glob;
  readonly fold: boolean;
}

export function wildcardPattern(text: string): Pattern {
  return { tokens: globOf(text), fold: false };
}

export function literalPattern(text: string): Pattern {
  return { tokens: literalGlob(text), fold: false };
}

/** The pattern of a text followed by more tokens, e.g. the ARN of a bucket and `[ONE, ANY]`. */
export function patternOf(...pieces: readonly (string | Glob)[]): Pattern {
  const tokens = pieces.flatMap((piece) =>
    typeof piece === "string" ? literalGlob(piece) : piece,
  );
  return { tokens, fold: false };
}

function isRun(token: number | undefined): boolean {
  return token === ANY || token === ANY_IN_PART || token === ANY_NAME || token === ANY_LETTERS;
}

/** Whether a token takes this UTF-16 code unit. */
function takes(token: number, code: number, fold: boolean): boolean {
  if (token >= 0) return token === code || (fold && foldCase(token) === foldCase(code));
  switch (token) {
    case ANY:
    case ONE:
      return true;
    case ANY_IN_PART:
    case ONE_IN_PART:
      return code !== COLON;
    case DIGIT:
      return isDigit(code);
    case ANY_LETTERS:
    case ONE_LETTER:
      return isLetter(code);
    default:
      return isLetter(code) || isDigit(code) || NAME_SIGNS.includes(code);
  }
}

/** Whether the whole text is in the set. */
export function includes(pattern: Pattern, text: string): boolean {
  // Stryker disable next-line ConditionalExpression, EqualityOperator, ArrowFunction: the other way says the same
  const isGlob = !pattern.fold && pattern.tokens.every((token) => token >= ONE);
  // Stryker disable next-line ConditionalExpression: the other way says the same, slower
  if (isGlob) return matchesGlob(pattern.tokens, text);
  let places = startOf(pattern);
  // Stryker disable next-line ConditionalExpression, EqualityOperator: from no place none is reached
  for (let at = 0; at < text.length && places.length > 0; at += 1) {
    places = step(pattern, places, text.charCodeAt(at));
  }
  return places.includes(pattern.tokens.length);
}

/** The places in a pattern at which a reader may stand, ascending. Runs may be skipped. */
export type Places = readonly number[];

export function startOf(pattern: Pattern): Places {
  return closed(pattern, [0]);
}

export function step(pattern: Pattern, places: Places, code: number): Places {
  // Stryker disable next-line ArrayDeclaration: what is no number is no place
  const next: number[] = [];
  for (const place of places) {
    const token = pattern.tokens[place];
    if (token === undefined || !takes(token, code, pattern.fold)) continue;
    next.push(isRun(token) ? place : place + 1);
  }
  return closed(pattern, next);
}

/** Adds the places behind runs. Ascending places stay so: what follows a place up to there is in already. */
function closed({ tokens }: Pattern, places: Places): Places {
  const all: number[] = [];
  let end = -1;
  for (const place of places) {
    let at = place;
    while (at > end) {
      all.push(at);
      end = at;
      if (isRun(tokens[at])) at += 1;
    }
  }
  return withoutShadowed(tokens, all);
}

/** What an earlier place can still read, an unrestricted run at a later place can read as well. */
function withoutShadowed(tokens: Glob, places: Places): Places {
  const run = places.findLastIndex((place) => tokens[place] === ANY);
  return places.slice(Math.max(run, 0));
}

export function foldCase(code: number): number {
  return code >= UPPER_A && code <= UPPER_Z ? code + (LOWER_A - UPPER_A) : code;
}

const COLON = ":".charCodeAt(0);
const UPPER_A = "A".charCodeAt(0);
const UPPER_Z = "Z".charCodeAt(0);
const LOWER_A = "a".charCodeAt(0);
const LOWER_Z = "z".charCodeAt(0);
const NAME_SIGNS = [..."+=,.@_-/"].map((sign) => sign.charCodeAt(0));

function isLetter(code: number): boolean {
  const lower = foldCase(code);
  return lower >= LOWER_A && lower <= LOWER_Z;
}

function isDigit(code: number): boolean {
  return code >= "0".charCodeAt(0) && code <= "9".charCodeAt(0);
}
