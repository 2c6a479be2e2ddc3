import { expect, test } from "vitest";
import { nothingMissing, printed, someLooks } from "../../../../test/output/scans.ts";
import { asffFormat } from "./asff.ts";
import { ocsfFormat } from "./ocsf.ts";

test("ASFF is one JSON array, with one finding a line", () => {
  const text = printed(asffFormat(), someLooks());
  expect(JSON.parse(text)).toHaveLength(9);
  expect(text.split("\n")).toHaveLength(12);
  expect(JSON.parse(printed(asffFormat(), [], nothingMissing))).toEqual([]);
});

test("OCSF is one JSON object a line", () => {
  const lines = printed(ocsfFormat(), someLooks()).split("\n");
  expect(lines.pop()).toBe("");
  expect(lines.map((line) => JSON.parse(line).class_uid)).toEqual(Array(9).fill(2003));
  expect(printed(ocsfFormat(), [], nothingMissing)).toBe("");
});
