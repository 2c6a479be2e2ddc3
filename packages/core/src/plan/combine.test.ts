import { expect, test } from "vitest";
import type { Intent } from "../model/intent.ts";
import { absent, present } from "../model/reading.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { guarantee, type OwnStatement } from "../policy/index.ts";
import { combine } from "./combine.ts";

const on: BucketRef = {
  kind: "bucket",
  name: parseBucketName("invoices", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

const keyId = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001";
const where = { bucket: "invoices", partition: "aws" };
const ssl: Intent = {
  document: "policy",
  kind: "ensure-guarantee",
  guarantee: guarantee("ssl-only", {}, where),
};
const kms: Intent = {
  document: "policy",
  kind: "ensure-guarantee",
  guarantee: guarantee("kms-enforcement", { mode: "header-optional" }, where),
};
const grantStatement: OwnStatement = {
  Sid: "BucketWardenLogDelivery",
  Effect: "Allow",
  Principal: { Service: "logging.s3.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::invoices/*",
};
const grant: Intent = {
  document: "policy",
  kind: "ensure-statement",
  statement: grantStatement,
};
const encrypt: Intent = {
  document: "encryption",
  kind: "set-default-encryption",
  algorithm: "aws:kms",
  keyId,
  bucketKeyEnabled: true,
};
const log: Intent = {
  document: "logging",
  kind: "enable-logging",
  targetBucket: "logs",
  targetPrefix: "invoices/",
};
const version: Intent = { document: "versioning", kind: "enable-versioning" };

const theirs = `{ "Sid": "Theirs", "Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:role/app"},
   "Action": [ "s3:GetObject" ], "Resource": "arn:aws:s3:::invoices/*" }`;
const policyText = `{"Id":"x","Version":"2008-10-17","Statement":[${theirs}]}`;
const encryption = present({
  algorithm: "AES256",
  bucketKeyEnabled: false,
  blockedEncryptionTypes: ["SSE-C"],
  rule: {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
    BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
  },
});
const suspended = present({ status: "suspended", mfaDelete: "disabled" } as const);
const readings = {
  policy: present({ text: policyText }),
  encryption,
  logging: absent,
  versioning: suspended,
};

test("nothing to wish is nothing to write", () => {
  expect(combine([], readings, on)).toEqual({ steps: [], refused: [] });
});

test("each document is written once, encryption before the policy that relies on it", () => {
  const wishes = [
    { control: "access-logging", intent: log },
    { control: "versioning", intent: version },
    { control: "ssl-only", intent: ssl },
    { control: "kms-enforcement", intent: kms },
    { control: "default-encryption", intent: encrypt },
  ];
  const { steps, refused } = combine(wishes, readings, on);
  expect(refused).toEqual([]);
  expect(steps).toEqual([
    {
      document: "encryption",
      on,
      controls: ["default-encryption"],
      before: encryption,
      after: {
        algorithm: "aws:kms",
        keyId,
        bucketKeyEnabled: true,
        blockedEncryptionTypes: ["SSE-C"],
        rule: {
          ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyId },
          BucketKeyEnabled: true,
          BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
        },
      },
    },
    {
      document: "policy",
      on,
      controls: ["ssl-only", "kms-enforcement"],
      before: readings.policy,
      after: { text: expect.any(String) },
    },
    {
      document: "versioning",
      on,
      controls: ["versioning"],
      before: suspended,
      after: { status: "enabled", mfaDelete: "disabled" },
    },
    {
      document: "logging",
      on,
      controls: ["access-logging"],
      before: absent,
      after: {
        targetBucket: "logs",
        targetPrefix: "invoices/",
        enabled: { TargetBucket: "logs", TargetPrefix: "invoices/" },
      },
    },
  ]);
});

/** The policy that the only step writes. */
function policyAfter(wishes: readonly { control: string; intent: Intent }[], before?: string) {
  const policy = before === undefined ? absent : present({ text: before });
  const { steps, refused } = combine(wishes, { policy }, on);
  const [step] = steps;
  if (step?.document !== "policy") throw new Error("no policy step");
  return { text: step.after.text, controls: step.controls, refused };
}

test("the statements of others stay first, byte for byte, with their Version", () => {
  const { text } = policyAfter(
    [
      { control: "ssl-only", intent: ssl },
      { control: "access-logging", intent: grant },
    ],
    policyText,
  );
  expect(text.startsWith(policyText.slice(0, -2))).toBe(true);
  const { Version, Id, Statement } = JSON.parse(text);
  expect({ Version, Id }).toEqual({ Version: "2008-10-17", Id: "x" });
  expect(Statement).toEqual([
    JSON.parse(theirs),
    expect.objectContaining({ Effect: "Deny", Sid: "BucketWardenSslOnly" }),
    grantStatement,
  ]);
});

test("a bucket without a policy gets one that holds only our statements", () => {
  const { text, controls } = policyAfter([{ control: "ssl-only", intent: ssl }]);
  expect(JSON.parse(text)).toEqual({
    Version: "2012-10-17",
    Statement: [expect.objectContaining({ Sid: "BucketWardenSslOnly" })],
  });
  expect(controls).toEqual(["ssl-only"]);
});

test("what the policy says already, in whatever words, is not written", () => {
  const { text } = policyAfter([{ control: "ssl-only", intent: ssl }], policyText);
  const policy = present({ text });
  const again = combine([{ control: "ssl-only", intent: ssl }], { policy }, on);
  expect(again).toEqual({ steps: [], refused: [] });
});

test("a wish that an earlier wish has met keeps its control on the write", () => {
  const twice = [
    { control: "ssl-only", intent: ssl },
    { control: "ssl-again", intent: ssl },
  ];
  const { text, controls, refused } = policyAfter(twice, policyText);
  expect({ controls, refused }).toEqual({ controls: ["ssl-only", "ssl-again"], refused: [] });
  expect(text).toBe(policyAfter(twice.slice(0, 1), policyText).text);
});

test("a wish that was met before anything was written is not on the write", () => {
  const { text: ruled } = policyAfter([{ control: "ssl-only", intent: ssl }], policyText);
  const wishes = [
    { control: "ssl-only", intent: ssl },
    { control: "access-logging", intent: grant },
  ];
  expect(policyAfter(wishes, ruled).controls).toEqual(["access-logging"]);
});

test("a wish that is refused is not on the write of the others", () => {
  const tooLong: Intent = {
    document: "policy",
    kind: "ensure-statement",
    statement: { ...grantStatement, Resource: `arn:aws:s3:::invoices/${"x".repeat(20_480)}` },
  };
  const { controls, refused } = policyAfter(
    [
      { control: "ssl-only", intent: ssl },
      { control: "access-logging", intent: tooLong },
    ],
    policyText,
  );
  expect(controls).toEqual(["ssl-only"]);
  expect(refused.map(({ control, kind }) => [control, kind])).toEqual([
    ["access-logging", "blocked"],
  ]);
});

const broken = '{"Version":"2012-10-17","Statement":[{"Effect":"deny"}]}';

test("a policy that IAM does not define is refused for each control, and left alone", () => {
  const wishes = [
    { control: "ssl-only", intent: ssl },
    { control: "access-logging", intent: grant },
  ];
  const refusal = (control: string) => ({
    control,
    kind: "blocked",
    why: expect.any(String),
    next: expect.any(String),
  });
  expect(combine(wishes, { policy: present({ text: broken }) }, on)).toEqual({
    steps: [],
    refused: [refusal("ssl-only"), refusal("access-logging")],
  });
});

const unreadable = { state: "unknown", reason: "denied", detail: "AccessDenied" } as const;

const perDocument = [
  { document: "policy", intents: [ssl, kms] },
  { document: "encryption", intents: [encrypt] },
  { document: "logging", intents: [log] },
  { document: "versioning", intents: [version] },
];

function wishesOf(intents: readonly Intent[]) {
  return intents.map((intent, index) => ({ control: `control-${index}`, intent }));
}

test.each(perDocument)("an unread $document is not written, and each control hears why", (row) => {
  const { document, intents } = row;
  const wishes = wishesOf(intents);
  const refused = wishes.map(({ control }) => ({
    control,
    kind: "blocked",
    why: `the present ${document} could not be read, so a write could lose something`,
    next: `needs the ${document} to be readable`,
  }));
  const unread = { ...readings, [document]: unreadable };
  expect(combine(wishes, unread, on)).toEqual({ steps: [], refused });
  const { [document as keyof typeof readings]: _, ...unasked } = readings;
  expect(combine(wishes, unasked, on)).toEqual({ steps: [], refused });
});

test.each(perDocument)("a $document that could not be read may pass, unless denied", (row) => {
  const { document, intents } = row;
  const passingOf = (reason: "denied" | "throttled" | "failed" | "gone") => {
    const unread = { ...readings, [document]: { state: "unknown", reason, detail: "" } };
    return combine(wishesOf(intents), unread, on).refused.map(({ passing }) => passing);
  };
  expect(passingOf("throttled")).toEqual(intents.map(() => true));
  expect(passingOf("failed")).toEqual(intents.map(() => true));
  expect(passingOf("gone")).toEqual(intents.map(() => true));
  expect(passingOf("denied")).toEqual(intents.map(() => undefined));
});

test("an unread document does not hold up the others", () => {
  const wishes = [
    { control: "ssl-only", intent: ssl },
    { control: "versioning", intent: version },
  ];
  const { steps, refused } = combine(wishes, { ...readings, policy: unreadable }, on);
  expect(steps.map(({ document }) => document)).toEqual(["versioning"]);
  expect(refused.map(({ control }) => control)).toEqual(["ssl-only"]);
});
