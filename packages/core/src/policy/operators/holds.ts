import { every, some, type Truth } from "../match/truth.ts";
import { noneMatches, oneMatches } from "./combine.ts";
import type { Comparison } from "./family.ts";
import { type Operand, plain } from "./operand.ts";
import type { Operator } from "./operator.ts";

/** A policy variable that cannot be replaced: `void` has no value, `unknown` one of doubtful effect. */
export interface Unresolved {
  readonly unresolved: "void" | "unknown";
}

/** A value of a condition: as written, or after its policy variables were replaced. */
export type ConditionValue = string | Operand | Unresolved;

/**
 * Whether one condition holds for the values that a request has for its key; `undefined` or an empty
 * list means that the request does not have the key.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
export function holds(
  operator: Operator,
  wanted: readonly ConditionValue[],
  actual: readonly string[] | undefined,
): Truth {
  const present = actual !== undefined && actual.length > 0;
  if (wanted.length === 0) return holdsForNothing(operator, present);
  if (operator.family === "null") return holdsForOne(operator, wanted, String(!present));
  if (!present) return asFarAsResolved(holdsForAbsent(operator), wanted);
  const truths = actual.map((value) => holdsForOne(operator, wanted, value));
  return combineValues(operator, truths, actual);
}

/** `[]` matches nothing; where matching nothing is the aim, AWS does not say what comes of it. */
function holdsForNothing(operator: Operator, present: boolean): Truth {
  const certain = !operator.negated && operator.set === undefined;
  return certain && (present || !operator.ifExists) ? "no" : "unknown";
}

function holdsForAbsent(operator: Operator): Truth {
  if (operator.ifExists || operator.set === "ForAllValues") return "yes";
  if (operator.set === "ForAnyValue") return "no";
  return operator.negated ? "yes" : "no";
}

/** A variable without a value may leave the whole statement without effect. */
function asFarAsResolved(truth: Truth, wanted: readonly ConditionValue[]): Truth {
  const dead = wanted.some((value) => typeof value === "object" && isVoid(value));
  return dead && truth === "yes" ? "unknown" : truth;
}

function isVoid(value: Operand | Unresolved): boolean {
  return "unresolved" in value && value.unresolved === "void";
}

function combineValues(
  operator: Operator,
  truths: readonly Truth[],
  actual: readonly string[],
): Truth {
  if (operator.set === undefined) {
    // A key with several values needs a set operator; without one the outcome is not documented.
    return truths.length === 1 ? every(truths) : "unknown";
  }
  const truth = operator.set === "ForAllValues" ? every(truths) : some(truths);
  const asIfAbsent = operator.set === "ForAllValues" ? "yes" : "no";
  // An empty string counts as "no value" for set operators in some services.
  return actual.every((value) => value === "") && truth !== asIfAbsent ? "unknown" : truth;
}

function holdsForOne(operator: Operator, wanted: readonly ConditionValue[], actual: string): Truth {
  const comparisons = wanted.map((value) => compareOne(operator, value, actual));
  return operator.negated ? noneMatches(comparisons) : oneMatches(comparisons);
}

function compareOne(operator: Operator, wanted: ConditionValue, actual: string): Comparison {
  if (typeof wanted === "string") return operator.compare(plain(wanted), actual);
  return "unresolved" in wanted ? wanted.unresolved : operator.compare(wanted, actual);
}
