import { assertNever } from "../../../kernel/index.ts";
import type { Budget } from "../../match/budget.ts";
import { contains, exampleOf, type Language } from "../../match/language.ts";
import type { Pattern } from "../../match/pattern.ts";

/** What is still possible for one thing that a request may choose: a key, the resource, a name. */
export type State = ChoiceState | TextState;

/** Places in a list of values that stand for all others; the first that is left is the example. */
export interface ChoiceState {
  readonly kind: "choice";
  /** `undefined` is absence. */
  readonly values: readonly (string | undefined)[];
  readonly left: readonly number[];
}

/** A text that may be absent. Its example is absence where that is possible. */
export interface TextState {
  readonly kind: "text";
  readonly absent: boolean;
  /** `undefined` when the text cannot be present. */
  readonly present: Present | undefined;
  readonly hints: readonly string[];
}

interface Present {
  readonly language: Language;
  /** A member of the language. */
  readonly example: string;
}

/** What a choice has to satisfy. */
export type Test =
  | { readonly kind: "always" | "never" }
  | { readonly kind: "choice"; readonly allowed: readonly boolean[] }
  | { readonly kind: "text"; readonly absent: boolean; readonly present: TextTest };

export type TextTest = { readonly kind: "always" } | { readonly kind: "never" } | PatternTest;

/** In one of the patterns, or in none of them. */
export interface PatternTest {
  readonly kind: "inside" | "outside";
  readonly patterns: readonly Pattern[];
}

/** Whether the example of a state passes a test already. */
export function passes(state: State, test: Test): boolean {
  switch (test.kind) {
    case "always":
      return true;
    case "never":
      return false;
    case "choice":
      // Stryker disable next-line UnaryOperator: for the compiler; something is left
      return state.kind === "choice" && test.allowed[state.left[0] ?? -1] === true;
    case "text":
      // Stryker disable next-line ConditionalExpression: for the compiler; a choice is never present
      return state.kind === "text" && textPasses(state, test);
    default:
      return assertNever(test);
  }
}

function textPasses(state: TextState, test: Extract<Test, { kind: "text" }>): boolean {
  if (state.absent) return test.absent;
  return state.present !== undefined && presentPasses(state.present.example, test.present);
}

function presentPasses(text: string, test: TextTest): boolean {
  switch (test.kind) {
    case "always":
      return true;
    case "never":
      return false;
    case "inside":
      return contains({ inside: [test.patterns], outside: [] }, text);
    case "outside":
      return contains({ inside: [], outside: test.patterns }, text);
    default:
      return assertNever(test);
  }
}

/**
 * What is left of a state under a test; `undefined` when nothing is, or when the budget ran out, which
 * whoever owns the budget has to look at.
 */
export function restrict(state: State, test: Test, budget: Budget): State | undefined {
  switch (test.kind) {
    case "always":
      return state;
    case "never":
      return undefined;
    case "choice":
      return state.kind === "choice" ? restrictChoice(state, test.allowed) : undefined;
    case "text":
      // Stryker disable next-line ConditionalExpression: for the compiler; a choice is never present
      return state.kind === "text" ? restrictText(state, test, budget) : undefined;
    default:
      return assertNever(test);
  }
}

function restrictChoice(state: ChoiceState, allowed: readonly boolean[]): ChoiceState | undefined {
  const left = state.left.filter((place) => allowed[place]);
  return left.length === 0 ? undefined : { ...state, left };
}

function restrictText(
  state: TextState,
  test: Extract<Test, { kind: "text" }>,
  budget: Budget,
): TextState | undefined {
  const absent = state.absent && test.absent;
  const present =
    state.present && restrictPresent(state.present, test.present, state.hints, budget);
  return absent || present !== undefined ? { ...state, absent, present } : undefined;
}

function restrictPresent(
  { language, example }: Present,
  test: TextTest,
  hints: readonly string[],
  budget: Budget,
): Present | undefined {
  if (test.kind === "never") return undefined;
  if (test.kind === "always") return { language, example };
  const narrower = narrow(language, test);
  return presentPasses(example, test)
    ? { language: narrower, example }
    : presentIn(narrower, hints, budget);
}

function presentIn(
  language: Language,
  hints: readonly string[],
  budget: Budget,
): Present | undefined {
  const found = exampleOf(language, hints, budget);
  // Stryker disable next-line ConditionalExpression: for the compiler; otherwise there is no text
  return found.kind === "example" ? { language, example: found.text } : undefined;
}

function narrow({ inside, outside }: Language, { kind, patterns }: PatternTest): Language {
  return kind === "inside"
    ? { inside: [...inside, patterns], outside }
    : { inside, outside: [...outside, ...patterns] };
}

/** A text about which nothing is known but the patterns of which it matches one. */
export function textState(
  patterns: readonly Pattern[],
  options: { readonly absent: boolean; readonly hints: readonly string[] },
  budget: Budget,
): TextState {
  const present = presentIn({ inside: [patterns], outside: [] }, options.hints, budget);
  return { kind: "text", present, ...options };
}

/** What is left of a state when the key is absent. */
export function withoutValue(state: State): State | undefined {
  if (state.kind === "choice") {
    return state.left.includes(0) ? { ...state, left: [0] } : undefined;
  }
  return state.absent ? { ...state, present: undefined } : undefined;
}
