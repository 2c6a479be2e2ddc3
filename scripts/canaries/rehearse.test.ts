import { expect, test } from "vitest";
import { parseCanary } from "./canary.ts";
import { rehearsalsOf } from "./rehearse.ts";

const canary = (gate: string, tree: string) =>
  parseCanary(`${gate}-${tree}`, `gate: ${gate}\nrule: r\nsays: s\ntree: ${tree}\n`);

test("canaries of one gate share a copy unless they want one for themselves", () => {
  const [a, b, c, d] = [
    canary("lint", "shared"),
    canary("types", "shared"),
    canary("lint", "own"),
    canary("lint", "bare"),
  ];

  expect(rehearsalsOf([a, b, c, d, a])).toEqual([
    { gate: "lint", tree: "shared", canaries: [a, a] },
    { gate: "types", tree: "shared", canaries: [b] },
    { gate: "lint", tree: "own", canaries: [c] },
    { gate: "lint", tree: "bare", canaries: [d] },
  ]);
});
