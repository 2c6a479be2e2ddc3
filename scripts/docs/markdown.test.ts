import { expect, test } from "vitest";
import { codes, table } from "./markdown.ts";

test("a table has its head, its rule and its rows, and a bar ends no cell", () => {
  expect(table(["a", "b"], [["1", "x|y"]])).toEqual(["| a | b |", "|---|---|", "| 1 | x\\|y |"]);
});

test("texts of code stand apart", () => {
  expect(codes(["a", "b"])).toBe("`a`, `b`");
});
