import { expect, test } from "vitest";
import { missedBecause } from "./judge.ts";

const canary = {
  source: "a.canary",
  gate: "lint",
  rule: "noConsole",
  tree: "shared",
  says: ["noConsole", "a.ts"],
  plants: [],
} as const;

test.each([
  { name: "one line names rule and file", output: "x\na.ts:1 noConsole no\n", missed: undefined },
  {
    name: "the rule fired for another file only",
    output: "b.ts:1 noConsole\na.ts:1 noVar",
    missed: "no line of the gate's output holds noConsole and a.ts",
  },
])("caught or not: $name", ({ output, missed }) => {
  expect(missedBecause(canary, { kind: "red", saw: "2 files", output })).toBe(missed);
});

test("a green gate has caught nothing", () => {
  expect(missedBecause(canary, { kind: "green", saw: "2 files" })).toBe(
    "the gate was green and saw 2 files",
  );
});
