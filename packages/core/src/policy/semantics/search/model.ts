import type { Callers, Guarantee, RequestClass } from "../../guarantees/guarantee.ts";
import { matchesPrincipal } from "../../match/principal.ts";
import { not, some, type Truth } from "../../match/truth.ts";
import type {
  Condition,
  LanguageVersion,
  PrincipalElement,
  Statement,
} from "../../syntax/document.ts";
import type { Principal } from "../request.ts";
import { type ActionElement, actionElement } from "./actions.ts";
import { type Caller, callersFor, collectNames } from "./callers.ts";
import { type Atom, atomOf } from "./condition.ts";
import { callerKeys, principalArnKey } from "./key-facts.ts";
import { type KeySpace, keySpace } from "./key-space.ts";

/** A Deny statement made ready for the search. */
export interface Deny {
  readonly statement: Statement;
  readonly action: ActionElement;
  readonly atoms: readonly Atom[];
}

/** One class of a guarantee together with the Deny statements that should cover it. */
export interface Model {
  readonly guarantee: Guarantee;
  readonly requests: RequestClass;
  readonly version: LanguageVersion;
  readonly denies: readonly Deny[];
  readonly where: readonly Atom[];
  readonly assuming: readonly Atom[];
  readonly callers: readonly Caller[];
  readonly keys: ReadonlyMap<string, KeySpace>;
}

export function denyOf(statement: Statement, version: LanguageVersion): Deny {
  return {
    statement,
    action: actionElement(statement.action),
    atoms: statement.conditions.map((condition) => atomOf(condition, version)),
  };
}

export function modelOf(
  guarantee: Guarantee,
  requests: RequestClass,
  policy: { readonly version: LanguageVersion; readonly denies: readonly Deny[] },
): Model {
  const own = (condition: Condition) => atomOf(condition, "2012-10-17");
  const where = requests.where.map(own);
  const assuming = requests.assuming.map(own);
  const asked = [...where, ...policy.denies.flatMap((deny) => deny.atoms)];
  const keys = keysOf(asked, assuming);
  return {
    guarantee,
    requests,
    ...policy,
    where,
    assuming: assuming.filter(({ key }) => keys.has(key)),
    callers: callersOf(guarantee, requests.callers, policy.denies),
    keys,
  };
}

/** The keys that somebody asks about; an assumption alone is no reason to choose a value. */
function keysOf(asked: readonly Atom[], assuming: readonly Atom[]): ReadonlyMap<string, KeySpace> {
  const byKey = new Map<string, [Atom, ...Atom[]]>();
  for (const atom of asked) {
    if (callerKeys.has(atom.key) || atom.key === principalArnKey) continue;
    const same = byKey.get(atom.key);
    if (same === undefined) byKey.set(atom.key, [atom]);
    else same.push(atom);
  }
  for (const atom of assuming) byKey.get(atom.key)?.push(atom);
  return new Map([...byKey].map(([key, atoms]) => [key, keySpace(atoms)]));
}

function callersOf(
  guarantee: Guarantee,
  wanted: Callers,
  denies: readonly Deny[],
): readonly Caller[] {
  const entries = denies.flatMap(({ statement }) => statement.principal.entries);
  const constants = (key: string) =>
    denies.flatMap(({ atoms }) =>
      atoms.flatMap((atom) => (atom.key === key ? atom.written.values : [])),
    );
  const names = collectNames(entries, {
    accounts: constants("aws:principalaccount"),
    services: constants("aws:principalservicename"),
  });
  return callersFor(names, guarantee.partition).filter(({ example }) => isWanted(example, wanted));
}

function isWanted(principal: Principal, wanted: Callers): boolean {
  if (wanted === "everyone") return true;
  if (principal.kind === "service") return false;
  return wanted === "all-but-services" || principal.kind !== "anonymous";
}

/** Whether a `Principal` or `NotPrincipal` element matches a caller. */
export function matchesElement(element: PrincipalElement, principal: Principal): Truth {
  if (element.entries.length === 0) return element.negated ? "unknown" : "no";
  const truth = some(element.entries.map((entry) => matchesPrincipal(entry, principal)));
  return element.negated ? not(truth) : truth;
}

/** Whether the organization of such a caller is free to choose. */
export function hasOrganization(principal: Principal): boolean {
  return ["root", "user", "role-session"].includes(principal.kind);
}
