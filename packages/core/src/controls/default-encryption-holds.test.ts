import { expect, test } from "vitest";
import {
  automatic,
  bareId,
  compliant,
  drift,
  dsse,
  kms,
  off,
  otherArn,
  readingsOf,
} from "../../../../test/controls/encryption.ts";
import {
  aliasArn,
  bucket,
  encryptionOf,
  judge,
  keyArn,
  keyOf,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Encryption, KeyState } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Allowance, Assessment } from "../model/verdict.ts";
import { defaultEncryption } from "./default-encryption.ts";

const wrongKind = (kind: string) => `is of kind ${kind}, and S3 needs a symmetric encryption key`;
const farArn = keyArn.replace("eu-west-1", "us-east-1");

const unusable: readonly { name: string; key: Known<KeyState>; why: string; keyId?: string }[] = [
  { name: "is missing", key: absent, why: "does not exist" },
  { name: "is disabled", key: keyOf({ state: "Disabled" }), why: "is in state Disabled" },
  {
    name: "is about to be deleted",
    key: keyOf({ state: "PendingDeletion" }),
    why: "is in state PendingDeletion",
  },
  {
    name: "has a day on which it is deleted",
    key: keyOf({ state: "PendingDeletion", deletesAt: "2026-12-24T08:00:00.000Z" }),
    why: "is in state PendingDeletion, to be deleted at 2026-12-24T08:00:00.000Z",
  },
  {
    name: "waits for its material",
    key: keyOf({ state: "PendingImport" }),
    why: "is in state PendingImport",
  },
  {
    name: "signs",
    key: keyOf({ usage: "SIGN_VERIFY", spec: "RSA_2048" }),
    why: wrongKind("SIGN_VERIFY/RSA_2048"),
  },
  {
    name: "is symmetric and for other things",
    key: keyOf({ usage: "KEY_AGREEMENT" }),
    why: wrongKind("KEY_AGREEMENT/SYMMETRIC_DEFAULT"),
  },
  {
    name: "is asymmetric",
    key: keyOf({ spec: "RSA_4096" }),
    why: wrongKind("ENCRYPT_DECRYPT/RSA_4096"),
  },
  {
    name: "makes codes",
    key: keyOf({ usage: "GENERATE_VERIFY_MAC", spec: "HMAC_256" }),
    why: wrongKind("GENERATE_VERIFY_MAC/HMAC_256"),
  },
  {
    name: "is elsewhere",
    key: keyOf({ arn: farArn }),
    why: `lives in another region than the bucket (${farArn})`,
    keyId: farArn,
  },
];

test.each(unusable)("a key that $name is never written into a bucket", ({ key, why, keyId }) => {
  const readings = readingsOf(encryptionOf("AES256"), key);
  const needs = `a usable key at ${aliasArn}`;
  const held = { why: `the key of the baseline ${why}` };
  const summary = "default encryption is AES256, not SSE-KMS";
  const set = {
    document: "encryption",
    kind: "set-default-encryption",
    algorithm: "aws:kms",
    keyId: keyId ?? keyArn,
    bucketKeyEnabled: true,
  } as const;
  const expected: Assessment = {
    kind: "drift",
    summary,
    allowance: { mode: "blocked", ...held, needs },
    intents: key.state === "absent" ? [] : [set],
  };
  expect(judge(defaultEncryption, readings)).toEqual(expected);
  expect(repair(defaultEncryption, readings, { asked: true })).toEqual({
    written: [],
    held: [{ control: "default-encryption", kind: "blocked", ...held, next: `needs ${needs}` }],
    later: expected,
    writtenAgain: [],
  });
});

const broken = unusable.filter(({ key }) => key.state === "present");

test.each(broken)("the right key that $name is drift, and there is nothing to write", (row) => {
  const { key, keyId, why } = row;
  const readings = readingsOf(kms(keyId ?? keyArn), key);
  const held = { why: `the key of the baseline ${why}` };
  const needs = `a usable key at ${aliasArn}`;
  const expected: Assessment = {
    kind: "drift",
    summary: `nothing can be encrypted or read here: ${held.why}`,
    allowance: { mode: "blocked", ...held, needs },
    intents: [],
  };
  expect(repair(defaultEncryption, readings, { asked: true })).toEqual({
    written: [],
    held: [{ control: "default-encryption", kind: "blocked", ...held, next: `needs ${needs}` }],
    later: expected,
    writtenAgain: [],
  });
});

// Without account in it, the id is looked for in the account of the bucket, where it is not.
test("the bare id of a key of another account does not name it", () => {
  const arn = keyArn.replace("111122223333", "444455556666");
  const summary = `default encryption uses ${bareId}, not ${arn}`;
  const readings = readingsOf(kms(bareId), keyOf({ arn }));
  expect(judge(defaultEncryption, readings)).toMatchObject({
    summary,
    allowance: automatic,
    intents: [{ keyId: arn }],
  });
});

