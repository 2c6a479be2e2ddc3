import { expect, test } from "vitest";
import {
  parseAccountId,
  parseBucketName,
  parseRegion,
  partitionOf,
  type ResourceRef,
  resourceId,
  resourceName,
  s3Arn,
} from "./ref.ts";

test.each(["000000000001", "111122223333"])("%s is an account id", (text) => {
  expect(parseAccountId(text, "here")).toBe(text);
});

test.each(["", "11112222333", "1111222233334", "1111-2222-3333", "11112222333x", "١١١١٢٢٢٢٣٣٣٣"])(
  "%j is not an account id",
  (text) => {
    expect(() => parseAccountId(text, "here")).toThrow(
      `here: ${JSON.stringify(text)} is not an AWS account id. Give the twelve digits, with leading zeros and without hyphens.`,
    );
  },
);

test.each([
  ["us-east-1", "aws"],
  ["ap-southeast-7", "aws"],
  ["mx-central-1", "aws"],
  ["cn-northwest-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["eusc-de-east-1", "aws-eusc"],
])("%s is a region of the partition %s", (text, partition) => {
  const region = parseRegion(text, "here");
  expect(region).toBe(text);
  expect(partitionOf(region)).toBe(partition);
  expect(s3Arn(region, "b/*")).toBe(`arn:${partition}:s3:::b/*`);
});

test.each(["", "EU", "us-east", "us-east-1a", "US-EAST-1", "us_east_1", "us-east-1\n"])(
  "%j is not a region",
  (text) => {
    expect(() => parseRegion(text, "here")).toThrow(
      `here: ${JSON.stringify(text)} is not an AWS Region. Give a Region code such as eu-west-1.`,
    );
  },
);

test.each(["abc", "a.b-c", "My_Legacy_Bucket", "x".repeat(63), "x".repeat(255), "123"])(
  "%s is a bucket name",
  (text) => {
    expect(parseBucketName(text, "here")).toBe(text);
  },
);

test.each([
  "",
  "ab",
  "x".repeat(256),
  "a/b",
  "s3://abc",
  "arn:aws:s3:::abc",
  "a b",
  "abc\n",
  "ä-b",
])("%j is not a bucket name", (text) => {
  expect(() => parseBucketName(text, "here")).toThrow(
    `here: ${JSON.stringify(text)} is not a bucket name. Give the name alone, without s3:// and without an ARN prefix.`,
  );
});

// Before 2018 us-east-1 took any mix of these characters, and one refused bucket would end a sweep.
test.each(["_logs_", "-logs", "logs.", "Logs"])("%s is an old bucket name", (text) => {
  expect(parseBucketName(text, "here")).toBe(text);
});

test.each([
  [
    "fast--euw1-az1--x-s3",
    "a directory bucket, which is not judged: it has no versioning, logging, Object Lock or public access block, and its policy speaks of other actions",
  ],
  [
    "arn:aws:s3tables:eu-west-1:111122223333:bucket/orders",
    "a table bucket, which is not judged: it has policies, encryption and maintenance of its own, and no setting of a general purpose bucket",
  ],
])("%s is told to be another kind of bucket", (text, kind) => {
  expect(() => parseBucketName(text, "here")).toThrow(
    `here: "${text}" is ${kind}. Give the name of a general purpose bucket.`,
  );
});

const place = {
  account: parseAccountId("111122223333", "here"),
  region: parseRegion("cn-north-1", "here"),
};

test.each<{ ref: ResourceRef; id: string; name: string }>([
  {
    ref: { kind: "bucket", name: parseBucketName("invoices", "here"), ...place },
    id: "arn:aws-cn:s3:::invoices",
    name: "invoices",
  },
  {
    ref: { kind: "account", ...place },
    id: "AWS::::Account:111122223333",
    name: "account 111122223333",
  },
  {
    ref: { kind: "region", ...place },
    id: "AWS::::Account:111122223333/cn-north-1",
    name: "account 111122223333 in cn-north-1",
  },
])("a $ref.kind is $id for machines and $name for people", ({ ref, id, name }) => {
  expect(resourceId(ref)).toBe(id);
  expect(resourceName(ref)).toBe(name);
});

test("an account is the same wherever calls about it are made, a Region is not", () => {
  const elsewhere = { ...place, region: parseRegion("eu-west-1", "here") };
  expect(resourceId({ kind: "account", ...elsewhere })).toBe(
    resourceId({ kind: "account", ...place }),
  );
  expect(resourceId({ kind: "region", ...elsewhere })).not.toBe(
    resourceId({ kind: "region", ...place }),
  );
});
