import fc from "fast-check";
import { expect, test } from "vitest";
import { arnParts } from "../../match/arn.ts";
import { literalPattern } from "../../match/pattern.ts";
import type { LanguageVersion } from "../../syntax/document.ts";
import { type Atom, atomOf, textTest, truthOf } from "./condition.ts";
import { restrict, textState } from "./state.ts";

/** Whether the search thinks that the condition can hold, or fail, for exactly this value, or for absence. */
function mayBe(
  wanted: "yes" | "no",
  atom: Atom,
  value: string | undefined,
  mode: "possible" | "sure",
): boolean {
  const budget = { left: 100_000 };
  const only = textState([literalPattern(value ?? "")], { absent: false, hints: [] }, budget);
  const state = value === undefined ? { ...only, absent: true, present: undefined } : only;
  return restrict(state, textTest(wanted, atom, mode), budget) !== undefined;
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
  "$${*}{x}",
];

test("the search and the evaluator agree on when a condition holds and when it fails", () => {
  const condition = fc.record({
    operator: fc.constantFrom(...operators),
    key: fc.constantFrom("aws:UserAgent", "aws:SourceArn"),
    values: fc.array(fc.constantFrom(...values), { maxLength: 3 }),
  });
  const asked = fc.option(fc.constantFrom(...values.filter((one) => !one.includes("$"))), {
    nil: undefined,
  });
  fc.assert(
    fc.property(condition, asked, fc.constantFrom("yes", "no"), (written, value, wanted) => {
      // The values of some keys are ARNs, all of them.
      fc.pre(
        written.key === "aws:UserAgent" || value === undefined || arnParts(value) !== undefined,
      );
      const atom = atomOf(written, "2012-10-17");
      const truth = truthOf(atom, value);
      // "sure" may be too careful and "possible" too generous, never the other way round.
      if (mayBe(wanted, atom, value, "sure")) expect(truth).toBe(wanted);
      if (truth === wanted || truth === "unknown") {
        expect(mayBe(wanted, atom, value, "possible")).toBe(true);
      }
    }),
    { numRuns: 3000 },
  );
});

const role = "arn:aws:iam::1:role/a";

/** Where the search is exact, its answer is that of the evaluator in both moods. */
test.each<readonly [string, readonly string[], string | undefined, "yes" | "no"]>([
  ["StringEquals", ["a", "b"], "b", "yes"],
  ["StringEquals", ["a", "b"], "c", "no"],
  ["StringEquals", ["a"], undefined, "no"],
  ["StringEquals", [], "a", "no"],
  ["StringEquals", ["\u00e4"], "\u00e4", "yes"],
  ["StringEquals", ["a${*}"], "a*", "yes"],
  ["StringEquals", ["a${*}"], "ab", "no"],
  ["StringNotEquals", ["a"], "b", "yes"],
  ["StringNotEquals", ["a"], "a", "no"],
  ["StringNotEquals", ["a"], undefined, "yes"],
  ["StringEqualsIfExists", ["a"], undefined, "yes"],
  ["StringEqualsIgnoreCase", ["aB"], "Ab", "yes"],
  ["StringEqualsIgnoreCase", ["aB"], "a", "no"],
  ["StringLike", ["a?c*"], "abc", "yes"],
  ["StringLike", ["a?c*"], "ac", "no"],
  ["ForAnyValue:StringLike", ["*"], "a", "yes"],
  ["ForAnyValue:StringLike", ["a", "*"], undefined, "no"],
  ["ForAnyValue:StringLike", ["", "a"], "b", "no"],
  ["ForAllValues:StringLike", ["a*"], "ab", "yes"],
  ["ForAllValues:StringLike", ["a*"], "b", "no"],
  ["Null", ["true"], undefined, "yes"],
  ["Null", ["true"], "a", "no"],
  ["Null", ["false"], "a", "yes"],
  ["ArnLike", ["arn:aws:iam::*:role/?"], role, "yes"],
  ["ArnLike", ["arn:aws:iam::?:role/a"], role, "yes"],
  ["ArnLike", ["arn:aws:iam::??:role/a"], role, "no"],
  ["ArnLike", ["arn:aws:iam::*:a"], "arn:aws:iam::1:x:a", "no"],
  ["ArnLike", ["arn:aws:iam::?:a"], "arn:aws:iam::::a", "no"],
  ["ArnLike", ["arn:aws:iam::1:*"], "arn:aws:iam::1:x:a", "yes"],
  ["ArnLike", ["arn:aws:iam::1:x?a"], "arn:aws:iam::1:x:a", "yes"],
  ["ArnLike", ["a?n:aws:iam::1:role/a"], role, "yes"],
  ["ArnLike", ["*:aws:iam::1:role/a"], role, "yes"],
  ["ArnLike", ["x:aws:iam::1:role/a"], role, "no"],
  ["ArnLike", [role], "x:aws:iam::1:role/a", "no"],
  ["ArnNotLike", [role], role, "no"],
  ["ArnNotLike", [role], `${role}b`, "yes"],
])("%s %j on %j: %s", (operator, written, value, truth) => {
  const atom = atomOf({ operator, key: "aws:SourceArn", values: written }, "2012-10-17");
  const opposite = truth === "yes" ? "no" : "yes";
  expect(truthOf(atom, value)).toBe(truth);
  for (const mode of ["possible", "sure"] as const) {
    expect([mayBe(truth, atom, value, mode), mayBe(opposite, atom, value, mode)]).toEqual([
      true,
      false,
    ]);
  }
});

