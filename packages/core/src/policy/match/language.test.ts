import fc from "fast-check";
import { expect, test } from "vitest";
import { contains, exampleOf, type Language } from "./language.ts";
import { includes, type Pattern, patternOf, wildcardPattern } from "./pattern.ts";
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

test("without regard to case, both cases are tried", () => {
  const fold = (text: string): Pattern => ({ ...wildcardPattern(text), fold: true });
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
