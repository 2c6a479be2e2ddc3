import fc from "fast-check";
import { expect, test } from "vitest";
import { literalPattern } from "../../match/pattern.ts";
import type { Condition } from "../../syntax/document.ts";
import { atomOf, failTextTest, truthOf } from "./condition.ts";
import { restrict, textState } from "./state.ts";

/** Whether the search thinks that the condition can fail for exactly this value, or for absence. */
function mayFail(
  condition: Condition,
  value: string | undefined,
  mode: "possible" | "sure",
): boolean {
  const budget = { left: 100_000 };
  const atom = atomOf(condition, "2012-10-17");
  const only = textState([literalPattern(value ?? "")], { absent: false, hints: [] }, budget);
  const state =
    value === undefined ? { ...only, absent: true, language: undefined, example: undefined } : only;
  return restrict(state, failTextTest(atom, mode), budget) !== undefined;
}

const operators = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCaseIfExists",
  "StringLike",
  "StringNotLike",
  "StringLikeIfExists",
  "ForAnyValue:StringLike",
  "ForAllValues:StringLike",
  "ForAnyValue:StringNotEquals",
  "ArnLike",
  "ArnNotEquals",
  "ArnEqualsIfExists",
  "Null",
  "stringequals",
];
const values = [
  "arn:aws:iam::1:role/a",
  "arn:aws:iam::1:role/a:b",
  "arn:aws:iam::*:role/?*",
  "arn:*:role/a",
  "ARN:aws:iam::1:role/A",
  "*",
  "a*",
  "ab",
  "AB",
  "${aws:username}",
  "a${*}",
  "true",
  "false",
  "",
];

test("the search and the evaluator agree on when a condition fails", () => {
  const condition = fc.record({
    operator: fc.constantFrom(...operators),
    key: fc.constant("aws:UserAgent"),
    values: fc.array(fc.constantFrom(...values), { maxLength: 3 }),
  });
  const asked = fc.option(fc.constantFrom(...values.filter((one) => !one.includes("$"))), {
    nil: undefined,
  });
  fc.assert(
    fc.property(condition, asked, (written, value) => {
      const truth = truthOf(atomOf(written, "2012-10-17"), value);
      // "sure" may be too careful and "possible" too generous, never the other way round.
      // The one exception, an empty text under a set operator, is caught by the check of the witness.
      const doubtful = value === "" && written.operator.startsWith("ForA");
      if (mayFail(written, value, "sure") && !doubtful) expect(truth).toBe("no");
      if (!mayFail(written, value, "possible")) expect(truth).toBe("yes");
      if (mayFail(written, value, "sure")) expect(mayFail(written, value, "possible")).toBe(true);
    }),
    { numRuns: 3000 },
  );
});