// It may be stronger, and it may be one that the bucket cannot be without, as aws:fsx is.
test.each(["aws:fsx", "aws:kms:triple"])("%s is not replaced without asking", (algorithm) => {
  const readings = readingsOf(encryptionOf(algorithm, { keyId: keyArn }));
  const why = `${algorithm} is an encryption that this version does not know; it may be the stronger one`;
  const expected = drift(`default encryption is ${algorithm}, not SSE-KMS`, {
    allowance: { mode: "approval", why },
  });
  expect(judge(defaultEncryption, readings)).toEqual(expected);
  expect(repair(defaultEncryption, readings).written).toEqual([]);
});

function allow(Principal: unknown, Effect = "Allow") {
  const Resource = "arn:aws:s3:::invoices/*";
  return policyOf({ Effect, Principal, Action: "s3:PutObject", Resource });
}

const vendedLogs = allow({ Service: ["x.amazonaws.com", "delivery.logs.amazonaws.com"] });
const weak = encryptionOf("AES256");
const weakness = "default encryption is AES256, not SSE-KMS";

test("where logs arrive that the key has to let in, a person is asked first", () => {
  const readings = { ...readingsOf(weak), policy: vendedLogs };
  const why =
    "the bucket policy lets delivery.logs.amazonaws.com deliver logs here, which stops unless the policy of the key lets it in";
  const allowance: Allowance = { mode: "approval", why };
  expect(judge(defaultEncryption, readings)).toEqual(drift(weakness, { allowance }));
  expect(repair(defaultEncryption, readings).written).toEqual([]);
  expect(repair(defaultEncryption, readings, { asked: true })).toEqual({
    written: [{ document: "encryption", after: kms(keyArn).value }],
    held: [],
    later: compliant(`aws:kms with ${keyArn}`),
    writtenAgain: [],
  });
});

test("where nobody can tell who delivers logs, a person is asked first", () => {
  const readings = { ...readingsOf(weak), policy: present({ text: "[]" }) };
  expect(judge(defaultEncryption, readings)).toMatchObject({
    summary: weakness,
    allowance: { mode: "approval", why: expect.stringContaining("nobody knows who delivers logs") },
  });
  expect(repair(defaultEncryption, readings).written).toEqual([]);
});

test.each([
  { name: "other services may write", policy: allow({ Service: "cloudtrail.amazonaws.com" }) },
  { name: "people may write", policy: allow({ AWS: "*" }) },
  {
    name: "log delivery is denied",
    policy: allow({ Service: "delivery.logs.amazonaws.com" }, "Deny"),
  },
])("where $name, nobody is asked", ({ policy }) => {
  const readings = { ...readingsOf(weak), policy };
  expect(judge(defaultEncryption, readings)).toEqual(drift(weakness));
});

test("a key that cannot be used matters more than logs that may stop", () => {
  const readings = { ...readingsOf(weak, keyOf({ state: "Disabled" })), policy: vendedLogs };
  expect(judge(defaultEncryption, readings)).toMatchObject({ allowance: { mode: "blocked" } });
});

// Under SSE-KMS already: nothing stops that has not stopped before.
test("a Bucket Key is switched on without asking, whoever delivers logs", () => {
  const readings = { ...readingsOf(kms(keyArn, false)), policy: vendedLogs };
  expect(judge(defaultEncryption, readings)).toEqual(drift(off));
});

test.each<{ name: string; before: Known<Encryption>; after: Encryption }>([
  { name: "SSE-S3", before: weak, after: kms(keyArn).value },
  { name: "nothing said", before: absent, after: kms(keyArn).value },
  { name: "another key", before: kms(otherArn, false), after: kms(keyArn).value },
  { name: "no Bucket Key", before: kms(bareId, false), after: kms(keyArn).value },
  { name: "DSSE with another key", before: dsse(otherArn), after: dsse(keyArn).value },
  {
    name: "SSE-S3 with SSE-C blocked and a member that nobody knows",
    before: present({
      ...weak.value,
      blockedEncryptionTypes: ["SSE-C"],
      rule: { ...weak.value.rule, BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] }, New: 1 },
    }),
    after: {
      ...kms(keyArn).value,
      blockedEncryptionTypes: ["SSE-C"],
      rule: {
        ...kms(keyArn).value.rule,
        BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
        New: 1,
      },
    },
  },
])("$name is repaired once, by the ARN of the key", ({ before, after }) => {
  expect(repair(defaultEncryption, readingsOf(before))).toEqual({
    written: [{ document: "encryption", after }],
    held: [],
    later: compliant(`${after.algorithm} with ${keyArn}`),
    writtenAgain: [],
  });
});

test("in another region the key is another one", () => {
  const on = bucket("invoices", "us-east-1");
  const readings = readingsOf(kms(keyArn), keyOf({ arn: farArn }));
  expect(judge(defaultEncryption, readings, { on })).toMatchObject({
    summary: `default encryption uses ${keyArn}, not ${farArn}`,
    allowance: automatic,
    intents: [{ keyId: farArn }],
  });
});

test.each(unreadRows(defaultEncryption))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const readings = { ...readingsOf(kms(keyArn)), [facet]: unknown(reason) };
  expect(judge(defaultEncryption, readings)).toEqual(unread(facet, reason));
});
