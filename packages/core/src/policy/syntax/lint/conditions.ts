import { nearest } from "../../../kernel/nearest.ts";
import { lowerCase } from "../../match/action.ts";
import { matchesWildcard } from "../../match/wildcard.ts";
import { baseOperators, type Operator, operatorOf, plain } from "../../operators/index.ts";
import { conditionKeys, isPlausibleKey } from "../condition-keys.ts";
import type { Condition, LanguageVersion, Statement } from "../document.ts";
import type { Place } from "../nodes.ts";
import { pathOfCondition } from "./place.ts";

/** Conditions that can never hold, always hold, or hold for another reason than they seem to. */
export function reportConditions(
  statement: Statement,
  version: LanguageVersion,
  place: Place,
): void {
  const seen = new Set<string>();
  for (const condition of statement.conditions) {
    const here = { ...place, path: pathOfCondition(place.path, condition) };
    const operator = operatorOf(condition.operator);
    if (operator === undefined) reportOperator(condition, here);
    else reportValues(operator, condition, version, here);
    reportKey(condition, here);
    const identity = `${condition.operator} ${lowerCase(condition.key)}`;
    if (seen.has(identity)) {
      const message = `${condition.key} stands here twice in different case, and both must hold`;
      here.report.warning({ code: "policy.repeated-condition-key", path: here.path, message });
    }
    seen.add(identity);
  }
}

function reportOperator({ operator }: Condition, { path, report }: Place): void {
  const rightCase = rightlyCased(operator);
  if (rightCase !== undefined) {
    const message = `${operator}: whether S3 takes an operator in another case is not documented`;
    report.warning({ code: "policy.operator-case", path, message, didYouMean: rightCase });
    return;
  }
  const start = operator.indexOf(":") + 1;
  const end = operator.endsWith(IF_EXISTS) ? operator.length - IF_EXISTS.length : operator.length;
  const near = nearest(operator.slice(start, end), operatorNames);
  report.warning({
    code: "policy.unknown-operator",
    path,
    message: `${operator} is no condition operator`,
    didYouMean: near && operator.slice(0, start) + near + operator.slice(end),
  });
}

const IF_EXISTS = "IfExists";
const operatorNames = baseOperators.map((operator) => operator.name);

function rightlyCased(operator: string): string | undefined {
  const forms = ["", "ForAllValues:", "ForAnyValue:"].flatMap((prefix) =>
    operatorNames.flatMap((name) => [`${prefix}${name}`, `${prefix}${name}${IF_EXISTS}`]),
  );
  return forms.find((form) => lowerCase(form) === lowerCase(operator) && operatorOf(form));
}

function reportKey({ key }: Condition, { path, report }: Place): void {
  if (isPlausibleKey(key)) return;
  report.warning({
    code: "policy.unknown-condition-key",
    path,
    message: `${key}: no request to S3 has this key, so only negated operators hold for it`,
    didYouMean: nearest(key, conditionKeys) ?? nearest(`s3:${key}`, conditionKeys),
  });
}

function reportValues(
  operator: Operator,
  condition: Condition,
  version: LanguageVersion,
  { path, report }: Place,
): void {
  for (const value of condition.values) {
    if (/<[A-Za-z][\w -]*>/.test(value)) {
      const message = `${JSON.stringify(value)} looks like a placeholder`;
      report.warning({ code: "policy.placeholder", path, message });
    }
    if (operator.variables && version === "2012-10-17" && value.includes("${")) continue;
    reportAlgorithm(operator, condition, value, { path, report });
    if (operator.compare(plain(value), SAMPLES[operator.family]) !== "malformed") continue;
    const message = `${JSON.stringify(value)} is no value for ${operator.name}, so it never matches`;
    report.warning({ code: "policy.condition-value", path, message });
  }
  const values = new Set(condition.values.map(lowerCase));
  if (operator.family === "bool" && values.has("true") && values.has("false")) {
    const message = "true and false together hold for every request that has the key";
    report.warning({ code: "policy.condition-always-true", path, message });
  }
}

/** A value of each type, to see whether another one can be compared with it. */
const SAMPLES = {
  string: "text",
  numeric: "1",
  date: "2026-01-01T00:00:00Z",
  bool: "true",
  binary: "QQ==",
  ip: "203.0.113.1",
  arn: "arn:aws:iam::111122223333:root",
  null: "true",
} as const;

const SSE_KEY = "s3:x-amz-server-side-encryption";
const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse", "aws:fsx", "aws:backup"];

function reportAlgorithm(
  operator: Operator,
  { key }: Condition,
  value: string,
  { path, report }: Place,
): void {
  if (operator.family !== "string" || lowerCase(key) !== SSE_KEY) return;
  const like = operator.name.endsWith("Like");
  const known = ALGORITHMS.some((name) => (like ? matchesWildcard(value, name) : value === name));
  if (known) return;
  const message = `${JSON.stringify(value)} is no encryption that S3 has`;
  const didYouMean = nearest(value, ALGORITHMS);
  report.warning({ code: "kms.unknown-algorithm-value", path, message, didYouMean });
}
