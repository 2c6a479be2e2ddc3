import fc from "fast-check";
import { hostileText, inheritedNames } from "./hostile.ts";

/** What `JSON.parse` may give, and nothing else. */
type Value = string | number | boolean | null | Value[] | { [name: string]: Value };

/**
 * One of the samples with a few parts changed as an attacker would: what a parser reads is mostly
 * there, so that it gets far, and some of it is what nobody expected.
 */
export function mangled(samples: readonly unknown[]): fc.Arbitrary<unknown> {
  const whole = fc.constantFrom(...samples);
  const changes = fc.array(change(), { minLength: 0, maxLength: 4 });
  return fc
    .tuple(whole, changes)
    .map(([sample, all]) => all.reduce<Value>((value, it) => changed(value, it), copyOf(sample)));
}

/** The same as text, and some of it not JSON at all. */
export function mangledText(samples: readonly unknown[]): fc.Arbitrary<string> {
  const text = mangled(samples).map(jsonOf);
  return fc.oneof(
    { weight: 12, arbitrary: text },
    { weight: 2, arbitrary: fc.tuple(text, fc.nat(), hostileText()).map(spliced) },
    { weight: 1, arbitrary: hostileText() },
    { weight: 1, arbitrary: deepText() },
  );
}

/** Brackets in brackets, deeper than a stack is high. */
function deepText(): fc.Arbitrary<string> {
  const bracket = fc.constantFrom(["[", "]"], ['{"a":', "}"], ["- ", ""], ['{"Statement":[', "]}"]);
  return fc
    .tuple(bracket, fc.constantFrom(40, 400, 2_500, 10_000, 100_000), fc.boolean())
    .map(([[open = "", close = ""], depth, ends]) =>
      ends ? `${open.repeat(depth)}1${close.repeat(depth)}` : open.repeat(depth),
    );
}

interface Change {
  /** Picks the place: so many steps down, each to the member of this number. */
  readonly path: readonly number[];
  readonly kind: "replace" | "remove" | "add" | "repeat" | "rename";
  readonly name: string;
  readonly value: Value;
}

function change(): fc.Arbitrary<Change> {
  return fc.record({
    path: fc.array(fc.nat(40), { maxLength: 6 }),
    kind: fc.constantFrom("replace", "replace", "replace", "remove", "add", "repeat", "rename"),
    name: fc.oneof(fc.constantFrom(...inheritedNames), hostileText(fc.constant("name"))),
    value: oddValue(),
  });
}

/** The deepest are long to read, and few are enough. */
const depths = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(90, 300, 1_500) },
  { weight: 1, arbitrary: fc.constantFrom(10_000, 100_000) },
);

/** Values of another type, at the edge of a type, or with members that other objects inherit. */
function oddValue(): fc.Arbitrary<Value> {
  const odd = fc.constantFrom<Value>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    "",
    " ",
    "0",
    "true",
    "arn:aws:s3:::b",
    "arn:aws:iam::111122223333:root",
    "111122223333",
    "eu-west-1",
    "2026-11-21",
    [],
    {},
    [[]],
    [null],
    { toString: 1, valueOf: 1 },
    { toJSON: "x", length: 3 },
    own("__proto__", { role: "arn:aws:iam::111122223333:role/admin", polluted: true }),
    { constructor: { prototype: { polluted: true } } },
  );
  return fc.oneof(
    { weight: 6, arbitrary: odd },
    { weight: 4, arbitrary: hostileText(fc.constant("invoices-archive")) },
    { weight: 1, arbitrary: depths.map(nested) },
    {
      weight: 1,
      arbitrary: fc.constantFrom("a", "-a", "*", "*a", "?*", "[", "v1", "ab/").map(long),
    },
  );
}

/** A member that an assignment would take for the prototype. */
function own(name: string, value: Value): Value {
  return Object.defineProperty({}, name, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

function nested(depth: number): Value {
  let value: Value = "deep";
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  // So that a case that fails can be printed.
  const text = () => `(${depth} levels)`;
  return Object.defineProperty(value as object, fc.toStringMethod, { value: text }) as Value;
}

/** What `JSON.stringify` would print, also of what nests deeper than the stack. */
export function jsonOf(whole: unknown): string {
  const parts: string[] = [];
  const todo: { readonly text?: string; readonly value?: unknown }[] = [{ value: whole }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { text, value } = next;
    if (text !== undefined) parts.push(text);
    else if (typeof value !== "object" || value === null) parts.push(JSON.stringify(value) ?? "");
    else todo.push(...piecesOf(value).toReversed());
  }
  return parts.join("");
}

/** A list or an object as brackets, names and what is yet to be printed. */
function piecesOf(value: object): readonly { readonly text?: string; readonly value?: unknown }[] {
  const isList = Array.isArray(value);
  const members = Object.entries(value).flatMap(([name, it], place) => [
    { text: `${place === 0 ? "" : ","}${isList ? "" : `${JSON.stringify(name)}:`}` },
    { value: it as unknown },
  ]);
  return [{ text: isList ? "[" : "{" }, ...members, { text: isList ? "]" : "}" }];
}

function long(piece: string): string {
  return piece.repeat(Math.ceil(30_000 / piece.length));
}

function changed(value: Value, { path, ...how }: Change): Value {
  const [step, ...rest] = path;
  if (step === undefined) return here(value, how);
  if (Array.isArray(value)) {
    if (value.length === 0) return here(value, how);
    const at = step % value.length;
    return value.map((it, index) => (index === at ? changed(it, { path: rest, ...how }) : it));
  }
  if (typeof value !== "object" || value === null) return here(value, how);
  const names = Object.keys(value);
  if (names.length === 0) return here(value, how);
  const at = names[step % names.length] ?? "";
  const entries = Object.entries(value).map(([name, it]): [string, Value] =>
    name === at ? [name, changed(it, { path: rest, ...how })] : [name, it],
  );
  return Object.fromEntries(entries);
}

function here(value: Value, { kind, name, value: odd }: Omit<Change, "path">): Value {
  if (kind === "replace" || typeof value !== "object" || value === null) return odd;
  if (Array.isArray(value)) {
    if (kind === "remove") return value.slice(1);
    if (kind === "repeat") return [...value, ...value, ...value];
    return [...value, odd];
  }
  const entries = Object.entries(value);
  if (kind === "remove") return Object.fromEntries(entries.slice(1));
  if (kind === "rename") {
    return Object.fromEntries(entries.map(([old, it], at) => [at === 0 ? name : old, it]));
  }
  return Object.fromEntries([...entries, [name, odd]]);
}

function copyOf(sample: unknown): Value {
  return JSON.parse(JSON.stringify(sample));
}

function spliced([text, at, piece]: [string, number, string]): string {
  const place = text.length === 0 ? 0 : at % text.length;
  return `${text.slice(0, place)}${piece}${text.slice(place + (at % 3))}`;
}
