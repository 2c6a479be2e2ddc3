import { arnOperators } from "./arn.ts";
import { binaryOperators } from "./binary.ts";
import { boolOperators } from "./bool.ts";
import { dateOperators } from "./date.ts";
import type { BaseOperator } from "./family.ts";
import { ipOperators } from "./ip.ts";
import { nullOperators } from "./null.ts";
import { numericOperators } from "./numeric.ts";
import { stringOperators } from "./string.ts";

/** An operator as a policy names it, e.g. `ForAnyValue:StringLikeIfExists`. */
export interface Operator extends BaseOperator {
  readonly ifExists: boolean;
  readonly set?: SetPrefix;
}

export type SetPrefix = "ForAllValues" | "ForAnyValue";

/** Every operator of the language, without prefixes and suffixes. */
export const baseOperators: readonly BaseOperator[] = [
  ...stringOperators,
  ...numericOperators,
  ...dateOperators,
  ...boolOperators,
  ...binaryOperators,
  ...ipOperators,
  ...arnOperators,
  ...nullOperators,
];

const byName = new Map(baseOperators.map((operator) => [operator.name, operator]));
const FORM = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/**
 * The operator with this name, or `undefined` for one that AWS does not list. Names are taken with
 * regard to case: whether S3 accepts `bool` is documented nowhere.
 */
export function operatorOf(name: string): Operator | undefined {
  // Stryker disable next-line StringLiteral, ArrayDeclaration: any text that is no operator will do
  const [, set, baseName = "", suffix] = FORM.exec(name) ?? [];
  const base = byName.get(baseName);
  if (base === undefined) return undefined;
  // Null asks for absence itself, so it knows neither the suffix nor a set of values.
  if (base.family === "null" && (set !== undefined || suffix !== undefined)) return undefined;
  const operator = { ...base, ifExists: suffix !== undefined };
  return isSetPrefix(set) ? { ...operator, set } : operator;
}

function isSetPrefix(text: string | undefined): text is SetPrefix {
  return text === "ForAllValues" || text === "ForAnyValue";
}
