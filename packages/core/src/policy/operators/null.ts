import { booleanOf } from "./bool.ts";
import type { BaseOperator } from "./family.ts";
import { textOf } from "./operand.ts";

/**
 * `Null` asks whether the key is absent, not for its value: `actual` is `"true"` when it is.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Null
 */
export const nullOperators: readonly BaseOperator[] = [
  {
    name: "Null",
    family: "null",
    negated: false,
    variables: false,
    compare: (wanted, actual) => {
      const value = booleanOf(textOf(wanted));
      if (value === undefined) return "malformed";
      return String(value) === actual ? "yes" : "no";
    },
  },
];
