import { expect, test } from "vitest";
import {
  ANY_IN_PART,
  ANY_LETTERS,
  ANY_NAME,
  DIGIT,
  includes,
  literalPattern,
  ONE_IN_PART,
  ONE_LETTER,
  ONE_NAME,
  type Pattern,
  patternOf,
  startOf,
  step,
  wildcardPattern,
} from "./pattern.ts";
import { ANY } from "./wildcard.ts";

const folded = (text: string): Pattern => ({ ...wildcardPattern(text), fold: true });
const every = (text: string) => [...text];

test.each<readonly [string, number, readonly string[], readonly string[]]>([
  ["a digit", DIGIT, every("059"), every("/:a*")],
  ["a letter", ONE_LETTER, every("amzAMZ"), every("@[`{09-_")],
  ["a character of a name", ONE_NAME, every("azAZ09+=,.@_-/"), every(":*?!~[{")],
  ["a character of one part", ONE_IN_PART, every("a/*ä"), every(":")],
])("%s is exactly one of its kind", (_what, token, inside, outside) => {
  for (const text of inside) expect(includes(patternOf([token]), text)).toBe(true);
  for (const text of outside) expect(includes(patternOf([token]), text)).toBe(false);
  expect(includes(patternOf([token]), "")).toBe(false);
  expect(includes(patternOf([token]), `${inside[0]}${inside[0]}`)).toBe(false);
});

test.each<readonly [string, number, string, string]>([
  ["letters", ANY_LETTERS, "aBz", "a1"],
  ["characters of a name", ANY_NAME, "path/Name@1", "a:b"],
  ["characters of one part", ANY_IN_PART, "a/b*", "a:b"],
  ["characters of any kind", ANY, "a:b\n", ""],
])("a run of %s may be empty and ends at anything else", (_what, token, inside, outside) => {
  const run = patternOf("<", [token], ">");
  expect(includes(run, "<>")).toBe(true);
  expect(includes(run, `<${inside}>`)).toBe(true);
  expect(includes(run, `<${inside}`)).toBe(false);
  if (outside !== "") expect(includes(run, `<${outside}>`)).toBe(false);
});

test.each<readonly [Pattern, string, boolean]>([
  [folded("s3:Get*"), "S3:gETobject", true],
  [folded("AZ"), "az", true],
  [folded("az"), "AZ", true],
  [folded("@"), "`", false],
  [folded("["), "{", false],
  [folded("\u0000A"), "\u0000a", true],
  [folded("s3:get"), "s3:gets", false],
  [wildcardPattern("s3:Get"), "s3:get", false],
  [literalPattern("a*"), "ab", false],
  [literalPattern("a*"), "a*", true],
  [folded("k"), "\u212a", false],
])("without regard to case only ASCII letters fold: %j %s %s", (pattern, text, expected) => {
  expect(includes(pattern, text)).toBe(expected);
});

test("a reader stands behind every run that may be empty, and what a run covers is dropped", () => {
  const runs = patternOf("a", [ANY_IN_PART, ANY_NAME], "b");
  expect(startOf(runs)).toEqual([0]);
  expect(step(runs, [0], "a".charCodeAt(0))).toEqual([1, 2, 3]);
  expect(step(runs, [1, 2, 3], "b".charCodeAt(0))).toEqual([1, 2, 3, 4]);
  expect(step(runs, [1, 2, 3], "!".charCodeAt(0))).toEqual([1, 2, 3]);
  expect(step(runs, [2, 3], "!".charCodeAt(0))).toEqual([]);
  const covered = patternOf("a", [ANY_IN_PART, ANY], "b");
  expect(step(covered, [0], "a".charCodeAt(0))).toEqual([2, 3]);
});
