import type { Budget } from "../../match/budget.ts";
import { ANY_IN_PART, literalPattern, type Pattern, patternOf } from "../../match/pattern.ts";
import { ANY, ONE } from "../../match/wildcard.ts";
import { covers, futureActions, futureHints, type Target } from "./actions.ts";
import { callerTruth } from "./caller-keys.ts";
import type { Caller } from "./callers.ts";
import { type Atom, fails, failTextTest, holdTextTest, type Mode } from "./condition.ts";
import { callerKeys, principalArnKey, principalOrgKey } from "./key-facts.ts";
import { anyArn, failTest, stateOf } from "./key-space.ts";
import { arnOf, type Deny, hasOrganization, type Model, matchesElement } from "./model.ts";
import type { Clause, Escape, States } from "./solve.ts";
import { type PatternTest, restrict, type State, type Test, textState } from "./state.ts";

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
  /** States of this caller that do not depend on the action or the resource. */
  readonly shared: Map<string, State | undefined>;
  readonly budget: Budget;
}

// Names of choices; no condition key has a space.
export const resourceChoice = "the resource";
export const actionChoice = "the action";

const always: Test = { kind: "always" };
const never: Test = { kind: "never" };

/** What each choice can be to begin with; `undefined` when the class has no such requests. */
export function statesOf(cell: Cell): States | undefined {
  const states = new Map<string, State | undefined>();
  states.set(resourceChoice, resourceState(cell));
  if (cell.action === undefined) states.set(actionChoice, actionState(cell));
  if (asksFor(cell.model, principalArnKey)) states.set(principalArnKey, sharedArn(cell));
  for (const key of cell.model.keys.keys()) states.set(key, keyState(cell, key));
  if (!callerFits(cell)) return undefined;
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
  if (fails(matchesElement(deny.statement.principal, caller.example), mode)) return undefined;
  const all: Escape[] = [];
  for (const atom of deny.atoms) {
    if (!callerKeys.has(atom.key)) all.push(escapeOf(atom, cell));
    else if (fails(callerTruth(atom, caller), mode)) return undefined;
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
  const test = space === undefined ? failTextTest(atom, mode) : failTest(space, atom, mode);
  const made = { choice: atom.key, test };
  tests.set(atom, made);
  return made;
}

function actionTest({ action }: Deny): Test {
  if (action.patterns.length === 0) return always;
  const kind = action.negated ? "inside" : "outside";
  return { kind: "text", absent: false, present: { kind, patterns: action.patterns } };
}

function resourceTest({ statement, resource: patterns }: Deny, { mode }: Cell): Test {
  const { negated } = statement.resource;
  // The value of a variable depends on the request, and AWS does not say what matches no resource.
  if (patterns === undefined || (patterns.length === 0 && negated)) {
    return mode === "possible" ? always : never;
  }
  const kind = negated ? "inside" : "outside";
  return { kind: "text", absent: false, present: { kind, patterns } };
}

function resourceState({ model, target, budget }: Cell): State | undefined {
  const arn = arnOf(model);
  const patterns = target === "object" ? [patternOf(`${arn}/`, [ONE, ANY])] : [literalPattern(arn)];
  const hints = target === "object" ? [`${arn}/example.txt`, `${arn}/data.csv`] : [arn];
  const state = textState(patterns, { absent: false, hints }, budget);
  const { within } = model;
  if (within === undefined) return present(state);
  if (within.resource === undefined) return undefined;
  const kind = within.statement.resource.negated ? "outside" : "inside";
  return present(narrowed(state, { kind, patterns: within.resource }, budget));
}

function actionState({ model, budget }: Cell): State | undefined {
  const { denies, within } = model;
  const { inside, outside } = futureActions(denies.map((deny) => deny.action));
  const state = textState(inside, { absent: false, hints: futureHints }, budget);
  const left = narrowed(state, { kind: "outside", patterns: outside }, budget);
  if (within === undefined) return present(left);
  const kind = within.action.negated ? "outside" : "inside";
  return present(narrowed(left, { kind, patterns: within.action.patterns }, budget));
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
      (left, atom) => left && restrict(left, holdTextTest(atom), budget),
      state,
    );
}

function callerArns(caller: Caller, mode: Mode, budget: Budget): State | undefined {
  const { arns, example } = caller;
  if (arns !== undefined) {
    const hints = "roleArn" in example ? [example.roleArn] : "arn" in example ? [example.arn] : [];
    const state = textState(arns.inside, { absent: false, hints }, budget);
    return present(narrowed(state, { kind: "outside", patterns: arns.outside }, budget));
  }
  if (example.kind === "federated" || example.kind === "canonical-user") {
    // They have an ARN of their own that the document does not show us: no witness may rest on it.
    if (mode === "sure") return undefined;
    return textState([arnWithin(caller)], { absent: true, hints: [] }, budget);
  }
  return { kind: "text", absent: true, language: undefined, example: undefined, hints: [] };
}

/** Whatever it is, it is an ARN of the caller's account. */
function arnWithin({ example, unnamed }: Caller): Pattern {
  if (unnamed || !("account" in example)) return anyArn;
  const part = [ANY_IN_PART];
  return patternOf("arn:", part, ":", part, ":", part, `:${example.account}:`, [ANY]);
}

function narrowed(state: State | undefined, test: PatternTest, budget: Budget): State | undefined {
  if (state === undefined || (test.kind === "outside" && test.patterns.length === 0)) return state;
  return restrict(state, { kind: "text", absent: true, present: test }, budget);
}

function present(state: State | undefined): State | undefined {
  return state?.kind === "text" && !state.absent && state.example === undefined ? undefined : state;
}

function keyState(cell: Cell, key: string): State | undefined {
  const { model, mode, caller, action, budget } = cell;
  const space = model.keys.get(key);
  if (space === undefined) return undefined;
  const assumed = mode === "sure" ? model.assuming : [];
  const where = [...model.where, ...assumed].filter((atom) => atom.key === key);
  const setting = { mode, caller: caller.example, action, budget };
  const state = stateOf(space, where, setting);
  return key === principalOrgKey ? state && orgState(state, cell) : state;
}

/** Only callers from an account can have an organization. */
function orgState(state: State, { caller, mode, budget }: Cell): State | undefined {
  const { kind } = caller.example;
  const unclear = kind === "federated" || kind === "canonical-user";
  if (hasOrganization(caller.example) || (unclear && mode === "possible")) return state;
  if (state.kind === "choice")
    return state.left.includes(0) ? { kind: "choice", left: [0] } : undefined;
  return restrict(state, { kind: "text", absent: true, present: { kind: "never" } }, budget);
}

/** Whether such callers fulfil what the class says about them. */
function callerFits({ model, caller }: Cell): boolean {
  return model.where
    .filter((atom) => callerKeys.has(atom.key))
    .every((atom) => callerTruth(atom, caller) === "yes");
}

export function asksFor(model: Model, key: string): boolean {
  return model.keys.has(key) || model.callerAtoms.some((atom) => atom.key === key);
}
