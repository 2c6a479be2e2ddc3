import fc from "fast-check";
import { expect, test } from "vitest";
import { contains, exampleOf, type Language } from "./language.ts";
import {
  ANY_IN_PART,
  ANY_NAME,
  DIGIT,
  includes,
  ONE_IN_PART,
  ONE_NAME,
  type Pattern,
  patternOf,
  wildcardPattern,
} from "./pattern.ts";
import { ANY, ONE } from "./wildcard.ts";

const budget = () => ({ left: 1_000_000 });

function language(inside: readonly (readonly string[])[], outside: readonly string[]): Language {
  return {
    inside: inside.map((group) => group.map(wildcardPattern)),
    outside: outside.map(wildcardPattern),
  };
}

/** Every text of up to five of these letters, which are those that the search tries first. */
const texts: readonly string[] = [0, 1, 2, 3, 4].reduce<readonly string[]>(
  (all) => [...new Set([...all, ...all.flatMap((text) => ["x", "y", "z"].map((c) => text + c))])],
  [""],
);

const pattern = fc.string({ unit: fc.constantFrom("x", "y", "*", "*", "?"), maxLength: 4 });

test("an example is a member, and where there is none no text is one", () => {
  const patterns = fc.array(pattern, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(
      fc.array(patterns, { maxLength: 2 }),
      fc.array(pattern, { maxLength: 3 }),
      (ins, outs) => {
        const asked = language(ins, outs);
        const found = exampleOf(asked, [], budget());
        if (found.kind === "example") expect(contains(asked, found.text)).toBe(true);
        else expect(texts.filter((text) => contains(asked, text))).toEqual([]);
      },
    ),
    { numRuns: 2000 },
  );
});

test("a pattern means what its regular expression means", () => {
  fc.assert(
    fc.property(pattern, fc.constantFrom(...texts), (text, candidate) => {
      const source = text.replaceAll("*", "[^]*").replaceAll("?", "[^]");
      expect(includes(wildcardPattern(text), candidate)).toBe(
        new RegExp(`^${source}$`).test(candidate),
      );
    }),
    { numRuns: 2000 },
  );
});

const fold = (text: string): Pattern => ({ ...wildcardPattern(text), fold: true });

test("without regard to case, both cases are tried", () => {
  const asked = {
    inside: [[fold("S3:get*")]],
    outside: [wildcardPattern("s*"), wildcardPattern("*G*")],
  };
  expect(exampleOf(asked, [], budget())).toEqual({ kind: "example", text: "S3:getexample" });
});

test("hints come first, in their order", () => {
  const asked = language([["b/*"]], ["b/a*"]);
  const found = exampleOf(asked, ["b/a.txt", "b/example.txt", "b/x"], budget());
  expect(found).toEqual({ kind: "example", text: "b/example.txt" });
});

test("a key that two patterns cover between them has no example", () => {
  const objects = { inside: [[patternOf("b/", [ONE, ANY])]], outside: [] };
  const covered = { ...objects, outside: [wildcardPattern("b/?"), wildcardPattern("b/??*")] };
  expect(exampleOf(objects, [], budget()).kind).toBe("example");
  expect(exampleOf(covered, [], budget())).toEqual({ kind: "empty" });
});

test("a search that takes too long says so", () => {
  const words = [..."abcdefghijklmnopqrstuvwxyz"].map((c) => `*${c}*${c}x*`);
  const asked = language(
    words.map((word) => [word]),
    ["*"].map((star) => `${star}example*`),
  );
  expect(exampleOf(asked, [], { left: 20_000 })).toEqual({ kind: "out-of-budget" });
});

