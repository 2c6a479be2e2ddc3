import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

const names = ["s3:PutObject", "s3:GetObject", "s3:PutObjectAcl", "Version", "Id"];

test.each([
  ["s3:PutOject", "s3:PutObject"],
  ["s3:PutObejct", "s3:PutObject"],
  ["S3:GETOBJECT", "s3:GetObject"],
  ["s3:PutObjectAlc", "s3:PutObjectAcl"],
  ["version", "Version"],
  ["Versions", "Version"],
  ["Ix", undefined],
  ["iam:PassRole", undefined],
  ["", undefined],
  ["s3:PutObject".repeat(20), undefined],
])("%s was meant to be %s", (name, expected) => {
  expect(nearest(name, names)).toBe(expected);
});

test("two letters changed round are one mistake, two wrong letters are two", () => {
  expect(nearest("abcd", ["badc", "abdc"])).toBe("abdc");
  expect(nearest("abcd", ["xycd"])).toBeUndefined();
});
