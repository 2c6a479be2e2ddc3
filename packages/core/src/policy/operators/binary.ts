import type { BaseOperator, Comparison } from "./family.ts";
import { type Operand, textOf } from "./operand.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals */
export const binaryOperators: readonly BaseOperator[] = [
  { name: "BinaryEquals", family: "binary", negated: false, variables: false, compare },
];

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Both sides are base64 here: a request's context holds text. Compared are the bytes. */
function compare(wanted: Operand, actual: string): Comparison {
  const text = textOf(wanted);
  if (!BASE64.test(text) || !BASE64.test(actual)) return "malformed";
  return Buffer.from(text, "base64").equals(Buffer.from(actual, "base64")) ? "yes" : "no";
}
