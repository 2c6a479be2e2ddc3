import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson } from "./json.ts";

test("text means the same as that of JSON.stringify, whatever the value", () => {
  fc.assert(
    fc.property(fc.anything({ withDate: true }), (value) => {
      const plain = JSON.stringify(value);
      const text = canonicalJson(value);
      expect(text === undefined ? undefined : JSON.parse(text)).toEqual(
        plain === undefined ? undefined : JSON.parse(plain),
      );
    }),
    { numRuns: 300 },
  );
});

test.each([
  {
    value: { b: 1, a: [{ d: undefined, c: null }, undefined] },
    text: '{"a":[{"c":null},null],"b":1}',
  },
  { value: { at: new Date(0) }, text: '{"at":"1970-01-01T00:00:00.000Z"}' },
  {
    value: JSON.parse('{"b":1,"__proto__":{"z":1,"a":2}}'),
    text: '{"__proto__":{"a":2,"z":1},"b":1}',
  },
])("$text", ({ value, text }) => {
  expect(canonicalJson(value)).toBe(text);
});
