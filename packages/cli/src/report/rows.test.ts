import { expect, test } from "vitest";
import { holdsAll, pageOf, sorted, wordsOf } from "./browser/rows.ts";
import { ceilingOf, heatOf } from "./browser/scale.ts";

test.each([
  ["", "anything", true],
  ["  Photos   SSL ", "photos-1 ssl-only", true],
  ["ssl photos", "photos-1 ssl-only", true],
  ["photos cors", "photos-1 ssl-only", false],
])("a search for %j in %j: %s", (search, text, found) => {
  expect(holdsAll(text, wordsOf(search))).toBe(found);
});

test("rows are sorted as people count, and equal ones keep their order", () => {
  const rows = [
    { name: "b-10", at: 1 },
    { name: "b-9", at: 2 },
    { name: "a", at: 3 },
    { name: "b-9", at: 4 },
  ];
  const ats = (direction: "ascending" | "descending") =>
    sorted(rows, ({ name }) => name, direction).map(({ at }) => at);
  expect(ats("ascending")).toEqual([3, 2, 4, 1]);
  expect(ats("descending")).toEqual([1, 2, 4, 3]);
  expect(sorted([3, Number.POSITIVE_INFINITY, 1], (it) => it, "ascending")).toEqual([
    1,
    3,
    Number.POSITIVE_INFINITY,
  ]);
});

test.each([
  { rows: 0, index: 0, first: 0, last: 0, own: 0, count: 1 },
  { rows: 5, index: 0, first: 1, last: 2, own: 0, count: 3 },
  { rows: 5, index: 2, first: 5, last: 5, own: 2, count: 3 },
  { rows: 5, index: 9, first: 5, last: 5, own: 2, count: 3 },
  { rows: 4, index: -1, first: 1, last: 2, own: 0, count: 2 },
])("page $index of $rows rows is $first to $last", ({ rows, index, first, last, own, count }) => {
  const all = Array.from({ length: rows }, (_, row) => row + 1);
  const page = pageOf(all, index, 2);
  expect(page).toEqual({ rows: all.slice(own * 2, own * 2 + 2), first, last, index: own, count });
});

test.each([
  [0, 0, 0],
  [0, 9, 0],
  [1, 1_000, 1],
  [1, 10, 1],
  [1, 4, 2],
  [1, 2, 3],
  [3, 4, 4],
])("%i wrong of %i is heat %i", (wrong, total, heat) => {
  expect(heatOf(wrong, total)).toBe(heat);
});

test.each([
  [[], 1],
  [[0], 1],
  [[3], 4],
  [[38, 2], 40],
  [[287], 400],
  [[999], 1_000],
])("an axis for %j ends at %i", (values, top) => {
  expect(ceilingOf(values)).toBe(top);
});
