import { expect, test } from "vitest";
import { lockOf, retention } from "../../../../test/controls/locks.ts";
import {
  allBlocked,
  anyOrigin,
  corsOf,
  encryptionOf,
  keyArn as keyId,
  invoices as on,
  ownershipOf,
  ownOrigin,
  unknown,
  wholeAccount,
} from "../../../../test/controls/readings.ts";
import type { Intent } from "../model/intent.ts";
import { absent, present } from "../model/reading.ts";
import { guarantee } from "../policy/index.ts";
import { combine } from "./combine.ts";

const ssl: Intent = {
  document: "policy",
  kind: "ensure-guarantee",
  guarantee: guarantee("ssl-only", {}, { bucket: "invoices", partition: "aws" }),
};
const encrypt: Intent = {
  document: "encryption",
  kind: "set-default-encryption",
  algorithm: "aws:kms",
  keyId,
  bucketKeyEnabled: true,
};
const block: Intent = { document: "encryption", kind: "block-sse-c" };
const close: Intent = { document: "publicAccessBlock", kind: "block-public-access" };

test("key and block of SSE-C are one write, for both controls", () => {
  const wishes = [
    { control: "default-encryption", intent: encrypt },
    { control: "sse-c-blocked", intent: block },
  ];
  const { steps, refused } = combine(wishes, { encryption: encryptionOf("AES256") }, on);
  expect(refused).toEqual([]);
  expect(steps).toMatchObject([
    {
      document: "encryption",
      controls: ["default-encryption", "sse-c-blocked"],
      after: { keyId, blockedEncryptionTypes: ["SSE-C"] },
    },
  ]);
});

test("the policy is written before the block under which S3 refuses a public one", () => {
  const wishes = [
    { control: "public-access-block", intent: close },
    { control: "ssl-only", intent: ssl },
  ];
  const { steps } = combine(wishes, { policy: absent, publicAccessBlock: absent }, on);
  expect(steps.map(({ document }) => document)).toEqual(["policy", "publicAccessBlock"]);
});

const disable: Intent = { document: "ownership", kind: "disable-acls" };

test.each([
  { name: "none were", before: absent },
  { name: "the writer owned", before: ownershipOf("ObjectWriter") },
])("ownership controls where $name", ({ before }) => {
  const wishes = [{ control: "ownership-acl", intent: disable }];
  const after = ownershipOf("BucketOwnerEnforced").value;
  expect(combine(wishes, { ownership: before }, on)).toEqual({
    steps: [{ document: "ownership", on, controls: ["ownership-acl"], before, after }],
    refused: [],
  });
});

const remove = (...places: readonly number[]): Intent => ({
  document: "cors",
  kind: "remove-cors-rules",
  places,
});

test("CORS rules are removed by their places, and the others stay as they were read", () => {
  const before = corsOf(anyOrigin, ownOrigin, anyOrigin);
  const wishes = [{ control: "cors", intent: remove(0, 2) }];
  expect(combine(wishes, { cors: before }, on)).toEqual({
    steps: [{ document: "cors", on, controls: ["cors"], before, after: corsOf(ownOrigin).value }],
    refused: [],
  });
});

test("where CORS is off there is nothing to remove", () => {
  const wishes = [{ control: "cors", intent: remove(0) }];
  expect(combine(wishes, { cors: absent }, on)).toEqual({ steps: [], refused: [] });
});

test.each<{ document: string; intent: Intent }>([
  { document: "publicAccessBlock", intent: close },
  { document: "ownership", intent: disable },
  { document: "cors", intent: remove(0) },
])("an unread $document is not written, and its control hears why", ({ document, intent }) => {
  const denied = { state: "unknown", reason: "denied", detail: "AccessDenied" } as const;
  const refused = [
    {
      control: "some-control",
      kind: "blocked",
      why: `the present ${document} could not be read, so a write could lose something`,
      next: `needs the ${document} to be readable`,
    },
  ];
  const wishes = [{ control: "some-control", intent }];
  expect(combine(wishes, { [document]: denied }, on)).toEqual({ steps: [], refused });
  expect(combine(wishes, {}, on)).toEqual({ steps: [], refused });
});

const retain: Intent = { document: "objectLock", kind: "set-governance-retention", days: 30 };
const lockWishes = [{ control: "object-lock", intent: retain }];

test("a default retention is put back after versioning, without which S3 refuses it", () => {
  const wishes = [
    ...lockWishes,
    {
      control: "versioning",
      intent: { document: "versioning", kind: "enable-versioning" } as const,
    },
  ];
  const { steps, refused } = combine(wishes, { objectLock: lockOf(), versioning: absent }, on);
  expect(refused).toEqual([]);
  expect(steps.map(({ document, after }) => ({ document, after }))).toEqual([
    { document: "versioning", after: { status: "enabled", mfaDelete: "never-configured" } },
    { document: "objectLock", after: lockOf(retention("GOVERNANCE", 30)).value },
  ]);
});

test("where Object Lock is off nothing is written, for that would switch it on for good", () => {
  expect(combine(lockWishes, { objectLock: absent }, on)).toEqual({ steps: [], refused: [] });
});

test("an Object Lock that could not be read is not written over", () => {
  const unknown = { state: "unknown", reason: "denied", detail: "AccessDenied" } as const;
  expect(combine(lockWishes, { objectLock: unknown }, on)).toMatchObject({
    steps: [],
    refused: [{ control: "object-lock", kind: "blocked" }],
  });
});

const closeAll: Intent = {
  document: "accountPublicAccess",
  kind: "block-account-public-access",
};

test.each([
  { name: "none", before: absent },
  {
    name: "one that lacks a flag",
    before: present({ ...allBlocked.value, ignorePublicAcls: false }),
  },
])("an account with $name gets the complete public access block", ({ before }) => {
  const wishes = [{ control: "account-public-access", intent: closeAll }];
  const step = { document: "accountPublicAccess", on: wholeAccount, before } as const;
  expect(combine(wishes, { accountPublicAccess: before }, wholeAccount)).toEqual({
    steps: [{ ...step, controls: ["account-public-access"], after: allBlocked.value }],
    refused: [],
  });
});

test("the block of an account that could not be read is not written", () => {
  const wishes = [{ control: "account-public-access", intent: closeAll }];
  const { steps, refused } = combine(
    wishes,
    { accountPublicAccess: unknown("denied") },
    wholeAccount,
  );
  expect(steps).toEqual([]);
  expect(refused).toMatchObject([{ control: "account-public-access", kind: "blocked" }]);
});
