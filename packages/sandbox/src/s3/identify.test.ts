import { expect, test } from "vitest";
import { identifyS3 } from "./identify.ts";

function identify(line: string, headers: Record<string, string> = {}) {
  const [method = "", url = ""] = line.split(" ");
  const [path = "", search = ""] = url.split("?");
  return identifyS3({
    method,
    path,
    query: new URLSearchParams(search),
    headers: { host: "127.0.0.1:4566", ...headers },
    body: Buffer.alloc(0),
    sourceIp: "127.0.0.1",
  });
}

const cases: readonly [string, string, string | undefined, boolean][] = [
  ["GET /?x-id=ListBuckets", "ListBuckets", undefined, false],
  ["PUT /b", "CreateBucket", "b", true],
  ["PUT /b/", "CreateBucket", "b", true],
  ["DELETE /b", "DeleteBucket", "b", true],
  ["HEAD /b", "HeadBucket", "b", false],
  ["GET /b?list-type=2&prefix=a&delimiter=/", "ListObjectsV2", "b", false],
  ["GET /b?prefix=a", "ListObjects", "b", false],
  ["GET /b?policy", "GetBucketPolicy", "b", false],
  ["PUT /b?policy=", "PutBucketPolicy", "b", true],
  ["DELETE /b?policy", "DeleteBucketPolicy", "b", true],
  ["GET /b?policyStatus", "GetBucketPolicyStatus", "b", false],
  ["GET /b?location", "GetBucketLocation", "b", false],
  ["PUT /b?object-lock", "PutObjectLockConfiguration", "b", true],
  ["DELETE /b?logging", "DELETE bucket?logging", "b", true],
  ["GET /b?inventory", "ListBucketInventoryConfigurations", "b", false],
  ["GET /b?inventory&id=x", "GetBucketInventoryConfiguration", "b", false],
  ["PUT /b?intelligent-tiering&id=x", "PutBucketIntelligentTieringConfiguration", "b", true],
  ["GET /b?versions", "GET bucket?versions", "b", false],
  ["POST /b?delete", "POST bucket?delete", "b", true],
  ["GET /b/k/l?x-id=GetObject", "GetObject", "b", false],
  ["PUT /b/k?tagging", "PUT object?tagging", "b", true],
  ["GET /b/k?X-Amz-Credential=a&X-Amz-Signature=s", "GetObject", "b", false],
  ["GET /b/k?AWSAccessKeyId=a&Signature=s&Expires=1", "GetObject", "b", false],
];

test.each(cases)("%s is %s", (line, operation, bucket, write) => {
  expect(identify(line)).toEqual({ operation, write, ...(bucket === undefined ? {} : { bucket }) });
});

test("the bucket may stand in the host", () => {
  const host = "b.with.dots.localhost:4566";
  expect(identify("GET /?policy", { host })).toEqual({
    operation: "GetBucketPolicy",
    bucket: "b.with.dots",
    write: false,
  });
  expect(identify("GET /key", { host: "b.s3.eu-west-1.amazonaws.com" }).operation).toBe(
    "GetObject",
  );
});

test("a copy is not a Put", () => {
  expect(identify("PUT /b/k", { "x-amz-copy-source": "/a/k" }).operation).toBe("CopyObject");
});
