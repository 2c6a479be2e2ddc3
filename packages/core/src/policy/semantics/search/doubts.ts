import type { Atom } from "./condition.ts";
import type { Deny, Model } from "./model.ts";

/** A statement of which nobody can say whom it denies, and why. */
export interface Doubt {
  readonly statement: number;
  readonly why: string;
}

/** The first Deny statement that the search could not take at its word. */
export function doubtIn(model: Model): Doubt | undefined {
  for (const deny of model.denies) {
    const why = doubtAbout(deny, model);
    if (why !== undefined) return { statement: deny.statement.index, why };
  }
  return undefined;
}

function doubtAbout(deny: Deny, model: Model): string | undefined {
  if (deny.resource === undefined)
    return "a policy variable in its resource depends on the request";
  for (const atom of deny.atoms) {
    const why = doubtAboutCondition(atom, model);
    if (why !== undefined) return why;
  }
  return undefined;
}

function doubtAboutCondition({ key, operator, values, written }: Atom, model: Model) {
  if (operator === undefined) return `the operator ${written.operator} is not known`;
  if (values === undefined) {
    return `a policy variable in ${written.operator} on ${written.key} depends on the request`;
  }
  if (model.keys.get(key)?.kind !== "unknowable") return undefined;
  const resource = typeof model.requests.resources === "string" ? "bucket" : "resource";
  return `${written.key} follows from the ${resource}, about which the policy says nothing`;
}
