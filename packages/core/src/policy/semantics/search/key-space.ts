import { remembered } from "../../../kernel/remembered.ts";
import { type Budget, spend } from "../../match/budget.ts";
import { ANY_IN_PART, type Pattern, patternOf } from "../../match/pattern.ts";
import { ANY, ONE } from "../../match/wildcard.ts";
import type { FamilyName } from "../../operators/index.ts";
import { isPlausibleKey } from "../../syntax/condition-keys.ts";
import type { Principal } from "../request.ts";
import { type Atom, countsAs, type Mode, textTest, truthOf } from "./condition.ts";
import {
  actionsWith,
  followsFromBucket,
  hintsFor,
  isAbsentFor,
  isArn,
  isNeverEmpty,
  isTime,
  isWhole,
  mayHaveSeveralValues,
  typeOf,
} from "./key-facts.ts";
import { samplesFor } from "./samples.ts";
import { restrict, type State, type Test, textState, withoutValue } from "./state.ts";

/** One condition key as the search sees it. */
export type KeySpace =
  | { readonly kind: "text"; readonly key: string; readonly name: string }
  | ChoiceSpace
  /** No request can choose it and the policy does not tell: nothing about it is certain. */
  | { readonly kind: "unknowable"; readonly key: string; readonly name: string };

interface ChoiceSpace {
  readonly kind: "choice";
  readonly key: string;
  readonly name: string;
  /** The first is absence. */
  readonly values: readonly (string | undefined)[];
  /** Whether the values stand for every value there is; otherwise they are good for witnesses only. */
  readonly complete: boolean;
}

/** How a key is searched follows from all conditions that are put on it. */
export function keySpace(atoms: readonly [Atom, ...Atom[]]): KeySpace {
  const [{ key, written }] = atoms;
  const name = written.key;
  if (followsFromBucket(key)) return { kind: "unknowable", key, name };
  const asked = atoms.filter(asksForValue);
  const families = new Set(asked.map(({ operator }) => operator?.family));
  const single = !mayMixValues(key, asked);
  if (typeOf(key) === "bool") return choice(key, name, ["true", "false"], single);
  if (single && [...families].every(isTextual)) return { kind: "text", key, name };
  const constants = asked.flatMap((atom) => atom.written.values);
  const samples = [...families].flatMap((family) =>
    isTextual(family) ? [...constants, ...hintsFor(key)] : samplesFor(family, constants),
  );
  const known = families.size === 1 && !families.has("binary");
  // A tag that is compared as a number need not be one.
  const free = families.has(typeOf(key)) ? [] : ["example"];
  return choice(key, name, [...samples, ...free], single && known);
}

type Family = Exclude<FamilyName, "null"> | undefined;
type Asking = Atom & { readonly operator: { readonly family: Family } | undefined };

/** `Null` asks only whether there is a value. */
function asksForValue(atom: Atom): atom is Asking {
  return atom.operator?.family !== "null";
}

type Textual = "string" | "arn" | undefined;

function isTextual(family: Family): family is Textual {
  return family === undefined || family === "string" || family === "arn";
}

/**
 * A request with several values can fail two conditions by two different values, which no single value
 * stands for; and without a set operator several values have no documented meaning at all.
 */
function mayMixValues(key: string, asked: readonly Atom[]): boolean {
  if (!mayHaveSeveralValues(key)) return false;
  return asked.length > 1 || asked.some((atom) => atom.operator?.set === undefined);
}

function choice(
  key: string,
  name: string,
  samples: readonly string[],
  complete: boolean,
): ChoiceSpace {
  return { kind: "choice", key, name, values: [undefined, ...new Set(samples)], complete };
}

/** The test that lets a condition on this key fail. */
export function failTest(space: KeySpace, atom: Atom, mode: Mode): Test {
  if (space.kind === "unknowable") return { kind: mode === "possible" ? "always" : "never" };
  return space.kind === "text" ? textTest("no", atom, mode) : choiceTest("no", space, atom, mode);
}

/** The test that makes a condition of the class hold. */
function holdTest(space: KeySpace, atom: Atom, mode: Mode): Test {
  return space.kind === "choice"
    ? choiceTest("yes", space, atom, mode)
    : textTest("yes", atom, mode);
}

function choiceTest(
  wanted: "yes" | "no",
  { values, complete }: ChoiceSpace,
  atom: Atom,
  mode: Mode,
): Test {
  const allowed = values.map((value) => {
    const open = mode === "possible" && !complete && value !== undefined;
    return open || countsAs(wanted, truthOf(atom, value), mode);
  });
  return { kind: "choice", allowed };
}

/** What the search may assume of one request besides the conditions of its class. */
export interface Setting {
  readonly mode: Mode;
  readonly caller: Principal;
  /** `undefined` for an action of the future, of which nothing is known. */
  readonly action: string | undefined;
  readonly budget: Budget;
}

/** What a key can be for requests that fulfil `where`; `undefined` when there are none. */
export function stateOf(
  space: KeySpace,
  where: readonly Atom[],
  setting: Setting,
): State | undefined {
  let state: State | undefined = freeState(space, setting.budget);
  for (const atom of where) {
    state = state && restrict(state, holdTest(space, atom, setting.mode), setting.budget);
  }
  return state && plausible(space, state, setting);
}

const part = [ANY_IN_PART];
/** Six parts, of which the last may have colons. */
export const anyArn = patternOf("arn:", part, ":", part, ":", part, ":", part, ":", [ANY]);

function anyValue(key: string): Pattern {
  if (isArn(key)) return anyArn;
  return isNeverEmpty(key) ? patternOf([ONE, ANY]) : patternOf([ANY]);
}

function freeState(space: KeySpace, budget: Budget): State {
  if (space.kind === "choice") {
    return { kind: "choice", values: space.values, left: [...space.values.keys()] };
  }
  spend(budget, 1);
  return freeText(space.key);
}

/** The same for every cell of every proof, and found in a few steps. */
const freeText = remembered(64, (key) =>
  textState([anyValue(key)], { absent: true, hints: hintsFor(key) }, { left: 1_000 }),
);

/** Clients of today do not send requests dated before this list of facts was made. */
const earliest = "2026-01-01T00:00:00Z";

/** A witness should be a request that can exist; a proof covers the others as well. */
function plausible(space: KeySpace, state: State, setting: Setting): State | undefined {
  if (setting.mode === "possible") return state;
  if (isTime(space.key)) return recent(state);
  if (isWhole(space.key)) return whole(state);
  const owners = actionsWith(space.key);
  const foreign = owners && setting.action !== undefined && !owners.includes(setting.action);
  const missing = foreign === true || !isPlausibleKey(space.key);
  return missing || isAbsentFor(space.key, setting.caller) ? withoutValue(state) : state;
}

function recent(state: State): State | undefined {
  // Stryker disable next-line StringLiteral: no date either
  return withValues(state, (value) => Date.parse(value ?? "") >= Date.parse(earliest));
}

function whole(state: State): State | undefined {
  return withValues(state, (value) => value === undefined || Number.isInteger(Number(value)));
}

function withValues(
  state: State,
  isReal: (value: string | undefined) => boolean,
): State | undefined {
  if (state.kind !== "choice") return state;
  const left = state.left.filter((place) => isReal(state.values[place]));
  return left.length === 0 ? undefined : { ...state, left };
}
