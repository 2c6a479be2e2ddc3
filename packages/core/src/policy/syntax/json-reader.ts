import type { Span } from "./document.ts";

/** A JSON value that remembers where it stands in the text (UTF-16 offsets). */
export type JsonNode = ObjectNode | ArrayNode | StringNode | ScalarNode;

export interface ObjectNode extends Span {
  readonly kind: "object";
  /** In the order of the text, repeated keys included. */
  readonly members: readonly Member[];
}

export interface ArrayNode extends Span {
  readonly kind: "array";
  readonly items: readonly JsonNode[];
}

export interface StringNode extends Span {
  readonly kind: "string";
  readonly value: string;
}

/** `text` is what was written, so that `1.20` and `true` are kept as they are. */
export interface ScalarNode extends Span {
  readonly kind: "number" | "boolean" | "null";
  readonly text: string;
}

export interface Member {
  readonly key: string;
  readonly value: JsonNode;
}

export type JsonReading =
  | { readonly kind: "read"; readonly node: JsonNode }
  | {
      readonly kind: "fault";
      readonly fault: "syntax" | "too-deep";
      readonly at: number;
      readonly message: string;
    };

/** A policy is at most six levels deep; the limit keeps hostile text from exhausting the stack. */
const MAX_DEPTH = 32;
const WHITE_SPACE = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;

/**
 * Reads strict JSON (RFC 8259) and keeps positions and repeated keys, which `JSON.parse` loses: of two
 * equal keys it silently keeps the last, and a policy then means less than its author reads in it.
 */
export function readJson(text: string): JsonReading {
  const cursor: Cursor = { text, at: 0 };
  try {
    const node = readValue(cursor, 0);
    if (cursor.at < text.length)
      throw new Fault("syntax", cursor.at, "text after the end of the document");
    return { kind: "read", node };
  } catch (error) {
    // Stryker disable next-line ConditionalExpression: nothing else is thrown
    if (!(error instanceof Fault)) throw error;
    return { kind: "fault", fault: error.fault, at: error.at, message: error.message };
  }
}

interface Cursor {
  readonly text: string;
  at: number;
}

/** Leaves the recursion at the first fault; never leaves this file. */
class Fault extends Error {
  readonly fault: "syntax" | "too-deep";
  readonly at: number;

  constructor(fault: "syntax" | "too-deep", at: number, message: string) {
    super(message);
    this.fault = fault;
    this.at = at;
  }
}

function readValue(cursor: Cursor, depth: number): JsonNode {
  if (depth > MAX_DEPTH) {
    throw new Fault("too-deep", cursor.at, `nested more than ${MAX_DEPTH} levels deep`);
  }
  skipSpace(cursor);
  const node = readBare(cursor, depth);
  skipSpace(cursor);
  return node;
}

function readBare(cursor: Cursor, depth: number): JsonNode {
  switch (cursor.text[cursor.at]) {
    case "{":
      return readObject(cursor, depth);
    case "[":
      return readArray(cursor, depth);
    case '"':
      return readString(cursor);
    case "t":
      return readWord(cursor, "true", "boolean");
    case "f":
      return readWord(cursor, "false", "boolean");
    case "n":
      return readWord(cursor, "null", "null");
    default:
      return readNumber(cursor);
  }
}

function readObject(cursor: Cursor, depth: number): ObjectNode {
  const start = cursor.at;
  const members: Member[] = [];
  readSequence(cursor, "}", () => {
    skipSpace(cursor);
    const { value: key } = readString(cursor);
    skipSpace(cursor);
    expectCharacter(cursor, ":");
    members.push({ key, value: readValue(cursor, depth + 1) });
  });
  return { kind: "object", members, start, end: cursor.at };
}

function readArray(cursor: Cursor, depth: number): ArrayNode {
  const start = cursor.at;
  const items: JsonNode[] = [];
  readSequence(cursor, "]", () => items.push(readValue(cursor, depth + 1)));
  return { kind: "array", items, start, end: cursor.at };
}

/** From the opening bracket to the closing one, `readOne` for each part between commas. */
function readSequence(cursor: Cursor, close: string, readOne: () => void): void {
  cursor.at += 1;
  skipSpace(cursor);
  if (cursor.text[cursor.at] === close) {
    cursor.at += 1;
    return;
  }
  readOne();
  while (cursor.text[cursor.at] === ",") {
    cursor.at += 1;
    readOne();
  }
  expectCharacter(cursor, close);
}

function readString(cursor: Cursor): StringNode {
  const start = cursor.at;
  if (cursor.text[start] !== '"') throw expected("a string in double quotes", cursor);
  const end = endOfString(cursor);
  const value = unquote(cursor.text.slice(start, end));
  if (value === undefined) {
    throw new Fault("syntax", start, "a string with a bad escape or a raw control character");
  }
  cursor.at = end;
  return { kind: "string", value, start, end };
}

function endOfString({ text, at: start }: Cursor): number {
  // Stryker disable next-line EqualityOperator: beyond the end there is nothing
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '"') return at + 1;
    if (text[at] === "\\") at += 1;
  }
  throw new Fault("syntax", start, "a string without a closing quote");
}

/** One literal that begins and ends with a quote is all that `JSON.parse` gets to see here. */
function unquote(literal: string): string | undefined {
  // Stryker disable BlockStatement: without a return it is undefined as well
  try {
    const value: unknown = JSON.parse(literal);
    // Stryker disable next-line ConditionalExpression: for the compiler
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}
// Stryker restore BlockStatement

function readNumber(cursor: Cursor): ScalarNode {
  const start = cursor.at;
  const text = take(cursor, NUMBER, "a value");
  return { kind: "number", text, start, end: cursor.at };
}

function readWord(cursor: Cursor, word: string, kind: "boolean" | "null"): ScalarNode {
  const start = cursor.at;
  if (!cursor.text.startsWith(word, start)) throw expected("a value", cursor);
  cursor.at += word.length;
  return { kind, text: word, start, end: cursor.at };
}

function take(cursor: Cursor, pattern: RegExp, what: string): string {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined) throw expected(what, cursor);
  cursor.at += found.length;
  return found;
}

function skipSpace(cursor: Cursor): void {
  WHITE_SPACE.lastIndex = cursor.at;
  // Stryker disable next-line OptionalChaining: for the compiler; it matches the empty text as well
  cursor.at += WHITE_SPACE.exec(cursor.text)?.[0].length ?? 0;
}

function expectCharacter(cursor: Cursor, character: string): void {
  if (cursor.text[cursor.at] !== character) throw expected(`"${character}"`, cursor);
  cursor.at += 1;
}

function expected(what: string, cursor: Cursor): Fault {
  const found = cursor.text[cursor.at];
  const seen = found === undefined ? "the end of the text" : JSON.stringify(found);
  return new Fault("syntax", cursor.at, `expected ${what}, found ${seen}`);
}
