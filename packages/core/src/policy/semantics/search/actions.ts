import { ANY_LETTERS, includes, ONE_LETTER, type Pattern, patternOf } from "../../match/pattern.ts";
import { s3Actions } from "../../match/s3-actions.ts";
import { globOf, matchesGlob } from "../../match/wildcard.ts";
import type { PatternElement } from "../../syntax/document.ts";

/** `other` is the one resource of a class that is not about a bucket. */
export type Target = "bucket" | "object" | "other";

/** An `Action` or `NotAction` element made ready for many comparisons. */
export interface ActionElement {
  readonly negated: boolean;
  /** Without regard to case. */
  readonly patterns: readonly Pattern[];
  /** The known actions that the patterns cover. */
  readonly covered: ReadonlySet<string>;
}

// Readers know these; they make the better witness.
const familiar = ["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:DeleteObject"];

const known: readonly { readonly name: string; readonly lower: string; readonly target: Target }[] =
  [
    ...familiar.flatMap((wanted) => s3Actions.filter(({ name }) => name === wanted)),
    ...s3Actions.filter(({ name }) => !familiar.includes(name)),
  ].flatMap(({ name, appliesTo }) =>
    appliesTo === "neither" ? [] : [{ name, lower: name.toLowerCase(), target: appliesTo }],
  );

const namesOn: Readonly<Partial<Record<Target, readonly string[]>>> = {
  bucket: known.filter(({ target }) => target === "bucket").map(({ name }) => name),
  object: known.filter(({ target }) => target === "object").map(({ name }) => name),
};

/** The actions of today that see such a resource. */
export function actionsOn(target: Target): readonly string[] {
  return namesOn[target] ?? [];
}

/** Whether an action is one of the bucket or of objects; `undefined` for one that we do not know. */
export function targetOf(action: string): Target | undefined {
  return known.find(({ lower }) => lower === action.toLowerCase())?.target;
}

/** Coverage by pattern: the same few patterns come again and again in one policy. */
export type Coverage = Map<string, ReadonlySet<string>>;

export function actionElement(
  { negated, patterns }: PatternElement,
  coverage: Coverage,
): ActionElement {
  const lower = patterns.map((pattern) => pattern.toLowerCase());
  const sets = lower.map((pattern) => coveredBy(pattern, coverage));
  const [first = nothing, ...more] = sets;
  return {
    negated,
    patterns: lower.map((pattern) => ({ tokens: globOf(pattern), fold: true })),
    covered: more.length === 0 ? first : new Set(sets.flatMap((set) => [...set])),
  };
}

const nothing: ReadonlySet<string> = new Set();
const everything: ReadonlySet<string> = new Set(known.map(({ name }) => name));

function coveredBy(pattern: string, coverage: Coverage): ReadonlySet<string> {
  if (coversEverything(pattern)) return everything;
  const found = coverage.get(pattern);
  if (found !== undefined) return found;
  const glob = globOf(pattern);
  const names = known.filter(({ lower }) => matchesGlob(glob, lower)).map(({ name }) => name);
  const covered = new Set(names);
  coverage.set(pattern, covered);
  return covered;
}

function coversEverything(pattern: string): boolean {
  return pattern === "*" || pattern === "s3:*";
}

/** Whether the element matches every action of S3, those of the future as well. Simple forms only. */
export function coversAllActions({ negated, patterns }: PatternElement): boolean {
  if (!negated) return patterns.some((pattern) => coversEverything(pattern.toLowerCase()));
  return (
    patterns.length > 0 && patterns.every((pattern) => isOfOtherService(pattern.toLowerCase()))
  );
}

function isOfOtherService(pattern: string): boolean {
  // Stryker disable next-line StringLiteral: split() always gives a first piece
  const start = pattern.split(/[*?]/)[0] ?? "";
  return !"s3:".startsWith(start) && !start.startsWith("s3:");
}

/** Whether the element matches an action for certain. */
export function covers(element: ActionElement, action: string): boolean {
  if (element.patterns.length === 0) return false;
  const known = everything.has(action);
  const inPatterns = known
    ? element.covered.has(action)
    : element.patterns.some((pattern) => includes(pattern, action));
  return inPatterns !== element.negated;
}

/** Whether some of today's actions match the element and others do not. */
export function tellsActionsApart({ covered }: ActionElement): boolean {
  return covered.size > 0 && covered.size < everything.size;
}

/**
 * The names of actions that S3 does not have yet. Of today's names only those are left out that a
 * `NotAction` spells out: with a wildcard there is always another name, and a witness that is no
 * action of the future after all is not accepted.
 */
export function futureActions(elements: readonly ActionElement[]): {
  readonly inside: readonly Pattern[];
  readonly outside: readonly Pattern[];
} {
  const outside = elements
    .filter(({ negated }) => negated)
    .flatMap(({ patterns }) =>
      patterns.filter(({ tokens }) => tokens.every((token) => token >= 0)),
    );
  return { inside: [patternOf("s3:", [ONE_LETTER, ANY_LETTERS])], outside };
}

export const futureHints = ["s3:FutureAction"];
