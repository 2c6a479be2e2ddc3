import { expect, test } from "vitest";
import { verdictOf } from "./gate.ts";

const violation = { rule: "exact-version", at: "package.json", message: "zod is a range" };

test.each([
  {
    name: "green with what it saw",
    violations: [],
    seen: 3,
    least: 3,
    verdict: { kind: "green", saw: "3 files" },
  },
  {
    name: "red for one violation",
    violations: [violation],
    seen: 3,
    least: 3,
    verdict: {
      kind: "red",
      saw: "3 files",
      output: "package.json exact-version: zod is a range",
    },
  },
  {
    name: "red when it saw less than there is",
    violations: [],
    seen: 2,
    least: 3,
    verdict: {
      kind: "red",
      saw: "2 files",
      output: "minimum-count: saw 2 files, expected at least 3",
    },
  },
  {
    name: "red when there was nothing to see",
    violations: [],
    seen: 0,
    least: 0,
    verdict: {
      kind: "red",
      saw: "0 files",
      output: "minimum-count: saw 0 files, expected at least 1",
    },
  },
])("a gate is $name", ({ violations, seen, least, verdict }) => {
  expect(verdictOf(violations, { seen, least, unit: "files" })).toEqual(verdict);
});
