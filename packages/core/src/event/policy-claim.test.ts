import { expect, test } from "vitest";
import { policyClaimIn } from "./policy-claim.ts";

const policy = { Version: "2012-10-17", Statement: [{ Effect: "Deny", Sid: "A" }] };

test.each<{ name: string; eventName: string; bucketPolicy?: unknown; claim: unknown }>([
  {
    name: "a put shows the policy as an object",
    eventName: "PutBucketPolicy",
    bucketPolicy: policy,
    claim: { kind: "put", text: JSON.stringify(policy) },
  },
  { name: "a put without it", eventName: "PutBucketPolicy", claim: { kind: "unseen" } },
  {
    name: "a put that shows a text",
    eventName: "PutBucketPolicy",
    bucketPolicy: JSON.stringify(policy),
    claim: { kind: "unseen" },
  },
  {
    name: "a put that shows a list",
    eventName: "PutBucketPolicy",
    bucketPolicy: [policy],
    claim: { kind: "unseen" },
  },
  {
    name: "a put that shows null",
    eventName: "PutBucketPolicy",
    bucketPolicy: null,
    claim: { kind: "unseen" },
  },
  { name: "a delete", eventName: "DeleteBucketPolicy", claim: { kind: "removed" } },
  {
    name: "another call",
    eventName: "PutBucketLogging",
    bucketPolicy: policy,
    claim: undefined,
  },
])("$name", ({ eventName, bucketPolicy, claim }) => {
  expect(policyClaimIn({ eventName, requestParameters: { bucketPolicy } }).claim).toEqual(claim);
});

test("a put whose parameters CloudTrail left out", () => {
  const left = { eventName: "PutBucketPolicy", requestParameters: null };
  expect(policyClaimIn(left)).toEqual({ claim: { kind: "unseen" } });
});
