export { noneMatches, oneMatches } from "./combine.ts";
export { instantOf } from "./date.ts";
export type { Comparison, FamilyName } from "./family.ts";
export { type ConditionValue, holds } from "./holds.ts";
export { type IpRange, ipRangeOf } from "./ip.ts";
export { numberOf } from "./numeric.ts";
export { globOfOperand, type Operand, plain, textOf } from "./operand.ts";
export { baseOperators, type Operator, operatorOf } from "./operator.ts";
