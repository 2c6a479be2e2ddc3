import type { Operand } from "./operand.ts";

/**
 * `malformed`: a value is not of the operator's type. `unknown`: AWS does not say what it means.
 * `void`: the value has a policy variable for which the request has no value.
 */
export type Comparison = "yes" | "no" | "malformed" | "unknown" | "void";

export type FamilyName = "string" | "numeric" | "date" | "bool" | "binary" | "ip" | "arn" | "null";

/** One operator as AWS lists it, without set prefix and `IfExists`. */
export interface BaseOperator {
  readonly name: string;
  readonly family: FamilyName;
  /** For `…Not…` this is the comparison that must fail for every value. */
  readonly negated: boolean;
  /** Whether `${…}` in its values is a policy variable. */
  readonly variables: boolean;
  readonly compare: (wanted: Operand, actual: string) => Comparison;
}

/** The answer of a comparison that either has one or shows that a value has the wrong type. */
export function comparison(result: boolean | undefined): Comparison {
  if (result === undefined) return "malformed";
  return result ? "yes" : "no";
}
