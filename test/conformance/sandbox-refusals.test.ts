import {
  CreateBucketCommand,
  DeleteBucketCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { refusal, sandboxForTests } from "./sandbox-clients.ts";
import { dublin, freshBucket, policyWith, putPolicy, s3, stranger } from "./sandbox-s3.ts";

sandboxForTests();

const refused: readonly [string, number, string, (Bucket: string) => Promise<unknown>][] = [
  [
    "NotFound",
    404,
    "a HEAD of a bucket that is not there",
    (b) => s3().send(new HeadBucketCommand({ Bucket: `${b}-no` })),
  ],
  [
    "NoSuchBucket",
    404,
    "a bucket that is not there",
    (b) => s3().send(new GetBucketPolicyCommand({ Bucket: `${b}-no` })),
  ],
  [
    "InvalidBucketName",
    400,
    "a name with capitals",
    () => s3().send(new CreateBucketCommand({ Bucket: "No-Capitals" })),
  ],
  [
    "BucketAlreadyExists",
    409,
    "a name that another account has",
    (Bucket) => stranger().send(new CreateBucketCommand({ Bucket })),
  ],
  [
    "IllegalLocationConstraintException",
    400,
    "a bucket of another region than the endpoint's",
    (b) =>
      dublin().send(
        new CreateBucketCommand({
          Bucket: `${b}-x`,
          CreateBucketConfiguration: { LocationConstraint: "eu-central-1" },
        }),
      ),
  ],
  [
    "InvalidLocationConstraint",
    400,
    "us-east-1 as a constraint",
    // The type of the SDK does not list it, because it is wrong.
    (b) =>
      s3().send(
        new CreateBucketCommand({
          Bucket: `${b}-x`,
          CreateBucketConfiguration: JSON.parse('{"LocationConstraint":"us-east-1"}'),
        }),
      ),
  ],
  [
    "InvalidBucketAclWithObjectOwnership",
    400,
    "a new bucket with an ACL but ACLs off",
    (b) => s3().send(new CreateBucketCommand({ Bucket: `${b}-x`, ACL: "public-read" })),
  ],
  [
    "InvalidBucketAclWithBlockPublicAccessError",
    400,
    "a new bucket with a public ACL",
    (b) =>
      s3().send(
        new CreateBucketCommand({
          Bucket: `${b}-x`,
          ACL: "public-read",
          ObjectOwnership: "ObjectWriter",
        }),
      ),
  ],
  [
    "BucketNotEmpty",
    409,
    "deleting a bucket with an object",
    async (Bucket) => {
      await s3().send(new PutObjectCommand({ Bucket, Key: "k", Body: "v" }));
      return s3().send(new DeleteBucketCommand({ Bucket }));
    },
  ],
  [
    "NoSuchKey",
    404,
    "an object that is not there",
    (Bucket) => s3().send(new GetObjectCommand({ Bucket, Key: "no" })),
  ],
  [
    "AccessDenied",
    403,
    "another expected owner",
    (Bucket) =>
      s3().send(new GetBucketPolicyCommand({ Bucket, ExpectedBucketOwner: "999999999999" })),
  ],
  [
    "InvalidBucketOwnerAWSAccountID",
    400,
    "an expected owner that is no account id",
    (Bucket) => s3().send(new GetBucketPolicyCommand({ Bucket, ExpectedBucketOwner: "me" })),
  ],
  [
    "MethodNotAllowed",
    405,
    "the policy read by another account",
    (Bucket) => stranger().send(new GetBucketPolicyCommand({ Bucket })),
  ],
  [
    "MethodNotAllowed",
    405,
    "the policy written by another account",
    (Bucket) => stranger().send(new PutBucketPolicyCommand({ Bucket, Policy: "{}" })),
  ],
  [
    "AccessDenied",
    403,
    "other configuration read by another account",
    (Bucket) => stranger().send(new GetBucketLoggingCommand({ Bucket })),
  ],
  [
    "PermanentRedirect",
    301,
    "a call in the wrong region",
    (Bucket) => dublin().send(new GetBucketPolicyCommand({ Bucket })),
  ],
  [
    "NotImplemented",
    501,
    "an operation that the sandbox lacks",
    (Bucket) => s3().send(new ListObjectVersionsCommand({ Bucket })),
  ],

  ["MalformedPolicy", 400, "a policy that is not JSON", (b) => putPolicy(b, "Deny all")],
  [
    "MalformedPolicy",
    400,
    "a policy that does not begin with a brace",
    (b) => putPolicy(b, ` ${policyWith(b, {})}`),
  ],
  [
    "MalformedPolicy",
    400,
    "a policy without statements",
    (b) => putPolicy(b, '{"Version":"2012-10-17"}'),
  ],
  [
    "MalformedPolicy",
    400,
    "an effect in lower case",
    (b) => putPolicy(b, policyWith(b, { Effect: "deny" })),
  ],
  [
    "MalformedPolicy",
    400,
    "a misspelt element",
    (b) => putPolicy(b, policyWith(b, { Conditions: {} })),
  ],
  [
    "MalformedPolicy",
    400,
    "a deleted role's id",
    (b) => putPolicy(b, policyWith(b, { Principal: { AWS: "AROAEXAMPLEEXAMPLE" } })),
  ],
  [
    "MalformedPolicy",
    400,
    "a deleted user's id",
    (b) => putPolicy(b, policyWith(b, { Principal: { AWS: ["AIDAEXAMPLEEXAMPLE"] } })),
  ],
  [
    "MalformedPolicy",
    400,
    "another bucket's resource",
    (b) => putPolicy(b, policyWith(b, { Resource: "arn:aws:s3:::other/*" })),
  ],
  [
    "MalformedPolicy",
    400,
    "another service's action",
    (b) => putPolicy(b, policyWith(b, { Action: "ec2:RunInstances" })),
  ],
  [
    "MalformedPolicy",
    400,
    "more than 20 KB",
    (b) =>
      putPolicy(
        b,
        policyWith(b, {
          Resource: Array.from({ length: 900 }, (_, i) => `arn:aws:s3:::${b}/${i}/*`),
        }),
      ),
  ],
  [
    "AccessDenied",
    403,
    "a public policy under BlockPublicPolicy",
    (b) =>
      putPolicy(
        b,
        policyWith(b, {
          Effect: "Allow",
          Action: "s3:GetObject",
          Resource: `arn:aws:s3:::${b}/*`,
          Condition: undefined,
        }),
      ),
  ],
];

test.each(refused)("%s (%i) answers %s", async (name, status, _title, act) => {
  expect(await refusal(act(await freshBucket()))).toEqual({ name, status });
});
