import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import { asking, compliant, dsse, kms, readingsOf } from "../../../../test/controls/encryption.ts";
import {
  encryptionOf,
  judge,
  keyArn,
  logs,
  policyOf,
  repair,
} from "../../../../test/controls/readings.ts";
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
      summary: `this bucket receives access logs, and they silently stop arriving under ${row.name}`,
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

function deliveredBy(Principal: object) {
  const Resource = "arn:aws:s3:::invoices/*";
  return policyOf({ Effect: "Allow", Principal, Action: "s3:PutObject", Resource });
}

const algorithms = ["SSE-S3", "SSE-KMS", "DSSE"] as const;

const sseS3Only = [
  { writer: "logging.s3.amazonaws.com", by: { Service: "logging.s3.amazonaws.com" } },
  {
    writer: "logdelivery.elasticloadbalancing.amazonaws.com",
    by: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
  },
  {
    writer: "Elastic Load Balancing (account 156460612806)",
    by: { AWS: "arn:aws:iam::156460612806:root" },
  },
];

test.each(sseS3Only)("where $writer may write, SSE-S3 stays", ({ writer, by }) => {
  const readings = { ...readingsOf(encryptionOf("AES256")), policy: deliveredBy(by) };
  const expected = compliant(`SSE-S3, as ${writer} needs it to deliver logs`);
  for (const algorithm of algorithms) {
    expect(judge(defaultEncryption, readings, asking(algorithm))).toEqual(expected);
  }
  expect(repair(defaultEncryption, readings, { asked: true }).written).toEqual([]);
});

test.each(sseS3Only)("where $writer may write, KMS is flagged and stays", ({ writer, by }) => {
  const readings = { ...readingsOf(kms(keyArn, false)), policy: deliveredBy(by) };
  for (const algorithm of algorithms) {
    const situation = { ...asking(algorithm), asked: true };
    const { written, later } = repair(defaultEncryption, readings, situation);
    expect(written).toEqual([]);
    expect(later).toMatchObject({
      kind: "drift",
      summary: `the bucket policy lets ${writer} deliver logs here, and they silently stop arriving under aws:kms`,
      allowance: { mode: "report-only" },
      intents: [],
    });
  }
});
