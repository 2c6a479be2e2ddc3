import fc from "fast-check";
import { expect, test } from "vitest";
import type { Json } from "../../kernel/index.ts";
import { type JsonNode, readJson } from "./json-reader.ts";

test("whatever JSON.stringify writes is read to the same value", () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.constantFrom("", " ", "\n\t\r "), (json, space) => {
      const reading = readJson(`${space}${json}${space}`);
      expect(reading.kind === "read" && valueOfNode(reading.node)).toEqual(JSON.parse(json));
    }),
  );
});

test("it takes exactly the texts that JSON.parse takes", () => {
  const token = fc.constantFrom(
    ...'{}[],:"\\ \n\u0001\u00a0',
    "true",
    "nul",
    "-1.5e3",
    "01",
    "a\\u00e9",
  );
  const text = fc.oneof(
    fc.array(token, { maxLength: 12 }).map((parts) => parts.join("")),
    damaged(),
  );
  fc.assert(
    fc.property(text, (candidate) => {
      expect(readJson(candidate).kind).toBe(isJson(candidate) ? "read" : "fault");
    }),
    { numRuns: 2000 },
  );
});

test("every node covers its own text", () => {
  const text = '{ "a" : [ 1.50 , "\\u00e9" ] , "a" : true }';
  const reading = readJson(text);
  const slices: string[] = [];
  const walk = (node: JsonNode): void => {
    slices.push(text.slice(node.start, node.end));
    if (node.kind === "array") node.items.forEach(walk);
    if (node.kind === "object") for (const { value } of node.members) walk(value);
  };
  if (reading.kind === "read") walk(reading.node);
  expect(slices).toEqual([text, '[ 1.50 , "\\u00e9" ]', "1.50", '"\\u00e9"', "true"]);
});

test("depth is limited, length is not", () => {
  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  expect(readJson(nested(32)).kind).toBe("read");
  expect(readJson(nested(33)).kind).toBe("read");
  expect(readJson(nested(34))).toMatchObject({ kind: "fault", fault: "too-deep" });
  expect(readJson(JSON.stringify('\\"'.repeat(500_000))).kind).toBe("read");
});

test.each<readonly [string, number, string]>([
  ["{} x", 3, "text after the end of the document"],
  ["[".repeat(40), 33, "nested more than 32 levels deep"],
  ['{"a":'.repeat(40), 165, "nested more than 32 levels deep"],
  ["{a:1}", 1, 'expected a string in double quotes, found "a"'],
  ['["\\x"]', 1, "a string with a bad escape or a raw control character"],
  ['["a', 1, "a string without a closing quote"],
  ["[nil]", 1, 'expected a value, found "n"'],
  ["[+]", 1, 'expected a value, found "+"'],
  ['{"a" 1}', 5, 'expected ":", found "1"'],
  ["[1", 2, 'expected "]", found the end of the text'],
])("%s: at %s %s", (text, at, message) => {
  expect(readJson(text)).toMatchObject({ kind: "fault", at, message });
});

test.each(["null", "true", "false", "-1.50e3"])("%s is kept as it is written", (text) => {
  const kind = text === "null" ? "null" : text.startsWith("-") ? "number" : "boolean";
  const node = { kind, text, start: 0, end: text.length };
  expect(readJson(text)).toEqual({ kind: "read", node });
});

/** JSON with one character taken out, put in or changed. */
function damaged(): fc.Arbitrary<string> {
  return fc
    .record({ json: fc.json({ maxDepth: 3 }), at: fc.nat(40), with: fc.string({ maxLength: 1 }) })
    .map(({ json, at, with: character }) => json.slice(0, at) + character + json.slice(at + 1));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function valueOfNode(node: JsonNode): Json {
  if (node.kind === "string") return node.value;
  if (node.kind === "array") return node.items.map(valueOfNode);
  if (node.kind !== "object") return JSON.parse(node.text) as Json;
  const entries = node.members.map(({ key, value }) => [key, valueOfNode(value)] as const);
  return Object.fromEntries(entries);
}
