import { expect, test } from "vitest";
import { credentialOf } from "./credential.ts";

const read = (headers: Record<string, string>, query = "") =>
  credentialOf({ headers, query: new URLSearchParams(query) });

test("a SigV4 header names key, region and service", () => {
  const authorization =
    "AWS4-HMAC-SHA256 Credential=AKID/20261121/eu-west-1/s3/aws4_request, SignedHeaders=host, Signature=0";
  expect(read({ authorization })).toEqual({
    accessKey: "AKID",
    region: "eu-west-1",
    service: "s3",
    signed: "header",
  });
});

test("a SigV4A header takes its region from the region set", () => {
  const authorization =
    "AWS4-ECDSA-P256-SHA256 Credential=AKID/20261121/s3/aws4_request, SignedHeaders=host, Signature=0";
  expect(read({ authorization, "x-amz-region-set": "us-west-2,*" })).toEqual({
    accessKey: "AKID",
    region: "us-west-2",
    service: "s3",
    signed: "header",
  });
});

test("a presigned query counts as signed", () => {
  expect(read({}, "X-Amz-Credential=AKID%2F20261121%2Fus-east-1%2Fs3%2Faws4_request")).toEqual({
    accessKey: "AKID",
    region: "us-east-1",
    service: "s3",
    signed: "query",
  });
});

test("a SigV2 presigned query has a key only", () => {
  expect(read({}, "AWSAccessKeyId=AKID&Signature=x&Expires=1")).toEqual({
    accessKey: "AKID",
    region: undefined,
    service: "s3",
    signed: "query",
  });
});

test("nothing signed is anonymous", () => {
  expect(read({})).toBeUndefined();
});
