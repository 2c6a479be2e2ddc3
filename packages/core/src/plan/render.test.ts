import { expect, test } from "vitest";
import type { PlanStep } from "../model/plan.ts";
import { absent, present } from "../model/reading.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { diffOf } from "./render.ts";

const on: BucketRef = {
  kind: "bucket",
  name: parseBucketName("invoices", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

function policyStep(before: string | undefined, after: string): PlanStep {
  return {
    document: "policy",
    on,
    controls: ["ssl-only"],
    before: before === undefined ? absent : present({ text: before }),
    after: { text: after },
  };
}

test("a policy where none was is all added", () => {
  expect(diffOf(policyStep(undefined, '{"Version":"2012-10-17","Statement":[]}'))).toEqual([
    "+{",
    '+  "Version": "2012-10-17",',
    '+  "Statement": []',
    "+}",
  ]);
});

test("a statement that came shows with three lines around it, however the text was spaced", () => {
  const theirs = { Sid: "Theirs", Effect: "Allow" };
  const ours = { Sid: "Ours", Effect: "Deny" };
  const before = `{ "Version": "2012-10-17",\n"Statement":[${JSON.stringify(theirs)}]}`;
  const after = JSON.stringify({ Version: "2012-10-17", Statement: [theirs, ours] });
  expect(diffOf(policyStep(before, after))).toEqual([
    "     {",
    '       "Sid": "Theirs",',
    '       "Effect": "Allow"',
    "+    },",
    "+    {",
    '+      "Sid": "Ours",',
    '+      "Effect": "Deny"',
    "     }",
    "   ]",
    " }",
  ]);
});

test("a policy that is not JSON is shown as it is", () => {
  expect(diffOf(policyStep("not a policy", "{}"))).toEqual(["-not a policy", "+{}"]);
});

test("an encryption shows the rule as S3 knows it", () => {
  const before = present({
    algorithm: "AES256",
    bucketKeyEnabled: false,
    rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } },
  });
  const after = {
    algorithm: "aws:kms",
    keyId: "k",
    bucketKeyEnabled: true,
    rule: {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "k" },
      BucketKeyEnabled: true,
    },
  };
  const controls = ["default-encryption"];
  expect(diffOf({ document: "encryption", on, controls, before, after })).toEqual([
    " {",
    '   "ApplyServerSideEncryptionByDefault": {',
    '-    "SSEAlgorithm": "AES256"',
    "-  }",
    '+    "SSEAlgorithm": "aws:kms",',
    '+    "KMSMasterKeyID": "k"',
    "+  },",
    '+  "BucketKeyEnabled": true',
    " }",
  ]);
});

test("a logging shows the members as S3 knows them", () => {
  const after = {
    targetBucket: "logs",
    targetPrefix: "invoices/",
    enabled: { TargetBucket: "logs", TargetPrefix: "invoices/" },
  };
  const controls = ["access-logging"];
  expect(diffOf({ document: "logging", on, controls, before: absent, after })).toEqual([
    "+{",
    '+  "TargetBucket": "logs",',
    '+  "TargetPrefix": "invoices/"',
    "+}",
  ]);
});

test("a versioning shows its state", () => {
  const before = present({ status: "suspended", mfaDelete: "disabled" } as const);
  const after = { status: "enabled", mfaDelete: "disabled" } as const;
  const controls = ["versioning"];
  expect(diffOf({ document: "versioning", on, controls, before, after })).toEqual([
    " {",
    '-  "status": "suspended",',
    '+  "status": "enabled",',
    '   "mfaDelete": "disabled"',
    " }",
  ]);
});

test("nothing to change is no line", () => {
  expect(diffOf(policyStep('{"Statement":[]}', '{ "Statement": [] }'))).toEqual([]);
});
