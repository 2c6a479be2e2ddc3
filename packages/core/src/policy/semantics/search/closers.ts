import type { Budget } from "../../match/budget.ts";
import { includes, type Pattern } from "../../match/pattern.ts";
import { ANY } from "../../match/wildcard.ts";
import { covers, coversAllActions, type Target } from "./actions.ts";
import { callerTruth } from "./caller-keys.ts";
import type { Caller } from "./callers.ts";
import type { Atom } from "./condition.ts";
import { callerKeys } from "./key-facts.ts";
import { failTest, stateOf } from "./key-space.ts";
import { arnOf, type Deny, type Model, matchesElement } from "./model.ts";
import { restrict } from "./state.ts";

/**
 * The Deny statements that match every request of the class on this kind of resource, as far as it is
 * not for the caller to decide. Most policies have one, and then nothing is left to search.
 */
export function closersOf(model: Model, target: Target, budget: Budget): readonly Deny[] {
  return model.denies.filter(
    (deny) =>
      coversActions(deny, model) &&
      coversTarget(deny, model, target) &&
      deny.atoms.every((atom) => callerKeys.has(atom.key) || alwaysHolds(atom, model, budget)),
  );
}

export function matchesEveryCaller({ statement, atoms }: Deny): boolean {
  const { negated, entries } = statement.principal;
  const everyone = !negated && entries.some(({ kind }) => kind === "everyone");
  return everyone && !atoms.some(({ key }) => callerKeys.has(key));
}

export function matchesCaller({ statement, atoms }: Deny, caller: Caller): boolean {
  return (
    matchesElement(statement.principal, caller.example) === "yes" &&
    atoms.every((atom) => !callerKeys.has(atom.key) || callerTruth(atom, caller) === "yes")
  );
}

/** Whether no value that the class leaves to the key lets the condition fail, whoever calls. */
function alwaysHolds(atom: Atom, model: Model, budget: Budget): boolean {
  const space = model.keys.get(atom.key);
  // What the ARN of the caller may be depends on the caller.
  if (space === undefined) return false;
  const where = model.where.filter(({ key }) => key === atom.key);
  const caller = { kind: "anonymous" } as const; // in this mode no caller is left out of account
  const setting = { mode: "possible", caller, action: undefined, budget } as const;
  const state = stateOf(space, where, setting);
  return (
    state !== undefined && restrict(state, failTest(space, atom, "possible"), budget) === undefined
  );
}

function coversActions({ statement, action }: Deny, { requests }: Model): boolean {
  if (requests.actions === "every") return coversAllActions(statement.action);
  return requests.actions.every((name) => covers(action, name));
}

function coversTarget({ statement, resource }: Deny, model: Model, target: Target): boolean {
  if (resource === undefined || statement.resource.negated) return false;
  const arn = arnOf(model);
  return resource.some((pattern) =>
    target === "object" ? includesAllAfter(pattern, `${arn}/`) : includes(pattern, arn),
  );
}

/** Whether the pattern is a plain text with one `*` at its end, and matches whatever begins like this. */
function includesAllAfter({ tokens }: Pattern, start: string): boolean {
  const last = tokens.length - 1;
  if (tokens[last] !== ANY) return false;
  return tokens.every((token, place) => place === last || token === start.charCodeAt(place));
}
