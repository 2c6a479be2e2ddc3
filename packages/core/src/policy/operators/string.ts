import { lowerCase } from "../match/action.ts";
import { matchesGlob } from "../match/wildcard.ts";
import { type BaseOperator, type Comparison, comparison } from "./family.ts";
import { globOfOperand, type Operand, textOf } from "./operand.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String */
export const stringOperators: readonly BaseOperator[] = [
  string("StringEquals", false, equals),
  string("StringNotEquals", true, equals),
  string("StringEqualsIgnoreCase", false, equalsIgnoringCase),
  string("StringNotEqualsIgnoreCase", true, equalsIgnoringCase),
  string("StringLike", false, like),
  string("StringNotLike", true, like),
];

function string(name: string, negated: boolean, compare: BaseOperator["compare"]): BaseOperator {
  return { name, family: "string", negated, variables: true, compare };
}

/** A `*` is an ordinary character here. */
function equals(wanted: Operand, actual: string): Comparison {
  return comparison(textOf(wanted) === actual);
}

function equalsIgnoringCase(wanted: Operand, actual: string): Comparison {
  const text = textOf(wanted);
  if (lowerCase(text) === lowerCase(actual)) return "yes";
  // Whether AWS folds letters beyond ASCII, and by which rules, is documented nowhere.
  return text.toLowerCase() === actual.toLowerCase() ? "unknown" : "no";
}

function like(wanted: Operand, actual: string): Comparison {
  return comparison(matchesGlob(globOfOperand(wanted), actual));
}
