import type { Callers, RequestClass, Where } from "../../guarantees/guarantee.ts";
import { literalPattern, type Pattern, wildcardPattern } from "../../match/pattern.ts";
import { matchesPrincipal } from "../../match/principal.ts";
import { not, some, type Truth } from "../../match/truth.ts";
import type {
  Condition,
  LanguageVersion,
  Policy,
  PrincipalElement,
  Statement,
} from "../../syntax/document.ts";
import type { Principal } from "../request.ts";
import { type ActionElement, actionElement, type Coverage } from "./actions.ts";
import { type Caller, callersFor, collectNames } from "./callers.ts";
import { type Atom, atomOf, varies } from "./condition.ts";
import { callerKeys, principalArnKey } from "./key-facts.ts";
import { type KeySpace, keySpace } from "./key-space.ts";

/** A Deny statement made ready for the search. */
export interface Deny {
  readonly statement: Statement;
  readonly action: ActionElement;
  /** `undefined` where a policy variable makes the resource depend on the request. */
  readonly resource: readonly Pattern[] | undefined;
  readonly atoms: readonly Atom[];
}

/** One class of a guarantee together with the Deny statements that should cover it. */
export interface Model {
  readonly bucket: Where;
  readonly requests: RequestClass;
  readonly denies: readonly Deny[];
  /** A statement that has to match the requests of the class. */
  readonly within: Deny | undefined;
  readonly where: readonly Atom[];
  readonly assuming: readonly Atom[];
  readonly keys: ReadonlyMap<string, KeySpace>;
  /** What is asked of keys that follow from the caller. */
  readonly callerAtoms: readonly Atom[];
}

/** The Deny statements of a policy. */
export function deniesOf(policy: Policy | undefined): readonly Deny[] {
  if (policy === undefined) return [];
  const coverage: Coverage = new Map();
  return policy.statements
    .filter(({ effect }) => effect === "Deny")
    .map((statement) => prepared(statement, policy.version, coverage));
}

/** A statement in the form in which the search takes it, whatever its effect. */
export function prepared(
  statement: Statement,
  version: LanguageVersion,
  coverage: Coverage = new Map(),
): Deny {
  return {
    statement,
    action: actionElement(statement.action, coverage),
    resource: resourcePatterns(statement.resource.patterns, version),
    atoms: statement.conditions.map((condition) => atomOf(condition, version)),
  };
}

/** The model of one class of requests; with `within`, of those that this statement matches. */
export function modelOf(
  bucket: Where,
  requests: RequestClass,
  denies: readonly Deny[],
  within?: Deny,
): Model {
  const own = (condition: Condition) => atomOf(condition, "2012-10-17");
  const where = [...requests.where.map(own), ...(within?.atoms ?? [])];
  const assuming = requests.assuming.map(own);
  const asked = [...where, ...denies.flatMap(({ atoms }) => atoms)];
  const callerAtoms = asked.filter(({ key }) => callerKeys.has(key) || key === principalArnKey);
  const keys = keysOf(asked, assuming);
  return { bucket, requests, denies, within, where, assuming, keys, callerAtoms };
}

/** The ARN that the class is about: that of the bucket unless it names another one. */
export function arnOf({ bucket: { partition, bucket }, requests: { resources } }: Model): string {
  return typeof resources === "string" ? `arn:${partition}:s3:::${bucket}` : resources.arn;
}

function resourcePatterns(
  patterns: readonly string[],
  version: LanguageVersion,
): readonly Pattern[] | undefined {
  if (patterns.some((pattern) => varies(pattern, version))) return undefined;
  return patterns.map((pattern) => withEscapes(pattern, version));
}

/** In documents of today `${*}` is a plain asterisk. */
function withEscapes(pattern: string, version: LanguageVersion): Pattern {
  // Stryker disable next-line StringLiteral: only quicker
  if (version !== "2012-10-17" || !pattern.includes("${")) return wildcardPattern(pattern);
  const pieces = pattern.split(/(\$\{[*?$]\})/);
  const tokens = pieces.flatMap((piece, place) =>
    place % 2 === 1 ? literalPattern(piece.charAt(2)).tokens : wildcardPattern(piece).tokens,
  );
  return { tokens, fold: false };
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

/** Every kind of caller that the class speaks of, the plainest first. */
export function* callersOf(model: Model): Generator<Caller> {
  const { bucket, requests, denies, within, callerAtoms } = model;
  const statements = within === undefined ? denies : [...denies, within];
  const entries = statements.flatMap(({ statement }) => statement.principal.entries);
  const constants = (key: string) =>
    callerAtoms.flatMap((atom) => (atom.key === key ? atom.written.values : []));
  const names = collectNames(entries, {
    accounts: constants("aws:principalaccount"),
    services: constants("aws:principalservicename"),
  });
  for (const caller of callersFor(names, bucket.partition)) {
    const { example } = caller;
    const matched =
      within === undefined || matchesElement(within.statement.principal, example) === "yes";
    if (matched && isWanted(example, requests.callers)) yield caller;
  }
}

function isWanted(principal: Principal, wanted: Callers): boolean {
  if (wanted === "everyone") return true;
  if (principal.kind === "service") return false;
  return wanted === "all-but-services" || principal.kind !== "anonymous";
}

/** Whether a `Principal` or `NotPrincipal` element matches a caller. */
export function matchesElement(element: PrincipalElement, principal: Principal): Truth {
  const { negated, entries } = element;
  // What is left when nobody is left out is written nowhere.
  if (negated && entries.length === 0) return "unknown";
  const truth = some(entries.map((entry) => matchesPrincipal(entry, principal)));
  return negated ? not(truth) : truth;
}

/** Whether the organization of such a caller is free to choose. */
export function hasOrganization(principal: Principal): boolean {
  return ["root", "user", "role-session"].includes(principal.kind);
}
