import fc from "fast-check";
import { expect, test } from "vitest";
import { globOf, literalGlob, matchesGlob, matchesWildcard } from "./wildcard.ts";

test("a wildcard pattern matches what the same regular expression matches", () => {
  const letter = fc.constantFrom("a", "b", ".", "\n");
  const text = fc.array(letter, { maxLength: 8 }).map((letters) => letters.join(""));
  const pattern = fc
    .array(fc.oneof(letter, fc.constantFrom("*", "?")), { maxLength: 8 })
    .map((tokens) => tokens.join(""));
  fc.assert(
    fc.property(pattern, text, (wanted, actual) => {
      const source = wanted.replace(/\./g, "\\.").replace(/\*/g, "[^]*").replace(/\?/g, "[^]");
      expect(matchesWildcard(wanted, actual)).toBe(new RegExp(`^${source}$`).test(actual));
    }),
    { numRuns: 5000 },
  );
});

test("a pattern matches the text that it was made from", () => {
  const makeWild = (text: string, places: readonly number[], sign: string) =>
    [...text].map((letter, place) => (places.includes(place) ? sign : letter)).join("");
  const ascii = fc.string({ unit: "binary-ascii" });
  fc.assert(
    fc.property(ascii, fc.array(fc.nat(10)), fc.constantFrom("*", "?"), (text, places, sign) => {
      expect(matchesWildcard(makeWild(text, places, sign), text)).toBe(true);
    }),
  );
});

test("nothing is a wildcard in a literal", () => {
  expect(matchesGlob(literalGlob("a*?"), "a*?")).toBe(true);
  expect(matchesGlob(literalGlob("a*?"), "abc")).toBe(false);
  expect(matchesGlob([...literalGlob("*"), ...globOf("?*")], "*x")).toBe(true);
});

test("a pattern made to backtrack ends after pattern times text steps", () => {
  // With exponential backtracking this would not end within the age of the universe.
  const pattern = `${"a*".repeat(500)}b`;
  expect(matchesWildcard(pattern, "a".repeat(10_000))).toBe(false);
});
