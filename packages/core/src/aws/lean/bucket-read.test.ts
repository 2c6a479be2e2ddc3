import {
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { bucketReadOf } from "./bucket-read.ts";

const Bucket = "invoices";
const ExpectedBucketOwner = "111122223333";
const of = { Bucket, ExpectedBucketOwner };

test("a read of a setting is what its address and owner say", () => {
  expect(bucketReadOf(new GetBucketPolicyCommand(of))).toMatchObject({
    bucket: "invoices",
    part: "policy",
    headers: { "x-amz-expected-bucket-owner": "111122223333" },
    operation: { name: "GetBucketPolicy" },
  });
});

test.each(["a.b-c", "My_Bucket", "123"])("%s may stand in a URL as it is", (name) => {
  const command = new GetBucketPolicyCommand({ ...of, Bucket: name });
  expect(bucketReadOf(command)?.bucket).toBe(name);
});

test.each([
  { name: "no owner", command: new GetBucketPolicyCommand({ Bucket }) },
  { name: "a directory bucket", bucket: "invoices--use1-az4--x-s3" },
  { name: "an access point", bucket: "arn:aws:s3:us-east-1:111122223333:accesspoint/a" },
  { name: "a name that leads elsewhere", bucket: "../invoices" },
  { name: "no bucket", command: new ListBucketsCommand({}) },
  { name: "a list", command: new ListObjectsV2Command(of) },
  { name: "an object", command: new GetObjectCommand({ ...of, Key: "a" }) },
  { name: "a write", command: new PutBucketPolicyCommand({ ...of, Policy: "{}" }) },
])("$name is left to the client", ({ bucket = Bucket, command }) => {
  const read = new GetBucketPolicyCommand({ ...of, Bucket: bucket });
  expect(bucketReadOf(command ?? read)).toBeUndefined();
});
