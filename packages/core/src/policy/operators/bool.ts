import type { BaseOperator, Comparison } from "./family.ts";
import { type Operand, textOf } from "./operand.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean */
export const boolOperators: readonly BaseOperator[] = [
  { name: "Bool", family: "bool", negated: false, variables: false, compare },
];

/** `true` or `false`, in any case; everything else is no boolean. */
export function booleanOf(text: string): boolean | undefined {
  const lower = text.toLowerCase();
  if (lower === "true") return true;
  return lower === "false" ? false : undefined;
}

function compare(wanted: Operand, actual: string): Comparison {
  const text = textOf(wanted);
  // AWS's pages disagree on whether `Bool` takes policy variables.
  if (text.includes("${")) return "unknown";
  const [left, right] = [booleanOf(text), booleanOf(actual)];
  if (left === undefined || right === undefined) return "malformed";
  return left === right ? "yes" : "no";
}
