import { isLoneWildcard, matchesArn } from "../match/arn.ts";
import { type BaseOperator, type Comparison, comparison } from "./family.ts";
import { globOfOperand, type Operand } from "./operand.ts";

/**
 * `ArnEquals` and `ArnLike` behave identically: both know wildcards.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const arnOperators: readonly BaseOperator[] = [
  { name: "ArnEquals", family: "arn", negated: false, variables: true, compare },
  { name: "ArnLike", family: "arn", negated: false, variables: true, compare },
  { name: "ArnNotEquals", family: "arn", negated: true, variables: true, compare },
  { name: "ArnNotLike", family: "arn", negated: true, variables: true, compare },
];

function compare(wanted: Operand, actual: string): Comparison {
  const pattern = globOfOperand(wanted);
  // Often written and accepted, but a `*` has no six parts to compare.
  if (isLoneWildcard(pattern)) return "unknown";
  return comparison(matchesArn(pattern, actual));
}
