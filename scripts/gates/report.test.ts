import { expect, test } from "vitest";
import type { Verdict } from "./gate.ts";
import { closingOf, lineOf } from "./report.ts";

const result = (name: string, verdict: Verdict) => ({
  gate: { name, by: "tool", run: () => Promise.resolve(verdict) },
  verdict,
  milliseconds: 1234,
});
const green = result("types", { kind: "green", saw: "9 files" });
const red = result("lint", { kind: "red", saw: "8 files", output: "a.ts: wrong" });

test("each gate is one line", () => {
  expect([green, red].map(lineOf)).toEqual([
    "ok    types     1.2 s  tool: 9 files",
    "FAIL  lint      1.2 s  tool: 8 files",
  ]);
});

test("only failures show their output, the count comes last", () => {
  expect(closingOf([green, red], ["tests"])).toBe(
    "\n=== lint\na.ts: wrong\n\n1 passed, 1 failed (left out: tests)",
  );
});

test("without failures the count is all", () => {
  expect(closingOf([green], [])).toBe("1 passed, 0 failed");
});
