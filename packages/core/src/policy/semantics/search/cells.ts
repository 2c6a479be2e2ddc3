import { type Budget, spend } from "../../match/budget.ts";
import { actionsOn, covers, type Target, targetOf, tellsActionsApart } from "./actions.ts";
import { callerTruth } from "./caller-keys.ts";
import type { Caller } from "./callers.ts";
import { asksFor, type Cell } from "./cell.ts";
import { closersOf, matchesCaller, matchesEveryCaller } from "./closers.ts";
import type { Mode } from "./condition.ts";
import { actionsWith, isAbsentFor, principalArnKey, principalOrgKey } from "./key-facts.ts";
import { callersOf, type Deny, type Model, matchesElement } from "./model.ts";

/**
 * All cells of a class that are not closed from the start, the plainest first. Callers, and likewise
 * actions, which no statement tells apart are one cell: that keeps the number small however long the
 * lists are. `used` collects the statements that close cells.
 */
export function* cellsOf(
  model: Model,
  mode: Mode,
  work: { readonly budget: Budget; readonly used: Set<number> },
): Generator<Cell> {
  const targets = openTargets(model, work);
  // Stryker disable next-line ConditionalExpression: only quicker
  if (targets.length === 0) return;
  const seen = new Set<string>();
  const tests: Cell["tests"] = new Map();
  const resources: Cell["resources"] = new Map();
  for (const caller of callersOf(model)) {
    const open = targets.filter(({ closers }) => !isClosed(closers, caller, work.used));
    if (open.length === 0 || !spend(work.budget, model.denies.length)) continue;
    const signature = callerSignature(caller, model);
    if (seen.has(signature)) continue;
    seen.add(signature);
    const shared: Cell["shared"] = new Map();
    for (const { target, actions } of open) {
      for (const action of actions()) {
        const known = { tests, resources, shared };
        yield { model, caller, target, action, mode, ...known, budget: work.budget };
      }
    }
  }
}

interface OpenTarget {
  readonly target: Target;
  readonly actions: () => readonly (string | undefined)[];
  /** Statements that match every such request of the callers that they match. */
  readonly closers: readonly Deny[];
}

function openTargets(
  model: Model,
  work: { readonly budget: Budget; readonly used: Set<number> },
): readonly OpenTarget[] {
  return targetsOf(model).flatMap((target) => {
    const closers = closersOf(model, target, work.budget);
    // Stryker disable all: only quicker, for it would close the cells of every caller one by one
    const forAll = closers.find((deny) => matchesEveryCaller(deny));
    if (forAll !== undefined) {
      work.used.add(forAll.statement.index);
      return [];
    }
    // Stryker restore all
    let actions: readonly (string | undefined)[] | undefined;
    return [{ target, closers, actions: () => (actions ??= actionsFor(model, target)) }];
  });
}

function targetsOf({ requests: { resources } }: Model): readonly Target[] {
  if (resources === "objects") return ["object"];
  return resources === "bucket-and-objects" ? ["object", "bucket"] : ["other"];
}

function isClosed(closers: readonly Deny[], caller: Caller, used: Set<number>): boolean {
  const closer = closers.find((deny) => matchesCaller(deny, caller));
  if (closer !== undefined) used.add(closer.statement.index);
  return closer !== undefined;
}

/** One of each kind of action that the statements or the keys tell apart; `undefined` for the future. */
function actionsFor(model: Model, target: Target): readonly (string | undefined)[] {
  const { actions } = model.requests;
  const names =
    actions === "every"
      ? actionsOn(target)
      : actions.filter((action) => (targetOf(action) ?? target) === target);
  const { within } = model;
  const wanted =
    within === undefined ? names : names.filter((action) => covers(within.action, action));
  const kinds = oneOfEachKind(wanted, model);
  return actions === "every" ? [...kinds, undefined] : kinds;
}

function oneOfEachKind(names: readonly string[], model: Model): readonly string[] {
  const { denies, keys, requests } = model;
  const all = denies.map(({ action }) => action);
  // A class that lists its actions may name some that S3 does not have today.
  // Stryker disable next-line ConditionalExpression, StringLiteral, MethodExpression: only quicker
  const elements = requests.actions === "every" ? all.filter(tellsActionsApart) : all;
  const owners = [...keys.keys()].map(actionsWith).filter((owner) => owner !== undefined);
  // Stryker disable next-line ConditionalExpression: only quicker
  if (elements.length === 0 && owners.length === 0) return names.slice(0, 1);
  const first = new Map<string, string>();
  for (const action of names) {
    const matched = elements.map((element) => covers(element, action));
    const signature = [...matched, ...owners.map((owner) => owner.includes(action))].join();
    if (!first.has(signature)) first.set(signature, action);
  }
  return [...first.values()];
}

function callerSignature(caller: Caller, model: Model): string {
  const { example } = caller;
  const elements = model.denies.map(({ statement }) =>
    matchesElement(statement.principal, example),
  );
  const truths = model.callerAtoms.map((atom) => callerTruth(atom, caller));
  const missing = [...model.keys.keys()].map((key) => isAbsentFor(key, example));
  const whoever = asksFor(model, principalArnKey) && example;
  // Who feels a single statement is asked for each kind of caller.
  const kind = (model.within !== undefined || asksFor(model, principalOrgKey)) && example.kind;
  return JSON.stringify([elements, truths, missing, whoever, kind]);
}
