import fc from "fast-check";
import { expect, test } from "vitest";
import { contains } from "../../match/language.ts";
import { literalPattern, wildcardPattern } from "../../match/pattern.ts";
import { passes, restrict, type State, type Test, textState, withoutValue } from "./state.ts";

const values = [undefined, "a", "b"];
const choice = (...left: readonly number[]): State => ({ kind: "choice", values, left });
const allowed = (...places: readonly number[]): Test => ({
  kind: "choice",
  allowed: values.map((_, place) => places.includes(place)),
});
const text = (kind: "inside" | "outside", ...patterns: readonly string[]): Test => ({
  kind: "text",
  absent: false,
  present: { kind, patterns: patterns.map(wildcardPattern) },
});
const always: Test = { kind: "always" };
const never: Test = { kind: "never" };
const budget = () => ({ left: 100_000 });

const wildcards = fc.constantFrom("*", "a*", "*b", "ab", "a?", "");
const someTest: fc.Arbitrary<Test> = fc.oneof(
  fc.constantFrom(always, never),
  fc.record({
    kind: fc.constant("text" as const),
    absent: fc.boolean(),
    present: fc.oneof(
      fc.constantFrom({ kind: "always" as const }, { kind: "never" as const }),
      fc.record({
        kind: fc.constantFrom("inside" as const, "outside" as const),
        patterns: fc.array(wildcards.map(wildcardPattern), { maxLength: 2 }),
      }),
    ),
  }),
);

/** Whether a value, or absence, is in a state. */
function has(state: State, value: string | undefined): boolean {
  if (state.kind === "choice") return state.left.some((place) => state.values[place] === value);
  if (value === undefined) return state.absent;
  return state.present !== undefined && contains(state.present.language, value);
}

/** Whether a value, or absence, passes a test: it alone does. */
function fits(test: Test, value: string | undefined): boolean {
  const hints: readonly string[] = [];
  const only = textState([literalPattern(value ?? "")], { absent: false, hints }, budget());
  const state = value === undefined ? { ...only, absent: true, present: undefined } : only;
  return restrict(state, test, budget()) !== undefined;
}

test("what is left under tests is what passes all of them, and the example is left", () => {
  const hints = ["ab", "x"];
  const values = fc.constantFrom(undefined, "", "a", "b", "ab", "aab", "x");
  fc.assert(
    fc.property(
      fc.array(someTest, { maxLength: 4 }),
      values,
      fc.boolean(),
      (tests, value, absent) => {
        const options = { absent, hints };
        const free: State = textState([wildcardPattern("*")], options, budget());
        const left = tests.reduce<State | undefined>(
          (state, one) => state && restrict(state, one, budget()),
          free,
        );
        const expected = (absent || value !== undefined) && tests.every((one) => fits(one, value));
        expect(left !== undefined && has(left, value)).toBe(expected);
        if (left !== undefined) expect(tests.map((one) => passes(left, one))).not.toContain(false);
      },
    ),
    { numRuns: 1000 },
  );
});

test.each<readonly [string, State, Test, State | undefined]>([
  ["all where anything will do", choice(1, 2), always, choice(1, 2)],
  ["nothing where nothing will do", choice(1, 2), never, undefined],
  ["what is allowed", choice(0, 1, 2), allowed(1, 2), choice(1, 2)],
  ["nothing of what is not", choice(0, 1), allowed(2), undefined],
  ["nothing under a test for texts", choice(1), text("inside", "a"), undefined],
])("of a choice is left %s", (_what, state, asked, left) => {
  expect(restrict(state, asked, budget())).toEqual(left);
});

test("a text passes no test for a choice", () => {
  const state = textState([wildcardPattern("*")], { absent: true, hints: [] }, budget());
  expect(restrict(state, allowed(0, 1, 2), budget())).toBeUndefined();
  expect(passes(state, allowed(0, 1, 2))).toBe(false);
});

test.each<readonly [State, Test, boolean]>([
  [choice(1, 2), always, true],
  [choice(1, 2), never, false],
  [choice(1, 2), allowed(1), true],
  [choice(2, 1), allowed(1), false],
  [choice(1, 2), text("inside", "a"), false],
])("the first that is left of %j passes %j: %s", (state, asked, passed) => {
  expect(passes(state, asked)).toBe(passed);
});

test("the example stays as long as it passes, and then a hint is the next one", () => {
  const free = textState([wildcardPattern("*")], { absent: false, hints: ["ab", "b"] }, budget());
  const exampleUnder = (...tests: readonly Test[]) => {
    const left = tests.reduce<State | undefined>(
      (one, it) => one && restrict(one, it, budget()),
      free,
    );
    return left?.kind === "text" ? left.present?.example : undefined;
  };
  expect(exampleUnder()).toBe("ab");
  expect(exampleUnder(text("outside", "ab"))).toBe("b");
  expect(exampleUnder(text("outside", "ab"), text("inside", "*b"))).toBe("b");
  expect(exampleUnder(text("inside", "b"), { kind: "text", absent: true, present: always })).toBe(
    "b",
  );
  expect(exampleUnder(text("outside", "*b"))).toBe("example");
});

test("without budget no text is found, and its state passes nothing", () => {
  const state = textState([wildcardPattern("a*")], { absent: false, hints: [] }, { left: 0 });
  expect(state).toEqual({ kind: "text", absent: false, hints: [], present: undefined });
  expect(passes(state, { kind: "text", absent: true, present: always })).toBe(false);
});

test("a key may be left out where it may be absent", () => {
  const options = { absent: true, hints: [] };
  const optional = textState([wildcardPattern("*")], options, budget());
  expect(withoutValue(optional)).toEqual({ ...optional, present: undefined });
  expect(withoutValue({ ...optional, absent: false })).toBeUndefined();
  expect(withoutValue(choice(0, 2))).toEqual(choice(0));
  expect(withoutValue(choice(1, 2))).toBeUndefined();
});
