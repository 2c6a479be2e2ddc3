import { type Budget, spend } from "./budget.ts";
import {
  ANY_IN_PART,
  foldCase,
  includes,
  ONE_IN_PART,
  type Pattern,
  type Places,
  startOf,
  step,
} from "./pattern.ts";
import { ANY, ONE } from "./wildcard.ts";

/** The strings that are in every group (in at least one of its patterns) and in none of `outside`. */
export interface Language {
  readonly inside: readonly (readonly Pattern[])[];
  readonly outside: readonly Pattern[];
}

export type Example =
  | { readonly kind: "example"; readonly text: string }
  | { readonly kind: "empty" }
  | { readonly kind: "out-of-budget" };

/**
 * Finds a member of a language, or that it has none. `hints` are tried first, for they read better
 * than what the search makes up; after them comes a shortest member.
 */
export function exampleOf(language: Language, hints: readonly string[], budget: Budget): Example {
  const patterns = language.inside.length + language.outside.length;
  for (const text of guesses(language, hints)) {
    if (!spend(budget, patterns)) return { kind: "out-of-budget" };
    if (contains(language, text)) return { kind: "example", text };
  }
  return search(language, budget);
}

function* guesses(language: Language, hints: readonly string[]): Generator<string> {
  yield* hints;
  yield* filled(language);
}

export function contains({ inside, outside }: Language, text: string): boolean {
  return (
    inside.every((group) => group.some((pattern) => includes(pattern, text))) &&
    !outside.some((pattern) => includes(pattern, text))
  );
}

const WORD = "example";

/** The patterns themselves, with a word or nothing for each wildcard: often that will do. */
function filled({ inside }: Language): readonly string[] {
  return inside.flatMap((group) =>
    group.slice(0, 2).flatMap((pattern) => [fill(pattern, WORD), fill(pattern, "")]),
  );
}

function fill({ tokens }: Pattern, word: string): string {
  const pieces = tokens.map((token) => {
    if (token === ANY || token === ANY_IN_PART) return word;
    if (token === ONE || token === ONE_IN_PART) return "x";
    return token < 0 ? "" : String.fromCharCode(token);
  });
  return pieces.join("");
}

/** What a step costs: every place of every reader moves. */
function sizeOf({ groups, outside }: State): number {
  return [...groups.flat(), ...outside].reduce((size, { at }) => size + at.length, 1);
}

/** All patterns read the same text side by side; breadth first, so that the first end is a shortest. */
function search(language: Language, budget: Budget): Example {
  const kinds = [...language.inside.flat(), ...language.outside].some(tellsApart) ? KINDS : [];
  const start = startState(language);
  if (start === undefined) return { kind: "empty" };
  const seen = new Set([keyOf(start)]);
  const queue: Node[] = [{ state: start, text: "" }];
  for (const node of queue) {
    if (isEnd(node.state)) return { kind: "example", text: node.text };
    for (const next of successors(node, kinds, budget)) {
      const key = keyOf(next.state);
      if (seen.has(key)) continue;
      seen.add(key);
      queue.push(next);
    }
    if (budget.left < 0) return { kind: "out-of-budget" };
  }
  return { kind: "empty" };
}

function* successors(
  { state, text }: Node,
  kinds: readonly string[],
  budget: Budget,
): Generator<Node> {
  const size = sizeOf(state);
  for (const code of nextCodes(state, kinds)) {
    if (!spend(budget, size)) return;
    const next = read(state, code);
    if (next !== undefined) yield { state: next, text: text + String.fromCharCode(code) };
  }
}

interface Node {
  readonly state: State;
  readonly text: string;
}

/** Groups that match whatever follows are left out, as are outside patterns that cannot match any more. */
interface State {
  readonly groups: readonly (readonly Reader[])[];
  readonly outside: readonly Reader[];
}

interface Reader {
  readonly pattern: Pattern;
  readonly number: number;
  readonly at: Places;
}

function startState({ inside, outside }: Language): State | undefined {
  let number = 0;
  const reader = (pattern: Pattern): Reader => {
    // Stryker disable next-line AssignmentOperator: any other number will do
    number += 1;
    return { pattern, number, at: startOf(pattern) };
  };
  return prune(
    inside.map((group) => group.map(reader)),
    outside.map(reader),
  );
}