const letters = [..."abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];

test.each<readonly [string, Pattern, readonly string[], string | undefined]>([
  ["a word for a run in a part", patternOf("a:", [ANY_IN_PART]), [], "a:example"],
  ["an x for one character", wildcardPattern("?*"), [], "xexample"],
  ["an x for one character of a part", patternOf([ONE_IN_PART, ANY]), [], "xexample"],
  ["a letter that nobody names", wildcardPattern("?"), ["x"], "y"],
  ["a sign that nobody names, when all letters are taken", wildcardPattern("?"), letters, "\u4e00"],
  ["the next such sign", wildcardPattern("?"), [...letters, "\u4e00"], "\u4e01"],
  ["a digit", patternOf([DIGIT]), [], "0"],
  ["another digit", patternOf([DIGIT]), ["0"], "1"],
  ["no digit", patternOf([DIGIT]), [..."0123456789"], undefined],
  ["a character without a sign of its own", patternOf([DIGIT], "\u0000"), [], "0\u0000"],
  ["a sign of a name", patternOf([ONE_NAME]), [...letters, ..."0123456789"], "-"],
  ["small letters", fold("Ab"), ["Ab", "aB", "AB"], "ab"],
  ["capital letters", fold("Ab"), ["Ab", "aB", "ab"], "AB"],
  ["what has no case", fold("a1"), ["a1"], "A1"],
  ["no other case beyond ASCII", fold("\u00e9"), ["\u00e9"], undefined],
])("the example is %s", (_what, inside, outside, text) => {
  const asked = { inside: [[inside]], outside: outside.map(wildcardPattern) };
  expect(exampleOf(asked, [], budget())).toEqual(
    text === undefined ? { kind: "empty" } : { kind: "example", text },
  );
});

test("places that read alike when written without a separator are kept apart", () => {
  // After "ax" the pattern stands at its places 1 and 2, before the last letter at 12.
  const inside = [[patternOf("a", [ANY_IN_PART], ":bbbbbbbbbc")]];
  const outside = ["a:bbbbbbbbbc", "aexample:bbbbbbbbbc"].map(wildcardPattern);
  expect(exampleOf({ inside, outside }, [], budget())).toEqual({
    kind: "example",
    text: "ax:bbbbbbbbbc",
  });
});

test("of a long list only the first two are tried before the search", () => {
  const asked = language([["a", "b", "c*"]], ["a", "b"]);
  expect(exampleOf(asked, [], budget())).toEqual({ kind: "example", text: "c" });
});

/** What there is to know before the search, and how many comparisons it takes. */
test.each<readonly [string, Language, readonly string[], number, string]>([
  ["a hint", language([["b"]], ["c"]), ["x", "b"], 4, "b"],
  ["a pattern without its run", language([["a*"]], ["a?*"]), [], 4, "a"],
  ["a run in a name", { inside: [[patternOf("a", [ANY_NAME])]], outside: [] }, [], 1, "a"],
  ["a zero character", language([["\u0000"]], []), [], 1, "\u0000"],
])("%s is found without a search", (_what, asked, hints, steps, text) => {
  expect(exampleOf(asked, hints, { left: steps })).toEqual({ kind: "example", text });
  expect(exampleOf(asked, hints, { left: steps - 1 })).toEqual({ kind: "out-of-budget" });
});

/** Counted, so that a change which makes the search slower is seen. */
test.each<readonly [string, Language, number]>([
  ["nothing is left", language([["a"]], ["*"]), 4],
  ["texts that differ", language([["a"], ["b"]], []), 11],
  ["beginnings that differ", language([["ab*"], ["ac*"]], []), 14],
  ["a run that covers all", language([["a*"], ["*"]], ["a*"]), 15],
  ["ends that differ", language([["*ab"], ["*ac"]], []), 70],
  ["two that cover a third", language([["a?*"]], ["a?", "a??*"]), 17],
  ["a list of which nothing is left", language([["ab", "ac", "ad"]], ["ab", "a?"]), 36],
  ["a group that everything is in", language([["*", "b"], ["ab"]], ["?b"]), 24],
  ["two cases", { inside: [[fold("ab1")]], outside: [fold("AB1")] }, 19],
  ["letters beyond ASCII", { inside: [[fold("\u00e9")]], outside: [fold("\u00e9")] }, 7],
  [
    "parts of an ARN",
    {
      inside: [[patternOf("a:", [ANY_IN_PART], ":b")], [patternOf("a:", [DIGIT], ":c")]],
      outside: [],
    },
    37,
  ],
])("that there is nothing is found in a known number of steps: %s", (_what, asked, steps) => {
  const ample = budget();
  expect(exampleOf(asked, [], ample)).toEqual({ kind: "empty" });
  expect(1_000_000 - ample.left).toBe(steps);
  expect(exampleOf(asked, [], { left: steps })).toEqual({ kind: "empty" });
  expect(exampleOf(asked, [], { left: steps - 1 })).toEqual({ kind: "out-of-budget" });
});

test("a colon is tried where it alone tells an ARN from its parts", () => {
  const asked = { inside: [[patternOf([ANY])]], outside: [patternOf([ANY_IN_PART])] };
  expect(exampleOf(asked, [], budget())).toEqual({ kind: "example", text: ":" });
});
