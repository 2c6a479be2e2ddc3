import { expect, test } from "vitest";
import { type Clause, type States, solve, type Work } from "./solve.ts";
import type { State, Test } from "./state.ts";

/** A choice among three values, and the test that takes some of them. */
const values = ["a", "b", "c"];
const free: State = { kind: "choice", values, left: [0, 1, 2] };
const among = (...places: readonly number[]): Test => ({
  kind: "choice",
  allowed: [0, 1, 2].map((place) => places.includes(place)),
});
const clause = (statement: number, ...escapes: readonly (readonly [string, Test])[]): Clause => ({
  statement,
  escapes: escapes.map(([choice, passed]) => ({ choice, test: passed })),
});
const work = (left = 1000): Work => ({ budget: { left }, used: new Set(), memo: new Map() });
const states: States = new Map([
  ["x", free],
  ["y", free],
]);

test("a choice that leads nowhere is taken back", () => {
  const clauses = [
    clause(0, ["x", among(1)], ["y", among(1)]),
    clause(1, ["x", among(0)]),
    clause(2, ["y", among(1, 2)]),
  ];
  const found = solve(states, clauses, work());
  expect(found && Object.fromEntries(found)).toEqual({
    x: free,
    y: { kind: "choice", values, left: [1] },
  });
});

test("where nothing is left, the statements without which there might be something are told", () => {
  const task = work();
  const clauses = [
    clause(3, ["x", among(1)]),
    clause(5, ["x", among(2)]),
    clause(7, ["y", among(0)]),
  ];
  expect(solve(states, clauses, task)).toBeUndefined();
  expect([...task.used].sort()).toEqual([3, 5]);
});

test("a choice that a request does not have is no escape", () => {
  expect(solve(states, [clause(0, ["z", { kind: "always" }])], work())).toBeUndefined();
  expect(solve(states, [clause(0)], work())).toBeUndefined();
});

test("each step looks at every clause once more than there are", () => {
  expect(solve(states, [], work(1))).toBe(states);
  expect(solve(states, [], work(0))).toBeUndefined();
  expect(solve(states, [clause(0, ["x", among(0)])], work(2))).toBe(states);
  expect(solve(states, [clause(0, ["x", among(0)])], work(1))).toBeUndefined();
});

test("what was worked out once is not worked out again", () => {
  const task = work();
  const clauses = [clause(0, ["x", among(1)])];
  const [first, second] = [solve(states, clauses, task), solve(states, clauses, task)];
  expect(first?.get("x")).toEqual({ kind: "choice", values, left: [1] });
  expect(second?.get("x")).toBe(first?.get("x"));
});
