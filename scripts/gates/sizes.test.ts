import { expect, test } from "vitest";
import { findLong } from "./sizes.ts";

const lines = (count: number, first = "// line") => `${first}\n${"// line\n".repeat(count - 1)}`;
const handler = "export const handler = fromProcess(createSweep);";

test.each([
  { name: "300 lines may be", path: "packages/core/src/a.ts", text: lines(300), found: [] },
  {
    name: "301 may not",
    path: "packages/core/src/a/b.ts",
    text: lines(301),
    found: ["file-length: 301 lines, the limit is 300"],
  },
  {
    name: "a script counts",
    path: "scripts/gates/a.ts",
    text: lines(301),
    found: ["file-length: 301 lines, the limit is 300"],
  },
  { name: "a test may be long", path: "packages/core/src/a.test.ts", text: lines(900), found: [] },
  { name: "a fixture may be long", path: "test/fixtures/a.ts", text: lines(900), found: [] },
  {
    name: "a handler has 40 lines",
    path: "packages/functions/src/sweep.ts",
    text: lines(40, handler),
    found: [],
  },
  {
    name: "a handler has no 41st line",
    path: "packages/functions/src/sweep.ts",
    text: lines(41, handler),
    found: ["handler-length: 41 lines, the limit is 40"],
  },
  {
    name: "what a handler uses is no handler",
    path: "packages/functions/src/wiring.ts",
    text: lines(41, "// makes what a handler needs"),
    found: [],
  },
])("sizes: $name", ({ path, text, found }) => {
  const violations = findLong([{ path, text }]);

  expect(violations.map(({ rule, message }) => `${rule}: ${message}`)).toEqual(found);
});
