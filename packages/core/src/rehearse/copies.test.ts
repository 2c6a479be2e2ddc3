import { expect, test } from "vitest";
import { rememberCopies } from "./copies.ts";

test("an id is new once", () => {
  const copies = rememberCopies(10);
  expect(["a", "b", "a", "b", "c"].map(copies.isCopy)).toEqual([false, false, true, true, false]);
});

test("at least the last ones are remembered, and not all for ever", () => {
  const copies = rememberCopies(3);
  const ids = Array.from({ length: 30 }, (_, index) => `e-${index}`);
  expect(ids.map(copies.isCopy)).not.toContain(true);
  expect(ids.slice(-3).map(copies.isCopy)).toEqual([true, true, true]);
  expect(copies.isCopy("e-0")).toBe(false);
});
