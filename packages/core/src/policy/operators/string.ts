import { matchesGlob } from "../match/wildcard.ts";
import { type BaseOperator, comparison } from "./family.ts";
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

function string(
  name: string,
  negated: boolean,
  test: (wanted: Operand, actual: string) => boolean,
): BaseOperator {
  const compare: BaseOperator["compare"] = (wanted, actual) => comparison(test(wanted, actual));
  return { name, family: "string", negated, variables: true, compare };
}

/** A `*` is an ordinary character here. */
function equals(wanted: Operand, actual: string): boolean {
  return textOf(wanted) === actual;
}

function equalsIgnoringCase(wanted: Operand, actual: string): boolean {
  return textOf(wanted).toLowerCase() === actual.toLowerCase();
}

function like(wanted: Operand, actual: string): boolean {
  return matchesGlob(globOfOperand(wanted), actual);
}
