import { arnParts } from "../../match/arn.ts";
import {
  ANY_NAME,
  DIGIT,
  literalPattern,
  ONE_NAME,
  type Pattern,
  patternOf,
} from "../../match/pattern.ts";
import { accountEntry } from "../../match/principal.ts";
import { ANY, matchesWildcard } from "../../match/wildcard.ts";
import type { Principal } from "../request.ts";

/**
 * A kind of caller that a policy treats alike, but for what it asks of `aws:PrincipalArn` and
 * `aws:PrincipalOrgID`.
 */
export interface Caller {
  /** One of them. */
  readonly example: Principal;
  /** The ARNs that they may have; `undefined` where callers of this kind have none. */
  readonly arns?: Arns;
  /** Whether the account or the service is just one that the policy does not name. */
  readonly unnamed: boolean;
}

interface Arns {
  /** The one of the example. */
  readonly example: string;
  readonly inside: readonly Pattern[];
  readonly outside: readonly Pattern[];
}

/** Whom a policy names. */
export interface Names {
  readonly accounts: readonly string[];
  readonly arns: readonly string[];
  readonly services: readonly string[];
  readonly providers: readonly string[];
  readonly canonicalIds: readonly string[];
}

/** Every caller there can be: those that are named, and one of each kind that is not. */
export function* callersFor(names: Names, partition: string): Generator<Caller> {
  yield { example: { kind: "anonymous" }, unnamed: false };
  const account = freshAccount(names.accounts);
  const accounts = [account, ...names.accounts];
  const session = fresh(["session"], (word) => names.arns.some((arn) => arn.endsWith(`/${word}`)));
  const place = { names, partition, session };
  for (const one of accounts)
    yield* ofAccount({ ...place, account: one, unnamed: one === account });
  for (const arn of names.arns) yield* named(arn, place);
  for (const one of accounts) yield* outsiders(names, one, one === account);
  yield* services(names);
}

interface Place {
  readonly names: Names;
  readonly partition: string;
  /** The name of a role session that the policy does not name. */
  readonly session: string;
}

interface PlaceOfAccount extends Place {
  readonly account: string;
  readonly unnamed: boolean;
}

const people = [
  { type: "user", usual: ["alice", "bob", "carol"] },
  { type: "role", usual: ["Example", "Application", "Reader"] },
] as const;

/** Users, role sessions and the root of one account, as far as the policy names none of them. */
function ofAccount(place: PlaceOfAccount): readonly Caller[] {
  const { names, partition, account, unnamed } = place;
  const prefix = `arn:${partition}:iam::`;
  const digits = unnamed ? Array.from({ length: 12 }, () => DIGIT) : account;
  const others = unnamed ? names.accounts.map((one) => patternOf(`${prefix}${one}:`, [ANY])) : [];
  const outside = [...others, ...names.arns.map(literalPattern)];
  const some = people.map(({ type, usual }) => {
    const start = `${prefix}${account}:${type}/`;
    const inside = [patternOf(prefix, digits, `:${type}/`, [ANY_NAME, ONE_NAME])];
    const name = fresh(usual, (word) => names.arns.includes(start + word));
    const arns = { example: start + name, inside, outside };
    return { example: person(type, arns.example, place), arns, unnamed };
  });
  const root = {
    example: `${prefix}${account}:root`,
    inside: [patternOf(prefix, digits, ":root")],
    outside: others,
  };
  return [...some, { example: { kind: "root", account }, arns: root, unnamed }];
}

/** A caller that the policy names by its ARN. */
function named(arn: string, place: Place): readonly Caller[] {
  const parts = arnParts(arn);
  const { names, partition } = place;
  if (parts?.[1] !== partition) return [];
  const [, , , , account, resource] = parts;
  // Stryker disable next-line StringLiteral: for the compiler; all of them have a name
  const [type, name = ""] = resource.split("/");
  if (type === "user" || type === "role") {
    const itself = { example: arn, inside: [literalPattern(arn)], outside: [] };
    return [{ example: person(type, arn, { ...place, account }), arns: itself, unnamed: false }];
  }
  if (type === "assumed-role") {
    const prefix = `arn:${partition}:iam::${account}:role/`;
    return sessionsOf({ arn, account, role: name, prefix, names });
  }
  return [{ example: { kind: "federated", provider: arn, account }, unnamed: false }];
}

interface NamedSession {
  readonly arn: string;
  readonly account: string;
  readonly role: string;
  readonly prefix: string;
  readonly names: Names;
}

