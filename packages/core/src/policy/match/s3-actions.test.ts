import { expect, test } from "vitest";
import { s3Actions } from "./s3-actions.ts";

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
