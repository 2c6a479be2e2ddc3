import {
  ANY_IN_PART,
  literalPattern,
  ONE_IN_PART,
  type Pattern,
  patternOf,
} from "../../match/pattern.ts";
import type { Truth } from "../../match/truth.ts";
import { ANY, type Glob, matchesGlob, ONE } from "../../match/wildcard.ts";
import {
  type ConditionValue,
  globOfOperand,
  holds,
  type Operand,
  type Operator,
  operatorOf,
  plain,
  textOf,
} from "../../operators/index.ts";
import type { Condition, LanguageVersion } from "../../syntax/document.ts";
import { hasVariable, replaceVariables } from "../variables.ts";
import { isArn } from "./key-facts.ts";
import type { Test, TextTest } from "./state.ts";

/** A condition made ready for the search. */
export interface Atom {
  /** In lower case, for keys compare so. */
  readonly key: string;
  readonly written: Condition;
  readonly operator: Operator | undefined;
  /** `undefined` where a value has a policy variable, which depends on the request. */
  readonly values: readonly ConditionValue[] | undefined;
}

/**
 * `possible`: wherever the condition is not certain to hold, it may fail; a proof has to stand even so.
 * `sure`: it fails only where that is certain; a witness must not rest on a doubt. Likewise for what
 * the class of requests asks for: in doubt a request is possible, but not sure to be one of the class.
 */
export type Mode = "possible" | "sure";

export function atomOf(written: Condition, version: LanguageVersion): Atom {
  const operator = operatorOf(written.operator);
  const variables = operator?.variables === true && written.values.some((v) => varies(v, version));
  const values = variables
    ? undefined
    : written.values.map((value) => settled(value, version, operator));
  return { key: written.key.toLowerCase(), written, operator, values };
}

/** Whether the text has a variable other than the escapes `${*}`, `${?}` and `${$}`. */
export function varies(text: string, version: LanguageVersion): boolean {
  return hasVariable(text.replaceAll(/\$\{[*?$]\}/g, "-"), version);
}

function settled(
  text: string,
  version: LanguageVersion,
  operator: Operator | undefined,
): ConditionValue {
  return operator?.variables === true ? replaceVariables(text, new Map(), version) : text;
}

/** Whether the condition holds when its key has this value, or is absent. */
export function truthOf({ operator, values }: Atom, value: string | undefined): Truth {
  if (operator === undefined) return "unknown";
  const actual = value === undefined ? undefined : [value];
  if (values !== undefined) return holds(operator, values, actual);
  // A variable without a value may leave the statement without effect; beyond that only absence is sure.
  // Stryker disable next-line StringLiteral: any value is one
  return actual === undefined && holds(operator, ["x"], undefined) === "no" ? "no" : "unknown";
}

/** Whether a truth counts as the wanted one; a doubt does so only where all is taken for possible. */
export function countsAs(wanted: "yes" | "no", truth: Truth, mode: Mode): boolean {
  return truth === wanted || (truth === "unknown" && mode === "possible");
}

/** The test that lets the condition hold ("yes") or fail ("no"), for a key whose value is a text. */
export function textTest(wanted: "yes" | "no", atom: Atom, mode: Mode): Test {
  const absent = countsAs(wanted, truthOf(atom, undefined), mode);
  return { kind: "text", absent, present: presentTest(wanted, atom, mode) };
}

function presentTest(wanted: "yes" | "no", atom: Atom, mode: Mode): TextTest {
  const { key, operator, values } = atom;
  if (operator === undefined || values === undefined) return constant(mode === "possible");
  // Stryker disable next-line StringLiteral: any value is one
  if (operator.family === "null") return constant(countsAs(wanted, truthOf(atom, "x"), mode));
  const patterns = patternsOf(operator, values);
  const kind = operator.negated === (wanted === "no") ? "inside" : "outside";
  const doubtful = doubtsValues(operator, key) && (mode === "possible" || kind === "outside");
  if (patterns === undefined || doubtful) return constant(mode === "possible");
  if (operator.set === undefined) return { kind, patterns };
  // A set operator may take the empty text for no value at all.
  const takesEmpty = (kind === "inside") === (mode === "possible");
  return { kind, patterns: takesEmpty ? [...patterns, empty] : patterns.flatMap(withoutEmpty) };
}

const empty = literalPattern("");

/** What the pattern takes besides the empty text. */
function withoutEmpty(pattern: Pattern): readonly Pattern[] {
  if (pattern.tokens.some((token) => token !== ANY)) return [pattern];
  return pattern.tokens.length === 0 ? [] : [patternOf([ONE, ANY])];
}

/** What `ArnNotEquals` says about a value that is no ARN is written nowhere. */
function doubtsValues({ family, negated }: Operator, key: string): boolean {
  return family === "arn" && negated && !isArn(key);
}

function constant(passes: boolean): TextTest {
  return passes ? { kind: "always" } : { kind: "never" };
}

/** The texts that match one of the values; `undefined` where that is not a plain question of patterns. */
function patternsOf(
  operator: Operator,
  values: readonly ConditionValue[],
): readonly Pattern[] | undefined {
  // An empty list has rules of its own; certain is only that a positive operator matches nothing.
  if (values.length === 0) return operator.negated || operator.set !== undefined ? undefined : [];
  const patterns = values.map((value) => patternOfValue(operator, value));
  const known = patterns.filter((pattern) => pattern !== undefined);
  return known.length === patterns.length ? known.flat() : undefined;
}

/** No pattern at all stands for a value that nothing matches. */
function patternOfValue(operator: Operator, value: ConditionValue): readonly Pattern[] | undefined {
  // Stryker disable next-line ConditionalExpression, StringLiteral: for the compiler; only variables are unresolved
  if (typeof value !== "string" && "unresolved" in value) return undefined;
  const operand = typeof value === "string" ? plain(value) : value;
  if (operator.family === "arn") return arnPattern(globOfOperand(operand));
  return operator.family === "string" ? stringPattern(operator, operand) : undefined;
}

function stringPattern(operator: Operator, operand: Operand): readonly Pattern[] | undefined {
  if (operator.name.endsWith("Like")) return [{ tokens: globOfOperand(operand), fold: false }];
  const text = textOf(operand);
  const fold = operator.name.endsWith("IgnoreCase");
  // Folding beyond ASCII can change the length of a text.
  if (fold && /[^ -~]/.test(text)) return undefined;
  return [{ ...literalPattern(text), fold }];
}

const COLONS_BEFORE_LAST_PART = 5;

/** In an ARN each part is compared apart: only in the last one a wildcard may take a colon. */
function arnPattern(glob: Glob): readonly Pattern[] | undefined {
  const colon = ":".charCodeAt(0);
  let colons = 0;
  const tokens = glob.map((token) => {
    if (token === colon) colons += 1;
    return colons < COLONS_BEFORE_LAST_PART ? inPart(token) : token;
  });
  if (colons < COLONS_BEFORE_LAST_PART) return undefined;
  // What is compared has to be an ARN, and that begins with these letters.
  const first = glob.indexOf(colon);
  if (!matchesGlob(glob.slice(0, first), "arn")) return [];
  return [patternOf("arn", tokens.slice(first))];
}

function inPart(token: number): number {
  if (token === ANY) return ANY_IN_PART;
  return token === ONE ? ONE_IN_PART : token;
}