/** The ARN of a session does not tell the path of its role: it may be one that is named as well. */
function sessionsOf({ arn, account, role, prefix, names }: NamedSession): readonly Caller[] {
  const roles = names.arns.filter((one) => one.startsWith(prefix) && one.endsWith(`/${role}`));
  const kind = "role-session" as const;
  const ofNamed = roles.map((roleArn) => ({
    example: { kind, arn, roleArn, account },
    arns: { example: roleArn, inside: [literalPattern(roleArn)], outside: [] },
    unnamed: false,
  }));
  const inside = [literalPattern(`${prefix}${role}`), patternOf(prefix, [ANY_NAME], `/${role}`)];
  const path = fresh(["", "path/"], (word) => roles.includes(`${prefix}${word}${role}`));
  const roleArn = `${prefix}${path}${role}`;
  const arns = { example: roleArn, inside, outside: roles.map(literalPattern) };
  return [...ofNamed, { example: { kind, arn, roleArn, account }, arns, unnamed: false }];
}

/** The caller behind the ARN of an IAM user or role. */
function person(
  type: "user" | "role",
  arn: string,
  { partition, account, session }: Omit<PlaceOfAccount, "names" | "unnamed">,
): Principal {
  if (type === "user") return { kind: "user", arn, account };
  const role = arn.slice(arn.lastIndexOf("/") + 1);
  const sessionArn = `arn:${partition}:sts::${account}:assumed-role/${role}/${session}`;
  return { kind: "role-session", arn: sessionArn, roleArn: arn, account };
}

/** Federated callers, and those that are known by their canonical id. */
function outsiders(names: Names, account: string, unnamed: boolean): readonly Caller[] {
  const unnamedProvider = fresh(["accounts.google.com"], (name) => names.providers.includes(name));
  const unnamedId = fresh(["0123456789abcdef"], (id) => names.canonicalIds.includes(id));
  const providers = [unnamedProvider, ...names.providers];
  const ids = [unnamedId, ...names.canonicalIds];
  return [
    ...providers.map((provider) => ({
      example: { kind: "federated" as const, provider, account },
      unnamed,
    })),
    ...ids.map((id) => ({ example: { kind: "canonical-user" as const, id, account }, unnamed })),
  ];
}

const usualServices = ["logging.s3.amazonaws.com", "cloudtrail.amazonaws.com"] as const;

function services(names: Names): readonly Caller[] {
  const unnamed = fresh(usualServices, (name) => names.services.includes(name));
  return [service(unnamed, true), ...names.services.map((name) => service(name, false))];
}

function service(name: string, unnamed: boolean): Caller {
  return { example: { kind: "service", service: name }, unnamed };
}

/** AWS's own examples use these numbers. */
function freshAccount(named: readonly string[]): string {
  const usual = ["444455556666", "777788889999", "111122223333", "123456789012"];
  const free = usual.find((account) => !named.includes(account));
  if (free !== undefined) return free;
  let number = 900_000_000_000;
  while (named.includes(String(number))) number += 1;
  return String(number);
}

/** A usual word that is not taken, or else one that nobody uses. */
function fresh(usual: readonly [string, ...string[]], taken: (word: string) => boolean): string {
  const free = usual.find((word) => !taken(word));
  if (free !== undefined) return free;
  let word = `x${usual.at(-1)}`;
  while (taken(word)) word = `x${word}`;
  return word;
}

/** Adds up whom the entries of `Principal` elements and the values of caller keys name. */
export function collectNames(
  entries: readonly { readonly kind: string; readonly value?: string }[],
  constants: { readonly accounts: readonly string[]; readonly services: readonly string[] },
): Names {
  const values = (kind: string) =>
    entries.flatMap((entry) =>
      // Stryker disable next-line ConditionalExpression: for the compiler; only everyone has no value
      entry.kind === kind && entry.value !== undefined ? [entry.value] : [],
    );
  const aws = values("aws");
  const arns = aws.filter((value) => accountEntry(value) === undefined);
  const accounts = [
    // Stryker disable next-line ArrayDeclaration: what is no account
    ...aws.flatMap((value) => accountEntry(value) ?? arnParts(value)?.[4] ?? []),
    ...constants.accounts,
  ];
  return {
    accounts: unique(accounts.filter((account) => /^\d{12}$/.test(account))),
    arns: unique(arns),
    services: unique([...values("service"), ...constants.services.flatMap(servicesLike)]),
    providers: unique(values("federated")),
    canonicalIds: unique(values("canonical-user")),
  };
}

/** A pattern is no name: a service that it matches stands for it, if one of the usual ones does. */
function servicesLike(value: string): readonly string[] {
  if (!/[*?$]/.test(value)) return [value];
  return usualServices.filter((name) => matchesWildcard(value, name)).slice(0, 1);
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
