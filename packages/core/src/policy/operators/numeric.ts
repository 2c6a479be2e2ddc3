import { type BaseOperator, type Comparison, comparison } from "./family.ts";
import { textOf } from "./operand.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric */
export const numericOperators: readonly BaseOperator[] = [
  numeric("NumericEquals", false, (actual, wanted) => actual === wanted),
  numeric("NumericNotEquals", true, (actual, wanted) => actual === wanted),
  numeric("NumericLessThan", false, (actual, wanted) => actual < wanted),
  numeric("NumericLessThanEquals", false, (actual, wanted) => actual <= wanted),
  numeric("NumericGreaterThan", false, (actual, wanted) => actual > wanted),
  numeric("NumericGreaterThanEquals", false, (actual, wanted) => actual >= wanted),
];

/**
 * The number that a text stands for; `malformed` when it is none. `unknown` for what this machine would
 * round and for exponents: how AWS reads those is written nowhere.
 */
export function numberOf(text: string): number | "malformed" | "unknown" {
  if (/^-?\d+(?:\.\d+)?[eE][+-]?\d+$/.test(text)) return "unknown";
  if (!/^-?\d+(?:\.\d+)?$/.test(text)) return "malformed";
  return text.replace(/\D/g, "").length > EXACT_DIGITS ? "unknown" : Number(text);
}

/** Every decimal of so many digits has its own double, so `===` and `<` are exact. */
const EXACT_DIGITS = 15;

function numeric(
  name: string,
  negated: boolean,
  test: (actual: number, wanted: number) => boolean,
): BaseOperator {
  const compare: BaseOperator["compare"] = (operand, text): Comparison => {
    const wanted = numberOf(textOf(operand));
    const actual = numberOf(text);
    if (wanted === "malformed" || actual === "malformed") return "malformed";
    if (wanted === "unknown" || actual === "unknown") return "unknown";
    return comparison(test(actual, wanted));
  };
  return { name, family: "numeric", negated, variables: false, compare };
}
