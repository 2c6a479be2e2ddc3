import type { Budget } from "../../match/budget.ts";
import { actionsOn, covers, type Target, targetOf } from "./actions.ts";
import { callerTruth } from "./caller-keys.ts";
import type { Caller } from "./callers.ts";
import { asksFor, type Cell } from "./cell.ts";
import type { Mode } from "./condition.ts";
import {
  actionsWith,
  callerKeys,
  isAbsentFor,
  principalArnKey,
  principalOrgKey,
} from "./key-facts.ts";
import { hasOrganization, type Model, matchesElement } from "./model.ts";

/**
 * All cells of a class, the plainest first. Callers, and likewise actions, which no statement tells
 * apart are one cell: that keeps the number small however long the lists are.
 */
export function* cellsOf(model: Model, mode: Mode, budget: Budget): Generator<Cell> {
  const kinds = model.requests.resources === "objects" ? objects : both;
  const targets = kinds.map((target) => ({ target, actions: actionsFor(model, target) }));
  for (const caller of distinct(model.callers, (one) => callerSignature(one, model))) {
    for (const { target, actions } of targets) {
      for (const action of actions) yield { model, caller, target, action, mode, budget };
    }
  }
}

const objects: readonly Target[] = ["object"];
const both: readonly Target[] = ["object", "bucket"];

function actionsFor(model: Model, target: Target): readonly (string | undefined)[] {
  const { actions } = model.requests;
  const names =
    actions === "every"
      ? actionsOn(target)
      : actions.filter((action) => (targetOf(action) ?? target) === target);
  const known = distinct(names, (action) => actionSignature(action, model));
  return actions === "every" ? [...known, undefined] : known;
}

function actionSignature(action: string, { denies, keys }: Model): string {
  const matched = denies.map((deny) => (covers(deny.action, action) ? "1" : "0"));
  const owned = [...keys.keys()].map((key) =>
    actionsWith(key)?.includes(action) === false ? "0" : "1",
  );
  return `${matched.join("")}/${owned.join("")}`;
}

function callerSignature(caller: Caller, model: Model): string {
  const { example } = caller;
  const elements = model.denies.map(({ statement }) =>
    matchesElement(statement.principal, example),
  );
  const atoms = [...model.where, ...model.denies.flatMap((deny) => deny.atoms)];
  const truths = atoms
    .filter((atom) => callerKeys.has(atom.key))
    .map((atom) => callerTruth(atom, caller));
  const missing = [...model.keys.keys()].map((key) => isAbsentFor(key, example));
  const named = asksFor(model, principalArnKey) ? JSON.stringify(example) : "";
  const org = asksFor(model, principalOrgKey) ? [hasOrganization(example), example.kind] : [];
  return [...elements, ...truths, ...missing, named, ...org].join(" ");
}

function distinct<T>(all: readonly T[], signature: (one: T) => string): readonly T[] {
  const first = new Map<string, T>();
  for (const one of all) {
    const key = signature(one);
    if (!first.has(key)) first.set(key, one);
  }
  return [...first.values()];
}
