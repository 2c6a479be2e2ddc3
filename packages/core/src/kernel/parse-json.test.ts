import { expect, test } from "vitest";
import { isTooDeep, parseJson, whyNoJson } from "./parse-json.ts";

const lists = (levels: number) => `${"[".repeat(levels)}1${"]".repeat(levels)}`;
const objects = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

function problemOf(text: string): string {
  try {
    parseJson(text);
    return "none";
  } catch (cause) {
    return whyNoJson(cause, "it is not JSON");
  }
}

test.each([
  { name: "a number", text: "1", problem: "none" },
  { name: "null", text: "null", problem: "none" },
  { name: "nothing", text: "", problem: "it is not JSON" },
  { name: "half of a list", text: "[", problem: "it is not JSON" },
  { name: "100 lists", text: lists(100), problem: "none" },
  { name: "100 objects", text: objects(100), problem: "none" },
  {
    name: "many members side by side",
    text: JSON.stringify(Array(1_000).fill([{}])),
    problem: "none",
  },
  ...[101, 1_500, 10_000, 100_000].flatMap((levels) =>
    [lists(levels), objects(levels), `{"a":1,"b":[0,${objects(levels)}]}`].map((text) => ({
      name: `${levels} levels as in ${text.slice(0, 12)}`,
      text,
      problem: "it is nested deeper than 100 levels",
    })),
  ),
])("$name: $problem", ({ text, problem }) => {
  expect(problemOf(text)).toBe(problem);
});

test("what is taken is what JSON.parse makes of it", () => {
  const text = '{"a":[1,{"b":null}],"__proto__":{"c":true}}';
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

test.each([undefined, "text", 0, null, {}, [[]], Symbol("s")])("%o is not too deep", (value) => {
  expect(isTooDeep(value)).toBe(false);
});
