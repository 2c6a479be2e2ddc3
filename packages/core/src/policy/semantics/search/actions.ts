import { ANY_LETTERS, ONE_LETTER, type Pattern, patternOf } from "../../match/pattern.ts";
import { s3Actions } from "../../match/s3-actions.ts";
import { type Glob, globOf, matchesGlob } from "../../match/wildcard.ts";
import type { PatternElement } from "../../syntax/document.ts";

export type Target = "bucket" | "object";

/** An `Action` or `NotAction` element made ready for many comparisons. */
export interface ActionElement {
  readonly negated: boolean;
  /** In lower case, for actions compare without regard to case. */
  readonly globs: readonly Glob[];
  readonly patterns: readonly Pattern[];
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

/** The actions of today that see such a resource. */
export function actionsOn(target: Target): readonly string[] {
  return known.filter((action) => action.target === target).map(({ name }) => name);
}

/** Whether an action is one of the bucket or of objects; `undefined` for one that we do not know. */
export function targetOf(action: string): Target | undefined {
  return known.find(({ lower }) => lower === action.toLowerCase())?.target;
}

export function actionElement({ negated, patterns }: PatternElement): ActionElement {
  const globs = patterns.map((pattern) => globOf(pattern.toLowerCase()));
  return {
    negated,
    globs,
    patterns: globs.map((tokens) => ({ tokens, fold: true })),
    covered: coveredBy(patterns),
  };
}

/** The known actions that the patterns of an element cover. */
function coveredBy(patterns: readonly string[]): ReadonlySet<string> {
  const covered = new Set<string>();
  for (const pattern of patterns) {
    const lower = pattern.toLowerCase();
    const everything = lower === "*" || lower === "s3:*";
    const glob = globOf(lower);
    for (const action of known) {
      if (everything || matchesGlob(glob, action.lower)) covered.add(action.name);
    }
  }
  return covered;
}

/** Whether the element matches an action for certain; an action that we do not know is compared. */
export function covers(element: ActionElement, action: string): boolean {
  if (element.globs.length === 0) return false;
  const inPatterns =
    element.covered.has(action) ||
    element.globs.some((glob) => matchesGlob(glob, action.toLowerCase()));
  return inPatterns !== element.negated;
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
    .flatMap(({ patterns }) => patterns.filter(({ tokens }) => tokens.every((token) => token >= 0)));
  return { inside: [patternOf("s3:", [ONE_LETTER, ANY_LETTERS])], outside };
}

export const futureHints = ["s3:FutureAction"];
