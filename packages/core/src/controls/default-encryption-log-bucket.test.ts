import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import { compliant, dsse, kms, readingsOf } from "../../../../test/controls/encryption.ts";
import { encryptionOf, judge, keyArn, logs, repair } from "../../../../test/controls/readings.ts";
import type { Encryption } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import { defaultEncryption } from "./default-encryption.ts";

const onLogs = { on: logs };

test.each<{ name: string; encryption: Known<Encryption> }>([
  { name: "SSE-S3", encryption: encryptionOf("AES256") },
  { name: "nothing said", encryption: absent },
])("a log bucket with $name is compliant, whatever the key", ({ encryption }) => {
  const expected = compliant("SSE-S3, as a target of access logs must have");
  expect(judge(defaultEncryption, readingsOf(encryption, absent), onLogs)).toEqual(expected);
  expect(judge(defaultEncryption, readingsOf(encryption), onLogs)).toEqual(expected);
});

const sseS3 = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } };
const noOwnKeys = { BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] } };
const blocking = {
  ...kms(keyArn).value,
  blockedEncryptionTypes: ["SSE-C"],
  rule: { ...kms(keyArn).value.rule, ...noOwnKeys },
};

test.each<{ name: string; encryption: Known<Encryption>; rule: object }>([
  { name: "aws:kms", encryption: kms(keyArn), rule: sseS3 },
  { name: "aws:kms:dsse", encryption: dsse(keyArn), rule: sseS3 },
  { name: "aws:fsx", encryption: encryptionOf("aws:fsx"), rule: sseS3 },
  { name: "aws:kms", encryption: present(blocking), rule: { ...sseS3, ...noOwnKeys } },
])("a log bucket under $name gets no logs until a person sets $rule", (row) => {
  const readings = readingsOf(row.encryption);
  const why = "going back to SSE-S3 weakens the encryption of whatever else is stored here";
  const configuration = JSON.stringify({ Rules: [row.rule] });
  const command = `aws s3api put-bucket-encryption --bucket ${logs.name} --server-side-encryption-configuration '${configuration}'`;
  expect(repair(defaultEncryption, readings, { ...onLogs, asked: true })).toEqual({
    written: [],
    held: [{ control: "default-encryption", kind: "flagged", why, next: command }],
    later: {
      kind: "drift",
      summary: `this bucket receives access logs, and S3 silently stops delivering them under ${row.name}`,
      allowance: { mode: "report-only", why, command },
      intents: [],
    },
    writtenAgain: [],
  });
});

test("the command that brings it back is one that a shell takes as it is", () => {
  const words = argumentsOf(commandIn(judge(defaultEncryption, readingsOf(kms(keyArn)), onLogs)));
  expect(words.slice(0, -1)).toEqual([
    "aws",
    "s3api",
    "put-bucket-encryption",
    "--bucket",
    logs.name,
    "--server-side-encryption-configuration",
  ]);
  expect(JSON.parse(words.at(-1) ?? "")).toEqual({ Rules: [sseS3] });
});
