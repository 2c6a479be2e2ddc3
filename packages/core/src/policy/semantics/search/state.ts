import { assertNever } from "../../../kernel/index.ts";
import type { Budget } from "../../match/budget.ts";
import { contains, exampleOf, type Language } from "../../match/language.ts";
import type { Pattern } from "../../match/pattern.ts";

/** What is still possible for one thing that a request may choose: a key, the resource, a name. */
export type State = ChoiceState | TextState;

/** Places in a list of values that stand for all others; the first that is left is the example. */
export interface ChoiceState {
  readonly kind: "choice";
  readonly left: readonly number[];
}

/** A text that may be absent. Its example is absence where that is possible. */
export interface TextState {
  readonly kind: "text";
  readonly absent: boolean;
  /** `undefined` when the text cannot be present. */
  readonly language: Language | undefined;
  /** A member of the language. */
  readonly example: string | undefined;
  readonly hints: readonly string[];
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
      return state.kind === "choice" && test.allowed[state.left[0] ?? -1] === true;
    case "text":
      return state.kind === "text" && textPasses(state, test);
    default:
      return assertNever(test);
  }
}

function textPasses(state: TextState, test: Extract<Test, { kind: "text" }>): boolean {
  if (state.absent) return test.absent;
  return state.example !== undefined && presentPasses(state.example, test.present);
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
      return state.kind === "text" ? restrictText(state, test, budget) : undefined;
    default:
      return assertNever(test);
  }
}

function restrictChoice(state: ChoiceState, allowed: readonly boolean[]): ChoiceState | undefined {
  const left = state.left.filter((place) => allowed[place]);
  return left.length === 0 ? undefined : { kind: "choice", left };
}

function restrictText(
  state: TextState,
  test: Extract<Test, { kind: "text" }>,
  budget: Budget,
): TextState | undefined {
  const absent = state.absent && test.absent;
  const present = restrictPresent(state, test.present, budget);
  if (!absent && present === undefined) return undefined;
  return { ...state, ...(present ?? { language: undefined, example: undefined }), absent };
}

type Present = { readonly language: Language; readonly example: string };

function restrictPresent(state: TextState, test: TextTest, budget: Budget): Present | undefined {
  const { language, example, hints } = state;
  if (language === undefined || example === undefined) return undefined;
  if (test.kind === "never") return undefined;
  if (test.kind === "always") return { language, example };
  const narrower = narrow(language, test);
  if (presentPasses(example, test)) return { language: narrower, example };
  const found = exampleOf(narrower, hints, budget);
  return found.kind === "example" ? { language: narrower, example: found.text } : undefined;
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
  const language = { inside: [patterns], outside: [] };
  const found = exampleOf(language, options.hints, budget);
  const example = found.kind === "example" ? found.text : undefined;
  return { kind: "text", language, example, ...options };
}
