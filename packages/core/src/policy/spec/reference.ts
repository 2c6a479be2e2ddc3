import type { Principal, Request } from "../semantics/request.ts";
import type {
  Condition,
  PatternElement,
  Policy,
  PrincipalEntry,
  Statement,
} from "../syntax/document.ts";
import {
  allOf,
  anyOf,
  both,
  certainly,
  either,
  negate,
  no,
  type Possible,
  yes,
} from "./possible.ts";
import { compare } from "./reference-operators.ts";
import { type Keys, type Resolution, resolve } from "./reference-text.ts";

export type ReferenceDecision =
  | { readonly kind: "deny" | "allow" | "undecided"; readonly statement: number }
  | { readonly kind: "neither" };

/**
 * The evaluator as one would explain it to somebody: slow, without a care for anything but being
 * obviously right, and sharing no code with the other one. For tests only.
 */
export function referenceEvaluate(policy: Policy, request: Request): ReferenceDecision {
  const variables = policy.version === "2012-10-17";
  const judged = policy.statements.map((statement) => {
    return { statement, applies: applies(statement, request, variables) };
  });
  for (const effect of ["Deny", "Allow"]) {
    const ours = judged.filter(({ statement }) => statement.effect === effect);
    const surely = ours.find((one) => !one.applies.includes(false));
    if (surely !== undefined) {
      return { kind: effect === "Deny" ? "deny" : "allow", statement: surely.statement.index };
    }
    const perhaps = ours.find((one) => one.applies.includes(true));
    if (perhaps !== undefined) return { kind: "undecided", statement: perhaps.statement.index };
  }
  return { kind: "neither" };
}

/** All parts of a statement must agree. */
function applies(statement: Statement, request: Request, variables: boolean): Possible {
  const keys = keysOf(request);
  return allOf([
    principal(statement, request.principal),
    pattern(statement.action, (one) => {
      const regex = resolve(one.toLowerCase(), undefined);
      return typeof regex === "string"
        ? no
        : certainly(regex.pattern.test(request.action.toLowerCase()));
    }),
    resource(statement.resource, request, variables ? keys : undefined),
    ...statement.conditions.map((one) => condition(one, keys, variables)),
  ]);
}

function pattern(element: PatternElement, matches: (one: string) => Possible): Possible {
  if (element.patterns.length === 0) return element.negated ? both : no;
  const some = anyOf(element.patterns.map(matches));
  return element.negated ? negate(some) : some;
}

/** A pattern whose variable has no value is out, or takes the whole statement with it. */
function resource(element: PatternElement, request: Request, keys: Keys | undefined): Possible {
  const resolved = element.patterns.map((one) => resolve(one, keys));
  const holds = pattern(element, (one) => {
    const found = resolve(one, keys);
    if (found === "doubtful") return both;
    return found === "void" ? no : certainly(found.pattern.test(request.resource));
  });
  return resolved.includes("void") ? either(holds, no) : holds;
}

function principal({ principal: element }: Statement, caller: Principal): Possible {
  if (element.entries.length === 0) return element.negated ? both : no;
  const one = anyOf(element.entries.map((entry) => names(entry, caller)));
  return element.negated ? negate(one) : one;
}

function names(entry: PrincipalEntry, caller: Principal): Possible {
  const account = "account" in caller ? caller.account : undefined;
  switch (entry.kind) {
    case "everyone":
      return yes;
    case "service":
      return certainly(caller.kind === "service" && caller.service === entry.value);
    case "federated":
      return certainly(caller.kind === "federated" && caller.provider === entry.value);
    case "canonical-user":
      // The id stands for an account, and nothing here tells for which.
      if (caller.kind === "canonical-user") return certainly(caller.id === entry.value);
      return account === undefined ? no : both;
    default:
      return certainly(isIn(account, entry.value) || ownNames(caller).includes(entry.value));
  }
}

function isIn(account: string | undefined, value: string): boolean {
  if (account === undefined) return false;
  return value === account || new RegExp(`^arn:[a-z-]+:iam::${account}:root$`).test(value);
}

function ownNames(caller: Principal): readonly string[] {
  if (caller.kind === "user") return [caller.arn];
  if (caller.kind === "federated") return [caller.provider];
  return caller.kind === "role-session" ? [caller.arn, caller.roleArn] : [];
}

/** The name of an operator taken apart; `name` is the comparison without Not. */
interface Form {
  readonly name: string;
  readonly negated: boolean;
  readonly set: string | undefined;
  readonly ifExists: boolean;
}

