import {
  GetBucketPolicyCommand,
  GetObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { bucketReadOf, encodedQuery } from "./bucket-read.ts";

const Bucket = "invoices";
const ExpectedBucketOwner = "111122223333";
const of = { Bucket, ExpectedBucketOwner };

test("a read of a setting is what its address and owner say", () => {
  expect(bucketReadOf(new GetBucketPolicyCommand(of))).toMatchObject({
    bucket: "invoices",
    query: { policy: "" },
    headers: { "x-amz-expected-bucket-owner": "111122223333" },
    operation: { name: "GetBucketPolicy" },
  });
});

test("a list says in its address what is asked for, encoded and sorted as it is signed", () => {
  const range = { StartAfter: "a b/(c)'*!+", Prefix: "ä&=%2F", MaxKeys: 5 };
  const { query = {} } = bucketReadOf(new ListObjectsV2Command({ ...of, ...range })) ?? {};
  expect(encodedQuery(query)).toBe(
    "list-type=2&max-keys=5&prefix=%C3%A4%26%3D%252F&start-after=a%20b%2F%28c%29%27%2A%21%2B",
  );
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
  {
    name: "a list with a header",
    command: new ListObjectsV2Command({ ...of, RequestPayer: "requester" }),
  },
  { name: "a list with a flag", command: new ListObjectsV2Command({ ...of, FetchOwner: true }) },
  { name: "an object", command: new GetObjectCommand({ ...of, Key: "a" }) },
  { name: "a write", command: new PutBucketPolicyCommand({ ...of, Policy: "{}" }) },
])("$name is left to the client", ({ bucket = Bucket, command }) => {
  const read = new GetBucketPolicyCommand({ ...of, Bucket: bucket });
  expect(bucketReadOf(command ?? read)).toBeUndefined();
});
