import { expect, test } from "vitest";
import { actionsMatching, s3Actions } from "./s3-actions.ts";

test("the universe has the counts of the Service Authorization Reference", () => {
  const counts = Object.groupBy(s3Actions, (action) => action.appliesTo);
  expect(counts.bucket?.length).toBe(62);
  expect(counts.object?.length).toBe(44);
});

test("no action is listed twice", () => {
  expect(new Set(s3Actions.map((action) => action.name)).size).toBe(s3Actions.length);
});

test.each([
  ["s3:ListBucket", "bucket"],
  ["s3:GetObject", "object"],
  ["s3:UpdateObjectEncryption", "object"],
  ["s3:PutBucketAbac", "bucket"],
  ["s3:AllowVendedLogDeliveryForResource", "bucket"],
  ["s3:ListAllMyBuckets", "neither"],
])("%s applies to %s", (name, appliesTo) => {
  expect(s3Actions.find((action) => action.name === name)).toEqual({ name, appliesTo });
});

test.each([
  ["S3:getobject", ["s3:GetObject"]],
  ["s3:GetBucketPolicy*", ["s3:GetBucketPolicy", "s3:GetBucketPolicyStatus"]],
  ["s3:GetObjec", []],
  ["s3:??tObject", ["s3:GetObject", "s3:PutObject"]],
  ["iam:*", []],
])("%s covers %j", (pattern, names) => {
  expect(actionsMatching(pattern).map((action) => action.name)).toEqual(names);
});

test.each(["*", "s3:*", "S3:*", "*:*"])("%s covers every action", (pattern) => {
  expect(actionsMatching(pattern)).toEqual(s3Actions);
});
