import { operatorOf } from "../../operators/index.ts";
import type {
  Condition,
  PatternElement,
  PrincipalElement,
  PrincipalEntry,
  Statement,
} from "../../syntax/document.ts";

/** "s3:* on arn:aws:s3:::b by anyone is denied when aws:SecureTransport is false". */
export function statementInWords(statement: Statement): string {
  const { action, resource, principal, conditions, effect } = statement;
  const what = patternsInWords(action, "every action");
  const where = patternsInWords(resource, "every resource");
  const verb = effect === "Deny" ? "is denied" : "is allowed";
  const when = conditions.map(conditionInWords).join(" and ");
  const limits = when === "" ? "" : ` when ${when}`;
  return `${what} on ${where} by ${callersInWords(principal)} ${verb}${limits}`;
}

function patternsInWords({ negated, patterns }: PatternElement, all: string): string {
  const list = patterns.join(", ");
  return negated ? `${all} but ${list}` : list;
}

function callersInWords({ negated, entries }: PrincipalElement): string {
  const list = entries.map(entryInWords).join(", ");
  return negated ? `anyone but ${list}` : list;
}

function entryInWords(entry: PrincipalEntry): string {
  return entry.kind === "everyone" ? "anyone" : entry.value;
}

function conditionInWords({ operator: name, key, values }: Condition): string {
  const operator = operatorOf(name);
  const list = values.join(" or ");
  if (name === "Null") return list === "true" ? `${key} is absent` : `${key} is present`;
  if (operator === undefined || operator.set !== undefined) return `${name} ${key} ${list} holds`;
  const comparison = `${phrases.get(operator.name) ?? operator.name} ${list}`;
  return operator.negated || operator.ifExists
    ? `(${key} is absent or ${comparison})`
    : `${key} ${comparison}`;
}

const phrases: ReadonlyMap<string, string> = new Map([
  ["StringLike", "is like"],
  ["StringNotLike", "is not like"],
  ["ArnLike", "is like"],
  ["ArnNotLike", "is not like"],
  ["NumericLessThan", "is less than"],
  ["NumericLessThanEquals", "is at most"],
  ["NumericGreaterThan", "is greater than"],
  ["NumericGreaterThanEquals", "is at least"],
  ["DateLessThan", "is before"],
  ["DateLessThanEquals", "is at latest"],
  ["DateGreaterThan", "is after"],
  ["DateGreaterThanEquals", "is at earliest"],
  ["IpAddress", "is in"],
  ["NotIpAddress", "is not in"],
  ...["Bool", "StringEquals", "ArnEquals", "NumericEquals", "DateEquals", "BinaryEquals"].map(
    (name) => [name, "is"] as const,
  ),
  ...["StringNotEquals", "ArnNotEquals", "NumericNotEquals", "DateNotEquals"].map(
    (name) => [name, "is not"] as const,
  ),
  ["StringEqualsIgnoreCase", "is, in any case,"],
  ["StringNotEqualsIgnoreCase", "is not, in any case,"],
]);
