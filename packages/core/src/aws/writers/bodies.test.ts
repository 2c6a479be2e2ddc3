import { expect, test } from "vitest";
import {
  corsConfiguration,
  encryptionConfiguration,
  loggingStatus,
  objectLockConfiguration,
  ownershipControls,
  publicAccessBlockConfiguration,
} from "./bodies.ts";

const keyId = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-000000000001";

test("the one rule goes back with the block of SSE-C and what nobody here knows", () => {
  const rule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
    BucketKeyEnabled: false,
    BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
    FutureMember: { Level: 2 },
  };
  const after = {
    algorithm: "aws:kms",
    keyId,
    bucketKeyEnabled: true,
    blockedEncryptionTypes: ["SSE-C"],
    rule,
  };
  expect(encryptionConfiguration(after)).toEqual({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyId },
        BucketKeyEnabled: true,
        BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
        FutureMember: { Level: 2 },
      },
    ],
  });
});

test("members beside algorithm and key go back too, and the key that was read does not", () => {
  const applied = { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "old", FutureMember: "kept" };
  const rule = { ApplyServerSideEncryptionByDefault: applied };
  const after = { algorithm: "AES256", bucketKeyEnabled: false, rule };
  expect(JSON.parse(JSON.stringify(encryptionConfiguration(after)))).toEqual({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256", FutureMember: "kept" },
        BucketKeyEnabled: false,
      },
    ],
  });
});

test.each([null, "AES256", 7])("an applied part of a wrong type (%j) is left out", (applied) => {
  const rule = { ApplyServerSideEncryptionByDefault: applied };
  const after = { algorithm: "aws:kms", keyId, bucketKeyEnabled: true, rule };
  expect(encryptionConfiguration(after)).toEqual({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: keyId },
        BucketKeyEnabled: true,
      },
    ],
  });
});

test("a block that S3 did not speak of is not invented", () => {
  const after = { algorithm: "aws:kms:dsse", keyId, bucketKeyEnabled: false, rule: {} };
  expect(encryptionConfiguration(after)).toEqual({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms:dsse", KMSMasterKeyID: keyId },
        BucketKeyEnabled: false,
      },
    ],
  });
});

test("SSE-S3 goes without a key", () => {
  const after = { algorithm: "AES256", bucketKeyEnabled: false, rule: {} };
  expect(JSON.parse(JSON.stringify(encryptionConfiguration(after)))).toEqual({
    Rules: [
      {
        ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" },
        BucketKeyEnabled: false,
      },
    ],
  });
});

test("logging goes back with key format, grants and what nobody here knows", () => {
  const kept = {
    TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: "DeliveryTime" } },
    TargetGrants: [{ Permission: "READ", Grantee: { Type: "CanonicalUser", ID: "0f" } }],
    FutureMember: true,
  };
  const after = {
    targetBucket: "logs",
    targetPrefix: "invoices/",
    enabled: { TargetBucket: "elsewhere", TargetPrefix: "", ...kept },
  };
  expect(loggingStatus(after)).toEqual({
    LoggingEnabled: { TargetBucket: "logs", TargetPrefix: "invoices/", ...kept },
  });
});

test("a public access block goes back with all four flags and what nobody here knows", () => {
  const after = {
    blockPublicAcls: true,
    ignorePublicAcls: true,
    blockPublicPolicy: true,
    restrictPublicBuckets: true,
    configuration: { BlockPublicAcls: false, FutureMember: 1 },
  };
  expect(publicAccessBlockConfiguration(after)).toEqual({
    BlockPublicAcls: true,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: true,
    FutureMember: 1,
  });
});

test("CORS rules go back with every member that was read", () => {
  const rule = {
    ID: "app",
    AllowedOrigins: ["https://app.example"],
    AllowedMethods: ["PUT"],
    AllowedHeaders: ["*"],
    MaxAgeSeconds: 60,
    FutureMember: 1,
  };
  const read = { origins: rule.AllowedOrigins, methods: rule.AllowedMethods, exposedHeaders: [] };
  expect(corsConfiguration({ rules: [{ ...read, rule }] })).toEqual({ CORSRules: [rule] });
});

test("ownership controls go back as one rule with what nobody here knows", () => {
  const rule = { ObjectOwnership: "ObjectWriter", FutureMember: 1 };
  expect(ownershipControls({ setting: "BucketOwnerEnforced", rule })).toEqual({
    Rules: [{ ObjectOwnership: "BucketOwnerEnforced", FutureMember: 1 }],
  });
});

test("the body is a copy: what was read stays as it was", () => {
  const rule = Object.freeze({ BucketKeyEnabled: false });
  const enabled = Object.freeze({ TargetBucket: "elsewhere", TargetPrefix: "" });
  encryptionConfiguration({ algorithm: "aws:kms", keyId, bucketKeyEnabled: true, rule });
  loggingStatus({ targetBucket: "logs", targetPrefix: "x/", enabled });
  expect(rule).toEqual({ BucketKeyEnabled: false });
  expect(enabled).toEqual({ TargetBucket: "elsewhere", TargetPrefix: "" });
});

test("a default retention goes with its event hold, and never without saying that the lock is on", () => {
  const Rule = {
    DefaultRetention: { Mode: "GOVERNANCE", Days: 30, DefaultEventHold: { Days: 9 } },
  };
  expect(objectLockConfiguration({ configuration: { Rule } })).toEqual({
    ObjectLockEnabled: "Enabled",
    Rule,
  });
});