/** In doubt a condition may hold and may fail, and neither of them is sure. */
test.each<readonly [string, readonly string[], string | undefined]>([
  ["stringequals", ["a"], "a"],
  ["stringequals", ["a"], undefined],
  ["StringEquals", ["a", "${aws:username}"], "a"],
  ["StringNotEquals", ["${aws:username}"], undefined],
  ["StringEqualsIgnoreCase", ["a\u00e4"], "a\u00c4"],
  ["StringNotEquals", [], "a"],
  ["ForAllValues:StringEquals", [], "a"],
  ["ForAllValues:StringEquals", ["a"], ""],
  ["ForAnyValue:StringLike", ["*"], ""],
  ["ForAnyValue:StringEquals", [""], ""],
  ["ArnLike", ["*"], role],
  ["ArnNotEquals", [role], "curl"],
])("%s %j on %j is in doubt", (operator, written, value) => {
  const atom = atomOf({ operator, key: "aws:UserAgent", values: written }, "2012-10-17");
  expect(truthOf(atom, value)).toBe("unknown");
  const answers = (["possible", "sure"] as const).map((mode) => [
    mayBe("yes", atom, value, mode),
    mayBe("no", atom, value, mode),
  ]);
  expect(answers).toEqual([
    [true, true],
    [false, false],
  ]);
});

test("a key of text may have a value that is no ARN, and an ARN is told from another all the same", () => {
  const atom = atomOf(
    { operator: "ArnNotEquals", key: "aws:UserAgent", values: [role] },
    "2012-10-17",
  );
  expect([mayBe("no", atom, role, "sure"), mayBe("yes", atom, role, "sure")]).toEqual([
    true,
    false,
  ]);
});

test.each<readonly [string, string, LanguageVersion, boolean]>([
  ["StringEquals", "${aws:username}", "2012-10-17", true],
  ["StringEquals", "${aws:username}", "2008-10-17", false],
  ["StringEquals", "${*}${?}${$}", "2012-10-17", false],
  ["StringEquals", "${*}${aws:username}", "2012-10-17", true],
  ["StringEquals", "$${*}{aws:username}", "2012-10-17", false],
  ["NumericEquals", "${aws:username}", "2012-10-17", false],
])("%s %s in a document of %s depends on the request: %s", (operator, value, version, depends) => {
  const atom = atomOf({ operator, key: "aws:UserAgent", values: [value] }, version);
  expect(atom.values === undefined).toBe(depends);
});

test("what a variable leaves in doubt still fails where the key has to be there", () => {
  const values = ["${aws:username}"];
  const atom = atomOf({ operator: "StringEquals", key: "aws:UserAgent", values }, "2012-10-17");
  expect([truthOf(atom, undefined), truthOf(atom, "a")]).toEqual(["no", "unknown"]);
  const some = { operator: "ForAnyValue:StringEquals", key: "aws:UserAgent", values };
  expect(truthOf(atomOf(some, "2012-10-17"), undefined)).toBe("no");
});

test("what compares no texts may hold and fail for any text", () => {
  const atom = atomOf(
    { operator: "NumericEquals", key: "aws:PrincipalArn", values: ["5"] },
    "2012-10-17",
  );
  expect(mayBe("yes", atom, "5.0", "possible") && mayBe("no", atom, "5.0", "possible")).toBe(true);
  expect(mayBe("yes", atom, "5", "sure") || mayBe("no", atom, "6", "sure")).toBe(false);
});

test("an operator without variables takes its value as it stands", () => {
  const written = { operator: "Bool", key: "aws:SecureTransport", values: ["${*}"] };
  expect(atomOf(written, "2012-10-17").values).toEqual(["${*}"]);
});
