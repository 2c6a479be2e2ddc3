import type { Budget } from "../../match/budget.ts";
import { ANY_IN_PART, literalPattern, type Pattern, patternOf } from "../../match/pattern.ts";
import { ANY, ONE } from "../../match/wildcard.ts";
import type { Principal } from "../request.ts";
import { covers, futureActions, futureHints, type Target } from "./actions.ts";
import { callerTruth } from "./caller-keys.ts";
import type { Caller } from "./callers.ts";
import { type Atom, countsAs, type Mode, textTest } from "./condition.ts";
import { callerKeys, hintsFor, principalArnKey, principalOrgKey } from "./key-facts.ts";
import { anyArn, failTest, type KeySpace, stateOf } from "./key-space.ts";
import { arnOf, type Deny, hasOrganization, type Model, matchesElement } from "./model.ts";
import type { Clause, Escape, States } from "./solve.ts";
import { restrict, type State, type Test, textState, withoutValue } from "./state.ts";

/** Requests that differ only in what the search may choose: the object, the keys, the exact caller. */
export interface Cell {
  readonly model: Model;
  readonly caller: Caller;
  readonly target: Target;
  /** `undefined` for the actions of the future. */
  readonly action: string | undefined;
  readonly mode: Mode;
  /** Tests of this mode that were made already. */
  readonly tests: Map<Atom, Escape>;
  /** What the resource can be, by its kind: nothing else about a cell has a say in it. */
  readonly resources: Map<Target, State | undefined>;
  /** States of this caller that do not depend on the action or the resource. */
  readonly shared: Map<string, State | undefined>;
  readonly budget: Budget;
}

// Names of choices; no condition key has a space.
// Stryker disable StringLiteral: any text that is no condition key
export const resourceChoice = "the resource";
export const actionChoice = "the action";
// Stryker restore StringLiteral

const always: Test = { kind: "always" };
const never: Test = { kind: "never" };

/** What each choice can be to begin with; `undefined` when the class has no such requests. */
export function statesOf(cell: Cell): States | undefined {
  if (!callerFits(cell)) return undefined;
  const states = new Map<string, State | undefined>();
  states.set(resourceChoice, sharedResource(cell));
  if (cell.action === undefined) states.set(actionChoice, actionState(cell));
  if (asksFor(cell.model, principalArnKey)) states.set(principalArnKey, sharedArn(cell));
  for (const [key, space] of cell.model.keys) states.set(key, keyState(cell, space));
  const possible = [...states].filter((entry): entry is [string, State] => entry[1] !== undefined);
  return possible.length === states.size ? new Map(possible) : undefined;
}

/** The statements that catch such a request unless it takes one of their escapes. */
export function clausesOf(cell: Cell): readonly Clause[] {
  const clauses: Clause[] = [];
  for (const deny of cell.model.denies) {
    const escapes = escapesFrom(deny, cell);
    if (escapes !== undefined) clauses.push({ statement: deny.statement.index, escapes });
  }
  return clauses.sort((a, b) => a.escapes.length - b.escapes.length);
}

/** `undefined` when the statement does not match whatever else the request chooses. */
function escapesFrom(deny: Deny, cell: Cell): readonly Escape[] | undefined {
  const { caller, mode, action } = cell;
  if (action !== undefined && !covers(deny.action, action)) return undefined;
  const named = matchesElement(deny.statement.principal, caller.example);
  if (countsAs("no", named, mode)) return undefined;
  const all: Escape[] = [];
  for (const atom of deny.atoms) {
    if (!callerKeys.has(atom.key)) all.push(escapeOf(atom, cell));
    else if (countsAs("no", callerTruth(atom, caller), mode)) return undefined;
  }
  if (action === undefined) all.push({ choice: actionChoice, test: actionTest(deny) });
  all.push({ choice: resourceChoice, test: resourceTest(deny, cell) });
  if (all.some(({ test }) => test.kind === "always")) return undefined;
  return all.filter(({ test }) => test.kind !== "never");
}

function escapeOf(atom: Atom, { model, mode, tests }: Cell): Escape {
  const known = tests.get(atom);
  if (known !== undefined) return known;
  const space = model.keys.get(atom.key);
  const test = space === undefined ? textTest("no", atom, mode) : failTest(space, atom, mode);
  const made = { choice: atom.key, test };
  tests.set(atom, made);
  return made;
}

function actionTest({ action: { negated, patterns } }: Deny): Test {
  if (patterns.length === 0) return always;
  return among(negated ? "inside" : "outside", patterns);
}