function formOf(operator: string): Form {
  const [, set, full = "", ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const name = full.replace("Not", "");
  return { name, negated: name !== full, set, ifExists: ifExists !== undefined };
}

function condition({ operator, key, values }: Condition, keys: Keys, variables: boolean): Possible {
  const form = formOf(operator);
  const lower = key.toLowerCase();
  const actual = (Object.hasOwn(keys, lower) ? keys[lower] : undefined) ?? [];
  if (operator === "Null") return isNull(values, actual.length === 0);
  if (!isOperator(form)) return both;
  if (values.length === 0) return nothingWanted(form, actual.length > 0);
  const readable = variables && /^(String|Arn)/.test(form.name) ? keys : undefined;
  const wanted = values.map((one) => resolve(one, readable));
  if (actual.length > 0) return allValues(form, wanted, actual);
  const holds = certainly(missing(form));
  return wanted.includes("void") ? either(holds, no) : holds;
}

function isOperator({ name, negated }: Form): boolean {
  const withNot =
    /^(String(Equals|EqualsIgnoreCase|Like)|NumericEquals|DateEquals|IpAddress|Arn(Equals|Like))$/;
  const without = /^(Numeric|Date)(Less|Greater)Than(Equals)?$|^Bool$|^BinaryEquals$/;
  return withNot.test(name) || (!negated && without.test(name));
}

function missing({ negated, set, ifExists }: Form): boolean {
  if (ifExists || set === "ForAllValues:") return true;
  return set === undefined && negated;
}

function nothingWanted({ negated, set, ifExists }: Form, present: boolean): Possible {
  if (negated || set !== undefined) return both;
  return ifExists && !present ? both : no;
}

function allValues(form: Form, wanted: readonly Resolution[], actual: readonly string[]): Possible {
  const each = actual.map((one) => value(form, wanted, one));
  if (form.set === undefined) return each.length === 1 ? (each[0] ?? both) : both;
  const all = form.set === "ForAllValues:";
  const holds = all ? allOf(each) : anyOf(each);
  // Some services take an empty text for no value at all.
  return actual.every((one) => one === "") ? either(holds, certainly(all)) : holds;
}

function isNull(values: readonly string[], absent: boolean): Possible {
  return certainly(values.some((one) => one.toLowerCase() === String(absent)));
}

/** One value of the request against all values of the policy. */
function value({ name, negated }: Form, wanted: readonly Resolution[], actual: string): Possible {
  const answers = wanted.map((one): Possible => {
    if (one === "void") return no;
    if (one === "doubtful") return both;
    const answer = compare(name, one, actual) ?? both;
    if (answer !== "malformed") return answer;
    return negated ? both : no;
  });
  const some = anyOf(answers);
  const holds = negated ? negate(some) : some;
  return wanted.includes("void") ? either(holds, no) : holds;
}

/** The keys of the request, and those that follow from the caller unless the request says otherwise. */
function keysOf(request: Request): Keys {
  const { principal: caller, resource: arn } = request;
  const account = "account" in caller ? caller.account : undefined;
  const org = "orgId" in caller ? caller.orgId : undefined;
  const types = {
    anonymous: "Anonymous",
    root: "Account",
    user: "User",
    "role-session": "AssumedRole",
    federated: "FederatedUser",
    service: undefined,
    "canonical-user": "Account",
  };
  const derived: Readonly<Record<string, string | undefined>> = {
    "aws:principaltype": types[caller.kind],
    "aws:principalaccount": account,
    "aws:principalorgid": org,
    "aws:principalisawsservice":
      caller.kind === "anonymous" ? undefined : String(caller.kind === "service"),
    "aws:principalservicename": caller.kind === "service" ? caller.service : undefined,
    "aws:username": caller.kind === "user" ? caller.arn.split("/").at(-1) : undefined,
    "aws:principalarn": principalArn(caller, arn.split(":")[1] ?? "aws"),
  };
  const keys: Record<string, readonly string[]> = {};
  for (const [key, one] of Object.entries(derived)) if (one !== undefined) keys[key] = [one];
  for (const [key, values] of Object.entries(request.context)) keys[key.toLowerCase()] = values;
  return Object.fromEntries(Object.entries(keys).filter(([, values]) => values.length > 0));
}

function principalArn(caller: Principal, partition: string): string | undefined {
  if (caller.kind === "root") return `arn:${partition}:iam::${caller.account}:root`;
  if (caller.kind === "user") return caller.arn;
  return caller.kind === "role-session" ? caller.roleArn : undefined;
}