function read({ groups, outside }: State, code: number): State | undefined {
  const advance = (reader: Reader): Reader => ({
    ...reader,
    at: step(reader.pattern, reader.at, code),
  });
  return prune(
    groups.map((group) => group.map(advance)),
    outside.map(advance),
  );
}

/** `undefined` when no continuation can be in the language. */
function prune(
  groups: readonly (readonly Reader[])[],
  outside: readonly Reader[],
): State | undefined {
  if (outside.some(matchesAnything)) return undefined;
  const open = groups.filter((group) => !group.some(matchesAnything)).map(alive);
  if (open.some((group) => group.length === 0)) return undefined;
  return { groups: open, outside: alive(outside) };
}

function alive(readers: readonly Reader[]): readonly Reader[] {
  return readers.filter(({ at }) => at.length > 0);
}

function matchesAnything({ pattern, at }: Reader): boolean {
  const last = pattern.tokens.length - 1;
  return pattern.tokens[last] === ANY && at.includes(last);
}

function isEnd({ groups, outside }: State): boolean {
  return groups.every((group) => group.some(atEnd)) && !outside.some(atEnd);
}

function atEnd({ pattern, at }: Reader): boolean {
  return at.includes(pattern.tokens.length);
}

/** The place of a reader in its list says nothing once others were dropped: its number has to. */
function keyOf({ groups, outside }: State): string {
  const readers = [...groups.flat(), ...outside];
  return readers.map(({ number, at }) => `${number}:${at.join(".")}`).join();
}

/**
 * The characters worth trying next. Those that no reader looks for just now are all alike but for their
 * kind, so one of each kind stands for them.
 */
function nextCodes({ groups, outside }: State, kinds: readonly string[]): readonly number[] {
  const wanted = new Set<number>();
  for (const group of groups) {
    const codes = wantedCodes(group);
    if (codes.closed) return [...codes.named];
    for (const code of codes.named) wanted.add(code);
  }
  for (const code of wantedCodes(outside).named) wanted.add(code);
  const letter = firstBeside(LETTERS, wanted) ?? unnamedBeyond(wanted);
  const others = kinds.map((kind) => firstBeside(kind, wanted));
  return [letter, ...wanted, ...others.filter((code) => code !== undefined)];
}

/** What the readers name at their places; `closed` when they can read nothing else. */
function wantedCodes(readers: readonly Reader[]): {
  readonly named: ReadonlySet<number>;
  readonly closed: boolean;
} {
  const named = new Set<number>();
  let closed = true;
  for (const reader of readers) {
    for (const token of tokensAt(reader)) {
      if (token < 0) closed = false;
      else for (const code of bothCases(token, reader.pattern.fold)) named.add(code);
    }
  }
  return { named, closed };
}

function tokensAt({ pattern, at }: Reader): readonly number[] {
  return at.map((place) => pattern.tokens[place]).filter((token) => token !== undefined);
}

const LETTERS = "xyzabcdefghijklmnopqrstuvwXYZABCDEFGHIJKLMNOPQRSTUVW";
const KINDS = ["0123456789", "-_+=,.@/", ":"];

/** Whether a pattern tells letters, digits, signs and the colon apart without naming them. */
function tellsApart({ tokens }: Pattern): boolean {
  return tokens.some((token) => token < ONE);
}

function bothCases(code: number, fold: boolean): readonly number[] {
  if (!fold) return [code];
  const lower = foldCase(code);
  const upper = String.fromCharCode(lower).toUpperCase().charCodeAt(0);
  return foldCase(upper) === lower ? [lower, upper] : [lower];
}

function firstBeside(chars: string, taken: ReadonlySet<number>): number | undefined {
  for (let at = 0; at < chars.length; at += 1) {
    if (!taken.has(chars.charCodeAt(at))) return chars.charCodeAt(at);
  }
  return undefined;
}

/** Finitely many are taken, so one of the CJK ideographs is free. */
function unnamedBeyond(taken: ReadonlySet<number>): number {
  let code = 0x4e00;
  while (taken.has(code)) code += 1;
  return code;
}
