import { BlockList, isIP } from "node:net";
import type { Matcher, NumericBound } from "./matcher.ts";

/** Says why a pattern is refused; `parsePattern` adds where. */
export class PatternError extends Error {
  override readonly name = "PatternError";
}

/** Reads one entry of a leaf list: a plain value, or an object with one operator. */
export function parseMatcher(entry: unknown): Matcher {
  if (isScalar(entry)) return { kind: "exactly", value: entry };
  const [operator, operand] = onlyMember(entry);
  const parse = Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (parse === undefined) throw new PatternError(`Unrecognized match type ${operator}`);
  return parse(operand);
}

const operators: Readonly<Record<string, (operand: unknown) => Matcher>> = {
  prefix: (operand) => affix(operand, "prefix", "prefix-any-case"),
  suffix: (operand) => affix(operand, "suffix", "suffix-any-case"),
  "equals-ignore-case": (operand) => ({ kind: "same-letters", text: textOf(operand) }),
  wildcard: (operand) => ({ kind: "wildcard", pattern: wildcardOf(textOf(operand)) }),
  exists: (operand) => {
    if (typeof operand !== "boolean") throw new PatternError("exists must be true or false");
    return { kind: "exists", wanted: operand };
  },
  numeric: (operand) => ({ kind: "numeric", bounds: boundsOf(operand) }),
  cidr: (operand) => ({ kind: "cidr", block: blockOf(textOf(operand)) }),
  "anything-but": anythingBut,
};

function affix(
  operand: unknown,
  kind: "prefix" | "suffix",
  anyCase: "prefix-any-case" | "suffix-any-case",
): Matcher {
  if (typeof operand === "string") return { kind, text: operand };
  const [operator, text] = onlyMember(operand);
  if (operator !== "equals-ignore-case") {
    throw new PatternError(`Unrecognized ${kind} expression type ${operator}`);
  }
  return { kind: anyCase, text: textOf(text) };
}

/** Takes a value, a list of values, or one of the text operators over one text or several. */
function anythingBut(operand: unknown): Matcher {
  if (isScalar(operand) || Array.isArray(operand)) {
    const values: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
    refuseMixture(values);
    return { kind: "anything-but", excluded: values.map(parseMatcher) };
  }
  const [operator, inner] = onlyMember(operand);
  if (!["prefix", "suffix", "equals-ignore-case", "wildcard"].includes(operator)) {
    throw new PatternError(`Unsupported anything-but pattern: ${operator}`);
  }
  const texts: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
  if (texts.length === 0) throw new PatternError("anything-but must not be empty");
  return {
    kind: "anything-but",
    excluded: texts.map((text) => parseMatcher({ [operator]: text })),
  };
}

function refuseMixture(values: readonly unknown[]): void {
  if (values.length === 0) throw new PatternError("anything-but must not be empty");
  const kinds = new Set(values.map((value) => typeof value));
  if (kinds.size > 1 || !(kinds.has("string") || kinds.has("number"))) {
    throw new PatternError("anything-but takes either strings or numbers");
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html */
const largestNumber = 5e9;
const numericOperators: readonly NumericBound["operator"][] = ["=", "<", "<=", ">", ">="];

function boundsOf(operand: unknown): readonly NumericBound[] {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) {
    throw new PatternError("numeric must be a list of operators and numbers");
  }
  const parts: readonly unknown[] = operand;
  return parts.flatMap((part, index) => (index % 2 === 0 ? [boundOf(part, parts[index + 1])] : []));
}

function boundOf(sign: unknown, value: unknown): NumericBound {
  const operator = numericOperators.find((known) => known === sign);
  if (operator === undefined) {
    throw new PatternError(`Unrecognized numeric range operator: ${String(sign)}`);
  }
  if (typeof value !== "number") throw new PatternError("numeric bounds must be numbers");
  if (Math.abs(value) > largestNumber) throw new PatternError("numeric bounds end at 5.0e9");
  return { operator, value };
}

function blockOf(cidr: string): BlockList {
  const [address = "", bits = ""] = cidr.split("/");
  const family = isIP(address);
  const size = Number(bits);
  if (family === 0 || !/^\d+$/.test(bits) || size > (family === 6 ? 128 : 32)) {
    throw new PatternError(`Malformed CIDR, ${cidr}`);
  }
  const block = new BlockList();
  block.addSubnet(address, size, family === 6 ? "ipv6" : "ipv4");
  return block;
}

/** `*` is any run of characters; `\*` and `\\` are those characters themselves. */
function wildcardOf(text: string): RegExp {
  if (text.replace(/\\[*\\]/g, "").includes("**")) {
    throw new PatternError("Consecutive wildcard characters");
  }
  const source = text.replace(
    /\\([*\\])|([*])|([.+?^${}()|[\]\\])/g,
    (_all, escaped, star, special) => {
      if (star !== undefined) return ".*";
      return `\\${escaped ?? special}`;
    },
  );
  return new RegExp(`^${source}$`, "s");
}

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new PatternError("the operand must be a string");
  return value;
}

function onlyMember(value: unknown): [string, unknown] {
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const [only] = members;
  if (only === undefined || members.length !== 1 || Array.isArray(value)) {
    throw new PatternError("Only one key allowed in match expression");
  }
  return only;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}
