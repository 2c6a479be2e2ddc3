import { expect, test } from "vitest";
import {
  asking,
  bareId,
  compliant,
  drift,
  dsse,
  kms,
  otherArn,
  readingsOf,
} from "../../../../test/controls/encryption.ts";
import {
  encryptionOf,
  judge,
  keyArn,
  keyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { Encryption } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { defaultEncryption } from "./default-encryption.ts";

const stronger = (algorithm: string, key: string) =>
  compliant(`${algorithm} with ${key}, stronger than asked`);

const blocksOnly: Encryption = {
  algorithm: "AES256",
  bucketKeyEnabled: false,
  blockedEncryptionTypes: ["SSE-C"],
  rule: { BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] } },
};

test.each<{ name: string; encryption: Known<Encryption>; expected: Assessment }>([
  { name: "SSE-S3", encryption: encryptionOf("AES256"), expected: compliant("AES256") },
  { name: "nothing said", encryption: absent, expected: compliant("AES256") },
  { name: "a block alone", encryption: present(blocksOnly), expected: compliant("AES256") },
  {
    name: "SSE-KMS with any key",
    encryption: kms(otherArn, false),
    expected: stronger("aws:kms", otherArn),
  },
  {
    name: "SSE-KMS with aws/s3",
    encryption: encryptionOf("aws:kms"),
    expected: stronger("aws:kms", "aws/s3"),
  },
  { name: "DSSE", encryption: dsse(bareId), expected: stronger("aws:kms:dsse", bareId) },
  {
    name: "what nobody knows",
    encryption: encryptionOf("aws:fsx"),
    expected: {
      kind: "undecided",
      why: "aws:fsx is an encryption that this version does not know; it may be the stronger one",
    },
  },
])("where SSE-S3 is asked for, $name is $expected.kind and stays", ({ encryption, expected }) => {
  // A key that is needed for nothing can be missing.
  const readings = readingsOf(encryption, absent);
  expect(judge(defaultEncryption, readings, asking("SSE-S3"))).toEqual(expected);
  expect(repair(defaultEncryption, readings, { ...asking("SSE-S3"), asked: true })).toEqual({
    written: [],
    held: [],
    later: expected,
    writtenAgain: [],
  });
});

const dual = { algorithm: "aws:kms:dsse", bucketKeyEnabled: false };
const notDsse = (actual: string, more = {}) =>
  drift(`default encryption is ${actual}, not DSSE-KMS`, { ...dual, ...more });

test.each<{ name: string; encryption: Known<Encryption>; expected: Assessment }>([
  { name: "DSSE", encryption: dsse(keyArn), expected: compliant(`aws:kms:dsse with ${keyArn}`) },
  {
    name: "DSSE by the bare id",
    encryption: dsse(bareId),
    expected: compliant(`aws:kms:dsse with ${bareId}`),
  },
  { name: "SSE-S3", encryption: encryptionOf("AES256"), expected: notDsse("AES256") },
  { name: "nothing said", encryption: absent, expected: notDsse("AES256") },
  { name: "SSE-KMS with the right key", encryption: kms(keyArn), expected: notDsse("aws:kms") },
  {
    name: "DSSE with another key",
    encryption: dsse(otherArn),
    expected: drift(`default encryption uses ${otherArn}, not ${keyArn}`, dual),
  },
  {
    name: "what nobody knows",
    encryption: encryptionOf("aws:new"),
    expected: notDsse("aws:new", {
      allowance: {
        mode: "approval",
        why: "aws:new is an encryption that this version does not know; it may be the stronger one",
      },
    }),
  },
])("where DSSE is asked for, $name is $expected.kind", ({ encryption, expected }) => {
  expect(judge(defaultEncryption, readingsOf(encryption), asking("DSSE"))).toEqual(expected);
});

test.each<{ name: string; before: Known<Encryption>; kept?: object }>([
  { name: "SSE-S3", before: encryptionOf("AES256") },
  { name: "SSE-KMS with a Bucket Key, which DSSE has not", before: kms(keyArn) },
  { name: "a block alone", before: present(blocksOnly), kept: blocksOnly.rule },
])("$name becomes DSSE once, and nothing else changes", ({ before, kept = {} }) => {
  const { written, held, later, writtenAgain } = repair(
    defaultEncryption,
    readingsOf(before),
    asking("DSSE"),
  );
  const after = dsse(keyArn).value;
  const blocked = before.state === "present" ? before.value.blockedEncryptionTypes : undefined;
  expect(written).toEqual([
    {
      document: "encryption",
      after: {
        ...after,
        ...(blocked === undefined ? {} : { blockedEncryptionTypes: blocked }),
        rule: { ...after.rule, ...kept },
      },
    },
  ]);
  expect(held).toEqual([]);
  expect(later).toEqual(compliant(`aws:kms:dsse with ${keyArn}`));
  expect(writtenAgain).toEqual([]);
});

test("DSSE is not written under a key that does not work", () => {
  const readings = readingsOf(kms(keyArn), keyOf({ state: "PendingImport" }));
  expect(judge(defaultEncryption, readings, asking("DSSE"))).toMatchObject({
    kind: "drift",
    allowance: { mode: "blocked", why: "the key of the baseline is in state PendingImport" },
  });
});

test.each(unreadRows(defaultEncryption))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const readings = { ...readingsOf(dsse(keyArn)), [facet]: unknown(reason) };
  expect(judge(defaultEncryption, readings, asking("DSSE"))).toEqual(unread(facet, reason));
});
