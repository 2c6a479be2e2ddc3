import { expect, test } from "vitest";
import {
  asking,
  compliant,
  deny,
  drift,
  type Enforce,
  judgeUnder,
  keyId,
  kms,
  noOwnKeys,
  notKms,
  object,
  otherKey,
  ours,
  put,
  sse,
} from "../../../../test/controls/kms-statements.ts";
import { keyArn, policyOf } from "../../../../test/controls/readings.ts";

test.each<{ enforce: Enforce; form: string; statements: readonly object[] }>([
  { enforce: "header-optional", form: "our own words", statements: ours["header-optional"] },
  { enforce: "header-required", form: "our own words", statements: ours["header-required"] },
  { enforce: "key-pinned", form: "our own words", statements: ours["key-pinned"] },
  {
    enforce: "header-optional",
    form: "K3b, every action",
    statements: [{ ...deny(notKms), Action: "s3:*" }, noOwnKeys],
  },
  {
    enforce: "header-optional",
    form: "K1, which denies more than was asked",
    statements: [deny({ StringNotEquals: { [sse]: "aws:kms" } })],
  },
  {
    enforce: "header-required",
    form: "K1, which denies DSSE as well",
    statements: [deny({ StringNotEquals: { [sse]: "aws:kms" } })],
  },
  {
    enforce: "header-optional",
    form: "K6, a key id on everything",
    statements: [deny({ Null: { [keyId]: true } })],
  },
  {
    enforce: "header-required",
    form: "K8, by a pattern",
    statements: [deny({ StringNotLike: { [sse]: "aws:kms*" } })],
  },
  {
    enforce: "key-pinned",
    form: "K7, by the ARN of the key",
    statements: [deny({ ArnNotEqualsIfExists: { [keyId]: keyArn } })],
  },
])("under $enforce $form is compliant", ({ enforce, statements }) => {
  expect(judgeUnder(enforce, policyOf(...statements))).toEqual(compliant(enforce));
});

test.each<{ enforce: Enforce; form: string; statements: readonly object[]; witness: string }>([
  {
    enforce: "header-optional",
    form: "K3 lets SSE-C pass",
    statements: [deny(notKms)],
    witness: `${put} with a key of its own (SSE-C)`,
  },
  {
    enforce: "header-optional",
    form: "K4 lets AES256 pass",
    statements: [deny({ Null: { [sse]: "true" } })],
    witness: `${put} ${asking}`,
  },
  {
    enforce: "header-optional",
    form: "K5 denies AES256 and nothing else",
    statements: [deny({ StringEquals: { [sse]: "AES256" } })],
    witness: `${put} ${asking}`,
  },
  {
    enforce: "header-optional",
    form: "K9 looks at key ids that are named",
    statements: [deny({ Null: { [keyId]: "false" }, StringNotEquals: { [keyId]: keyArn } })],
    witness: `${put} ${asking}`,
  },
  {
    enforce: "header-optional",
    form: "K10 speaks of the bucket, where nothing is put",
    statements: [
      { ...deny({ StringNotEquals: { [sse]: "aws:kms" } }), Resource: "arn:aws:s3:::invoices" },
    ],
    witness: `${put} ${asking}`,
  },
  {
    enforce: "header-optional",
    form: "K12 does not see SSE-C",
    statements: [deny({ "ForAnyValue:StringNotEquals": { [sse]: kms } })],
    witness: `${put} with a key of its own (SSE-C)`,
  },
  {
    enforce: "header-optional",
    form: "s3:PutObject alone forgets replication",
    statements: [{ ...deny({ StringNotEquals: { [sse]: "aws:kms" } }), Action: "s3:PutObject" }],
    witness: `anonymous may call s3:ReplicateObject on ${object} ${asking}`,
  },
  {
    enforce: "header-optional",
    form: "our Sid on an Allow means nothing",
    statements: [{ ...ours["header-optional"][0], Effect: "Allow" }, ours["header-optional"][1]],
    witness: `${put} ${asking}`,
  },
  {
    enforce: "header-optional",
    form: "the name of the header is no condition key",
    statements: [deny({ StringEquals: { "x-amz-server-side-encryption": "AES256" } }), noOwnKeys],
    witness: `${put} ${asking}`,
  },
  {
    enforce: "header-optional",
    form: "the stricter mode spares AWS services",
    statements: ours["header-required"],
    witness: `the AWS service logging.s3.amazonaws.com may call s3:PutObject on ${object} ${asking}`,
  },
  {
    enforce: "header-required",
    form: "an upload without header is open",
    statements: ours["header-optional"],
    witness: `${put} without naming an encryption`,
  },
  {
    enforce: "key-pinned",
    form: "any key will do",
    statements: ours["header-required"],
    witness: `${put} with another KMS key, with ${sse} = aws:kms`,
  },
  {
    enforce: "key-pinned",
    form: "another key is pinned",
    statements: [deny({ StringNotEquals: { [keyId]: otherKey } })],
    witness: `${put} with another KMS key`,
  },
])("under $enforce $form: drift", ({ enforce, statements, witness }) => {
  expect(judgeUnder(enforce, policyOf(...statements))).toEqual(drift(enforce, witness));
});