function resourceTest({ statement, resource: patterns }: Deny, { mode }: Cell): Test {
  const { negated } = statement.resource;
  // The value of a variable depends on the request, and AWS does not say what matches no resource.
  if (patterns === undefined || (patterns.length === 0 && negated)) {
    return mode === "possible" ? always : never;
  }
  return among(negated ? "inside" : "outside", patterns);
}

/** Whether a text is in one of the patterns, or in none of them; for what is never absent. */
function among(kind: "inside" | "outside", patterns: readonly Pattern[]): Test {
  return { kind: "text", absent: false, present: { kind, patterns } };
}

function sharedResource(cell: Cell): State | undefined {
  const { resources, target } = cell;
  if (!resources.has(target)) resources.set(target, resourceState(cell));
  return resources.get(target);
}

function resourceState({ model, target, budget }: Cell): State | undefined {
  const arn = arnOf(model);
  const patterns = target === "object" ? [patternOf(`${arn}/`, [ONE, ANY])] : [literalPattern(arn)];
  const hints = [`${arn}/example.txt`, `${arn}/data.csv`, arn];
  const state = textState(patterns, { absent: false, hints }, budget);
  const { within } = model;
  if (within === undefined) return state;
  if (within.resource === undefined) return undefined;
  const kind = within.statement.resource.negated ? "outside" : "inside";
  return restrict(state, among(kind, within.resource), budget);
}

function actionState({ model, budget }: Cell): State | undefined {
  const { denies, within } = model;
  const { inside, outside } = futureActions(denies.map((deny) => deny.action));
  // Stryker disable next-line BooleanLiteral: what comes next leaves no absence
  const state = textState(inside, { absent: false, hints: futureHints }, budget);
  const left = restrict(state, among("outside", outside), budget);
  if (within === undefined) return left;
  const { negated, patterns } = within.action;
  return left && restrict(left, among(negated ? "outside" : "inside", patterns), budget);
}

function sharedArn(cell: Cell): State | undefined {
  const { shared } = cell;
  if (!shared.has(principalArnKey)) shared.set(principalArnKey, arnState(cell));
  return shared.get(principalArnKey);
}

function arnState({ model, caller, mode, budget }: Cell): State | undefined {
  const state = callerArns(caller, mode, budget);
  return model.where
    .filter((atom) => atom.key === principalArnKey)
    .reduce<State | undefined>(
      (left, atom) => left && restrict(left, textTest("yes", atom, mode), budget),
      state,
    );
}

function callerArns(caller: Caller, mode: Mode, budget: Budget): State | undefined {
  const { arns, example } = caller;
  if (arns !== undefined) {
    // Stryker disable next-line BooleanLiteral: what comes next leaves no absence
    const state = textState(arns.inside, { absent: false, hints: [arns.example] }, budget);
    return restrict(state, among("outside", arns.outside), budget);
  }
  const hints = hintsFor(principalArnKey);
  const hidden = textState([arnWithin(caller)], { absent: true, hints }, budget);
  if (!mayHaveUnknownArn(example)) return withoutValue(hidden);
  // They have an ARN of their own that the document does not show us: no witness may rest on it.
  return mode === "sure" ? undefined : hidden;
}

/** What is known of them says neither which ARN they have nor whether they are in an organization. */
function mayHaveUnknownArn({ kind }: Principal): boolean {
  return kind === "federated" || kind === "canonical-user";
}

/** Whatever it is, it is an ARN of the caller's account. */
function arnWithin({ example, unnamed }: Caller): Pattern {
  if (unnamed || !("account" in example)) return anyArn;
  const part = [ANY_IN_PART];
  return patternOf("arn:", part, ":", part, ":", part, `:${example.account}:`, [ANY]);
}

function keyState(cell: Cell, space: KeySpace): State | undefined {
  const { model, mode, caller, action, budget } = cell;
  const atoms = mode === "sure" ? [...model.where, ...model.assuming] : model.where;
  const where = atoms.filter(({ key }) => key === space.key);
  const state = stateOf(space, where, { mode, caller: caller.example, action, budget });
  return space.key === principalOrgKey ? state && orgState(state, cell) : state;
}

/** Only callers from an account can have an organization. */
function orgState(state: State, { caller, mode }: Cell): State | undefined {
  const unclear = mode === "possible" && mayHaveUnknownArn(caller.example);
  return unclear || hasOrganization(caller.example) ? state : withoutValue(state);
}

/** Whether such callers fulfil what the class says about them. */
function callerFits({ model, caller, mode }: Cell): boolean {
  return model.where
    .filter((atom) => callerKeys.has(atom.key))
    .every((atom) => countsAs("yes", callerTruth(atom, caller), mode));
}

export function asksFor(model: Model, key: string): boolean {
  return model.keys.has(key) || model.callerAtoms.some((atom) => atom.key === key);
}
