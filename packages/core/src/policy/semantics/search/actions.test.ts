import { expect, test } from "vitest";
import { includes } from "../../match/pattern.ts";
import type { PatternElement } from "../../syntax/document.ts";
import {
  actionElement,
  actionsOn,
  covers,
  coversAllActions,
  futureActions,
  type Target,
  targetOf,
  tellsActionsApart,
} from "./actions.ts";

const only = (...patterns: readonly string[]): PatternElement => ({ negated: false, patterns });
const not = (...patterns: readonly string[]): PatternElement => ({ negated: true, patterns });

test.each<readonly [PatternElement, boolean]>([
  [only("*"), true],
  [only("S3:*"), true],
  [only("s3:GetObject", "*"), true],
  [only("s3:?*"), false],
  [only(), false],
  [not("iam:*"), true],
  [not("IAM:PassRole", "sqs:*"), true],
  [not("iam:*", "s3:GetObject"), false],
  [not("S3:GetObject"), false],
  [not("s3:"), false],
  [not("s*"), false],
  [not("s?:Get*"), false],
  [not("*"), false],
  [not(), false],
])("%j covers every action of S3, whatever there will be: %s", (element, all) => {
  expect(coversAllActions(element)).toBe(all);
});

test.each<readonly [PatternElement, string, boolean]>([
  [only("s3:Get*"), "s3:GetObject", true],
  [only("s3:Put*", "s3:Get*"), "s3:GetObject", true],
  [only("s3:Put*", "s3:Get*"), "s3:GetWhatIsNew", true],
  [only("s3:Put*"), "s3:GetWhatIsNew", false],
  [only("*"), "s3:GetObject", true],
  [only("S3:*"), "s3:GetObject", true],
  [not("s3:Get*"), "s3:GetObject", false],
  [not("s3:Get*"), "s3:PutObject", true],
  [only(), "s3:GetObject", false],
  [not(), "s3:GetObject", false],
])("%j covers %s: %s", (element, action, expected) => {
  expect(covers(actionElement(element, new Map()), action)).toBe(expected);
});

test.each<readonly [PatternElement, boolean]>([
  [only("s3:Get*"), true],
  [not("s3:GetObject"), true],
  [only("*"), false],
  [only("s3:?*"), false],
  [only("iam:*"), false],
])("%j tells the actions of today apart: %s", (element, expected) => {
  expect(tellsActionsApart(actionElement(element, new Map()))).toBe(expected);
});

test("a pattern is compared with the actions of today only once", () => {
  const coverage = new Map();
  const first = actionElement(only("s3:Get*"), coverage).covered;
  expect(actionElement(only("S3:get*"), coverage).covered).toBe(first);
  expect(actionElement(only("*"), coverage).covered).toBe(
    actionElement(only("s3:*"), coverage).covered,
  );
  expect([...coverage.keys()]).toEqual(["s3:get*"]);
});

test("an action of the future has none of the names that a NotAction spells out", () => {
  const elements = [not("s3:GetObject", "s3:Put*", "s3:?", "s3:\u0000"), only("s3:DeleteObject")];
  const { inside, outside } = futureActions(
    elements.map((element) => actionElement(element, new Map())),
  );
  expect(outside.map((pattern) => includes(pattern, "S3:GETOBJECT"))).toEqual([true, false]);
  expect(inside.map((pattern) => includes(pattern, "s3:AbC"))).toEqual([true]);
});

test("the actions that everybody knows come first", () => {
  expect(actionsOn("object").slice(0, 3)).toEqual([
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
  ]);
  expect(actionsOn("bucket")[0]).toBe("s3:ListBucket");
  expect(new Set(actionsOn("object")).size).toBe(actionsOn("object").length);
});

test.each<readonly [string, Target | undefined]>([
  ["s3:GetObject", "object"],
  ["S3:LISTBUCKET", "bucket"],
  ["s3:ListAllMyBuckets", undefined],
  ["s3:Frobnicate", undefined],
])("%s is an action of %s", (action, target) => {
  expect(targetOf(action)).toBe(target);
});
