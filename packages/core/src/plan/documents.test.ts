import { expect, test } from "vitest";
import type { Encryption } from "../model/facets.ts";
import {
  amendEncryption,
  blockSseC,
  setEncryption,
  setLogging,
  setVersioning,
} from "./documents.ts";

const keyId = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001";
const wanted = {
  document: "encryption",
  kind: "set-default-encryption",
  algorithm: "aws:kms",
  keyId,
  bucketKeyEnabled: true,
} as const;

test("an encryption where none was", () => {
  expect(setEncryption(undefined, wanted)).toEqual({
    algorithm: "aws:kms",
    keyId,
    bucketKeyEnabled: true,
    rule: {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyId },
      BucketKeyEnabled: true,
    },
  });
});

test("the block of SSE-C and members that nobody here knows stay in the rule", () => {
  const before: Encryption = {
    algorithm: "AES256",
    bucketKeyEnabled: false,
    blockedEncryptionTypes: ["SSE-C"],
    rule: {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
      BucketKeyEnabled: false,
      BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
      FutureMember: { Level: 2 },
    },
  };
  expect(setEncryption(before, wanted)).toEqual({
    algorithm: "aws:kms",
    keyId,
    bucketKeyEnabled: true,
    blockedEncryptionTypes: ["SSE-C"],
    rule: {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyId },
      BucketKeyEnabled: true,
      BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
      FutureMember: { Level: 2 },
    },
  });
});

test("unknown members beside algorithm and key stay too", () => {
  const before: Encryption = {
    algorithm: "AES256",
    bucketKeyEnabled: false,
    rule: {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256", FutureMember: "kept" },
    },
  };
  expect(setEncryption(before, wanted).rule).toEqual({
    ApplyServerSideEncryptionByDefault: {
      SSEAlgorithm: "aws:kms",
      KMSMasterKeyID: keyId,
      FutureMember: "kept",
    },
    BucketKeyEnabled: true,
  });
});

test.each([null, "AES256", undefined])("an applied part that is %j is replaced", (applied) => {
  const rule = { ApplyServerSideEncryptionByDefault: applied };
  const before: Encryption = { algorithm: "AES256", bucketKeyEnabled: false, rule };
  expect(setEncryption(before, wanted)).toEqual(setEncryption(undefined, wanted));
});

test("SSE-C is blocked on a bucket that said nothing of encryption", () => {
  expect(blockSseC(undefined)).toEqual({
    algorithm: "AES256",
    bucketKeyEnabled: false,
    blockedEncryptionTypes: ["SSE-C"],
    rule: { BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] } },
  });
});

test("blocking SSE-C keeps key, Bucket Key and what nobody here knows; NONE goes", () => {
  const before: Encryption = {
    algorithm: "aws:kms",
    keyId,
    bucketKeyEnabled: true,
    blockedEncryptionTypes: ["NONE", "SSE-X"],
    rule: {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyId },
      BlockedEncryptionTypes: { EncryptionType: ["NONE", "SSE-X"], FutureMember: 1 },
      FutureMember: { Level: 2 },
    },
  };
  const types = ["SSE-X", "SSE-C"];
  expect(blockSseC(before)).toEqual({
    ...before,
    blockedEncryptionTypes: types,
    rule: {
      ...before.rule,
      BlockedEncryptionTypes: { EncryptionType: types, FutureMember: 1 },
    },
  });
});

const block = { document: "encryption", kind: "block-sse-c" } as const;

test("the order of the wishes for an encryption does not matter", () => {
  const before: Encryption = { algorithm: "AES256", bucketKeyEnabled: false, rule: {} };
  const first = { control: "default-encryption", intent: wanted };
  const second = { control: "sse-c-blocked", intent: block };
  const after = amendEncryption([first, second], before);
  expect(after).toEqual(amendEncryption([second, first], before));
  expect(after).toEqual(blockSseC(setEncryption(before, wanted)));
});

const logging = {
  document: "logging",
  kind: "enable-logging",
  targetBucket: "logs",
  targetPrefix: "invoices/",
} as const;

test("a logging where none was", () => {
  expect(setLogging(undefined, logging)).toEqual({
    targetBucket: "logs",
    targetPrefix: "invoices/",
    enabled: { TargetBucket: "logs", TargetPrefix: "invoices/" },
  });
});

test("key format, grants and members that nobody here knows stay in the logging", () => {
  const kept = {
    TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: "DeliveryTime" } },
    TargetGrants: [{ Permission: "READ", Grantee: { Type: "CanonicalUser", ID: "0f" } }],
    FutureMember: true,
  };
  const before = {
    targetBucket: "elsewhere",
    targetPrefix: "",
    enabled: { TargetBucket: "elsewhere", TargetPrefix: "", ...kept },
  };
  expect(setLogging(before, logging)).toEqual({
    targetBucket: "logs",
    targetPrefix: "invoices/",
    enabled: { TargetBucket: "logs", TargetPrefix: "invoices/", ...kept },
  });
});

test.each([
  { before: undefined, mfaDelete: "never-configured" },
  {
    before: { status: "never-enabled", mfaDelete: "never-configured" },
    mfaDelete: "never-configured",
  },
  { before: { status: "suspended", mfaDelete: "disabled" }, mfaDelete: "disabled" },
  { before: { status: "suspended", mfaDelete: "enabled" }, mfaDelete: "enabled" },
] as const)("versioning after $before leaves MFA delete $mfaDelete", ({ before, mfaDelete }) => {
  expect(setVersioning(before)).toEqual({ status: "enabled", mfaDelete });
});
