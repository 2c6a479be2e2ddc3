import { expect, test } from "vitest";
import { remembered } from "./remembered.ts";

function counted() {
  const asked: string[] = [];
  const length = remembered(2, (text) => {
    asked.push(text);
    return { length: text.length };
  });
  return { asked, length };
}

test("answers once for the same text, with the same object", () => {
  const { asked, length } = counted();
  expect(length("abc")).toBe(length("abc"));
  expect([length("abc"), length("")]).toEqual([{ length: 3 }, { length: 0 }]);
  expect(asked).toEqual(["abc", ""]);
});

test("forgets the oldest answer when there are too many", () => {
  const { asked, length } = counted();
  for (const text of ["a", "b", "c", "b", "c", "a"]) length(text);
  expect(asked).toEqual(["a", "b", "c", "a"]);
});
