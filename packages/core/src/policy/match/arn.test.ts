import { expect, test } from "vitest";
import { lowerCase, matchesAction } from "./action.ts";
import { type ArnParts, arnParts, isLoneWildcard, matchesArn, matchesResource } from "./arn.ts";
import { spend } from "./budget.ts";
import { globOf, literalGlob } from "./wildcard.ts";

test.each<readonly [string, ArnParts | undefined]>([
  ["arn:aws:s3:::b", ["arn", "aws", "s3", "", "", "b"]],
  ["arn:aws:sns:eu-west-1:1:a:b", ["arn", "aws", "sns", "eu-west-1", "1", "a:b"]],
  ["arn:::::", ["arn", "", "", "", "", ""]],
  ["arn:aws:s3::b", undefined],
  ["arn:aws:s3:", undefined],
  ["urn:aws:s3:::b", undefined],
  ["*", undefined],
])("%s has the parts %j", (arn, parts) => {
  expect(arnParts(arn)).toEqual(parts);
});

test.each<readonly [string, string, boolean | undefined]>([
  ["arn:aws:s3:::*", "arn:aws:s3:::b:c/d", true],
  ["arn:aws:*:::b", "arn:aws:s3:::b", true],
  ["arn:aws:*:b", "arn:aws:s3:::b", undefined],
  ["arn:aws:s*::b", "arn:aws:s3:::b", undefined],
  ["arn:aws:s3:::b:c", "arn:aws:s3:::b:c", true],
  ["arn:aws:s3:::b", "b", undefined],
  ["*", "arn:aws:s3:::b", undefined],
])("%s against %s, part by part: %s", (pattern, arn, expected) => {
  expect(matchesArn(globOf(pattern), arn)).toBe(expected);
});

test("a resource is compared as a whole", () => {
  expect(matchesResource(globOf("arn:aws:*:b/*"), "arn:aws:s3:::b/c:d")).toBe(true);
  expect(matchesResource(literalGlob("arn:aws:s3:::*"), "arn:aws:s3:::b")).toBe(false);
});

test.each([
  ["*", true],
  ["**", false],
  ["?", false],
  ["", false],
])("%j is a lone wildcard: %s", (pattern, lone) => {
  expect(isLoneWildcard(globOf(pattern))).toBe(lone);
  expect(isLoneWildcard(literalGlob(pattern))).toBe(false);
});

test.each([
  ["S3:Get*", "s3:getobject", true],
  ["s3:get*", "S3:GETOBJECT", true],
  ["*", "iam:PassRole", true],
  ["s3:?et*", "s3:GetObject", true],
  ["s3:k", "s3:\u212a", false],
])("%s covers %s: %s", (pattern, action, expected) => {
  expect(matchesAction(pattern, action)).toBe(expected);
});

test.each([
  ["ABC", "abc"],
  ["ABCÄ\u212aDE", "abcÄ\u212ade"],
  ["\u0080A", "\u0080a"],
])("%s in lower case is %s", (text, lower) => {
  expect(lowerCase(text)).toBe(lower);
});

test("a budget lasts until it is overdrawn", () => {
  const budget = { left: 3 };
  expect([spend(budget, 2), spend(budget, 1), spend(budget, 1)]).toEqual([true, true, false]);
  expect(budget.left).toBe(-1);
});
