import { expect, test } from "vitest";
import { call, type Different, policyParameters } from "../../../../test/replay/records.ts";
import type { Facet } from "../model/facets.ts";
import { parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { readerOf } from "./reader.ts";
import type { Recorded } from "./recorded.ts";
import { createWorld } from "./world.ts";

const on = {
  kind: "bucket",
  name: parseBucketName("photos", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
} as const;

/** What a bucket's facet is after these calls. */
async function after(calls: readonly Recorded[], facet: Facet, context = {}) {
  const world = createWorld();
  calls.forEach(world.take);
  return readerOf(world, () => {}).read(facet, on, context);
}

const never = { state: "unknown", detail: "no record of the log tells it" };
const versions = (Status: string, more: Different = {}) =>
  call("PutBucketVersioning", { VersioningConfiguration: { Status }, versioning: "" }, more);

test.each<Facet>([
  "policy",
  "encryption",
  "acl",
  "tags",
  "accountPublicAccess",
  "trails",
  "kmsLoad",
])("what no record told is unknown, not absent: %s", async (facet) => {
  expect(await after([versions("Enabled")], facet)).toMatchObject(never);
  expect(await after([], facet)).toMatchObject(never);
});

const unclear = { state: "unknown", detail: "the record does not show what was set" };

test.each<{ name: string; eventName: string; parameters: object | null; facet: Facet }>([
  { name: "left out", eventName: "PutBucketPolicy", parameters: null, facet: "policy" },
  { name: "without a document", eventName: "PutBucketPolicy", parameters: {}, facet: "policy" },
  {
    name: "emptied",
    eventName: "PutBucketPolicy",
    parameters: { bucketPolicy: {} },
    facet: "policy",
  },
  {
    name: "hidden",
    eventName: "PutBucketPolicy",
    parameters: { bucketPolicy: 7 },
    facet: "policy",
  },
  { name: "without a body", eventName: "PutBucketEncryption", parameters: {}, facet: "encryption" },
  {
    name: "of two rules",
    eventName: "PutBucketEncryption",
    parameters: { ServerSideEncryptionConfiguration: { Rule: [{}, {}] } },
    facet: "encryption",
  },
  {
    name: "of no status",
    eventName: "PutBucketLogging",
    parameters: { logging: "" },
    facet: "logging",
  },
  {
    name: "with a status that is new",
    eventName: "PutBucketVersioning",
    parameters: { VersioningConfiguration: { Status: "Paused" } },
    facet: "versioning",
  },
  {
    name: "with a tag that was a truth value",
    eventName: "PutBucketTagging",
    parameters: { Tagging: { TagSet: { Tag: { Key: "open", Value: true } } } },
    facet: "tags",
  },
  {
    name: "with a tag that was a fraction",
    eventName: "PutBucketTagging",
    parameters: { Tagging: { TagSet: { Tag: [{ Key: "v", Value: 1.5 }] } } },
    facet: "tags",
  },
  { name: "of S3 Control", eventName: "TagResource", parameters: {}, facet: "tags" },
  { name: "with hidden grants", eventName: "PutBucketAcl", parameters: { acl: "" }, facet: "acl" },
])("a call whose parameters are $name leaves $facet unknown", async (row) => {
  const { eventName, parameters, facet } = row;
  const made = call("CreateBucket", { "x-amz-object-ownership": "ObjectWriter" });
  const calls = [made, call(eventName, parameters, { at: 5 })];
  expect(await after(calls, facet)).toMatchObject(unclear);
});

test("a new bucket has what S3 gave new buckets on its day", async () => {
  const facets: readonly Facet[] = ["encryption", "publicAccessBlock", "ownership"];
  const born = async (at: string, region = "eu-west-1") => {
    const bornThen = [call("CreateBucket", {}, { at: `${at}T12:00:00Z`, region })];
    const readings = facets.map((facet) => after(bornThen, facet));
    return (await Promise.all(readings)).map((it) =>
      it.state === "present" ? it.value : it.state,
    );
  };
  const closed = expect.objectContaining({ blockPublicAcls: true, restrictPublicBuckets: true });
  const enforced = expect.objectContaining({ setting: "BucketOwnerEnforced" });
  const sseS3 = expect.not.objectContaining({ blockedEncryptionTypes: expect.anything() });
  const withoutSseC = expect.objectContaining({ blockedEncryptionTypes: ["SSE-C"] });
  expect(await born("2022-12-31")).toEqual(["unknown", "absent", "absent"]);
  expect(await born("2023-02-01")).toEqual([sseS3, "absent", "absent"]);
  expect(await born("2023-04-15")).toEqual([sseS3, "unknown", "unknown"]);
  expect(await born("2025-01-01")).toEqual([sseS3, closed, enforced]);
  expect(await born("2026-04-20")).toEqual(["unknown", closed, enforced]);
  expect(await born("2026-11-01")).toEqual([withoutSseC, closed, enforced]);
  expect(await born("2026-11-01", "me-south-1")).toEqual([sseS3, closed, enforced]);
});

test("a bucket whose making is not shown in full has what every new bucket has", async () => {
  const made = [call("CreateBucket", null)];
  expect(await after(made, "policy")).toEqual({ state: "absent" });
  expect(await after(made, "versioning")).toMatchObject(never);
  expect(await after(made, "ownership")).toMatchObject(never);
});

test("whoever is not root and changes versioning shows that MFA delete is off", async () => {
  const value = { status: "suspended", mfaDelete: "never-configured" };
  expect(await after([versions("Suspended")], "versioning")).toMatchObject({ value });
  const byRoot = await after([versions("Suspended", { type: "Root" })], "versioning");
  expect(byRoot).toMatchObject({ state: "unknown", detail: expect.stringContaining("MFA delete") });
  const on = { VersioningConfiguration: { Status: "Enabled", MfaDelete: "Enabled" } };
  const kept = [
    call("PutBucketVersioning", on, { type: "Root" }),
    versions("Suspended", { type: "Root", at: 9 }),
  ];
  expect(await after(kept, "versioning")).toMatchObject({
    value: { status: "suspended", mfaDelete: "enabled" },
  });
});

test("of two calls in one second nobody knows which was the last", async () => {
  const tie = [versions("Enabled"), versions("Suspended")];
  expect(await after(tie, "versioning")).toMatchObject({
    detail: expect.stringContaining("in the same second"),
  });
  expect(await after([versions("Enabled"), versions("Enabled")], "versioning")).toMatchObject({
    value: { status: "enabled" },
  });
  const later = [...tie, versions("Suspended", { at: 1 })];
  expect(await after(later, "versioning")).toMatchObject({ value: { status: "suspended" } });
});

test("a record that comes too late changes only what was not set since", async () => {
  const policy = call("PutBucketPolicy", policyParameters(), { at: 5 });
  const late = [versions("Suspended", { at: 20 }), versions("Enabled", { at: 10 }), policy];
  expect(await after(late, "versioning")).toMatchObject({ value: { status: "suspended" } });
  expect(await after(late, "policy")).toMatchObject({ state: "present" });
  const made = [...late, call("CreateBucket", {}, { at: 1 })];
  expect(await after(made, "versioning")).toMatchObject({ value: { status: "suspended" } });
  expect(await after(made, "cors")).toEqual({ state: "absent" });
  const deleted = [...made, call("DeleteBucket", {}, { at: 0 })];
  expect(await after(deleted, "cors")).toEqual({ state: "absent" });
});

test("a bucket that was deleted is gone, and begins anew when it is made again", async () => {
  const gone = [versions("Enabled"), call("DeleteBucket", {}, { at: 1 })];
  expect(await after(gone, "versioning")).toMatchObject({ state: "unknown", reason: "gone" });
  const again = [...gone, call("CreateBucket", {}, { at: 2 })];
  expect(await after(again, "versioning")).toMatchObject({ value: { status: "never-enabled" } });
});

test("making a bucket that is there changes nothing in us-east-1, and means a lost record elsewhere", async () => {
  const twice = (region: string) => [
    versions("Enabled", { region }),
    call("CreateBucket", { "x-amz-acl": "private" }, { at: 5, region }),
  ];
  expect(await after(twice("us-east-1"), "versioning")).toMatchObject({
    value: { status: "enabled" },
  });
  expect(await after(twice("us-east-1"), "acl")).toMatchObject({ state: "unknown" });
  expect(await after(twice("eu-west-1"), "versioning")).toMatchObject({
    value: { status: "never-enabled" },
  });
});

const open = { "x-amz-acl": "public-read" };
const block = (IgnorePublicAcls: boolean, at: number) =>
  call(
    "PutBucketPublicAccessBlock",
    { PublicAccessBlockConfiguration: { IgnorePublicAcls } },
    { at },
  );

test("public grants show as S3 shows them: hidden, or unknown where that depends on the account", async () => {
  const acl = call("PutBucketAcl", open);
  expect(await after([acl], "acl")).toMatchObject(never);
  expect(await after([acl, block(true, 1)], "acl")).toMatchObject({
    value: { grants: [{ permission: "FULL_CONTROL" }] },
  });
  const ofAccount = call("DeleteAccountPublicAccessBlock", null, { at: 2 });
  expect(await after([acl, block(false, 1), ofAccount], "acl")).toMatchObject({
    value: { grants: [{ permission: "FULL_CONTROL" }, { permission: "READ" }] },
  });
});

const sseKms = (KMSMasterKeyID: string) => ({
  ServerSideEncryptionConfiguration: {
    Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID } },
  },
});
const key = "arn:aws:kms:eu-west-1:111122223333:key/1";

test("what follows from the encryption is told, and the state of a key is not", async () => {
  const own = [call("PutBucketEncryption", sseKms(key))];
  expect(await after(own, "encryptionKey")).toMatchObject({ state: "unknown" });
  expect(await after(own, "kmsLoad")).toMatchObject({ value: { kind: "hidden" } });
  const far = [call("PutBucketEncryption", sseKms(key.replace("eu-west-1", "eu-west-2")))];
  expect(await after(far, "encryptionKey")).toMatchObject({ value: { kind: "elsewhere" } });
  const plain = [call("DeleteBucketEncryption")];
  expect(await after(plain, "encryptionKey")).toEqual({ state: "absent" });
});

test("the key of the baseline is supposed to work, but not which one an alias names", async () => {
  expect(await after([], "baselineKey", { key })).toMatchObject({ value: { state: "Enabled" } });
  const alias = { key: key.replace("key/1", "alias/own") };
  expect(await after([], "baselineKey", alias)).toMatchObject({ state: "unknown" });
  expect(await after([], "baselineKey")).toEqual({ state: "absent" });
});

test("the log bucket is supposed to be sound as far as no record tells otherwise", async () => {
  const logTarget = parseBucketName("logs", "test");
  const target = (calls: readonly Recorded[]) => after(calls, "logTarget", { logTarget });
  expect(await target([])).toMatchObject({ value: { name: "logs", requesterPays: false } });
  const pays = { RequestPaymentConfiguration: { Payer: "Requester" } };
  const told = [
    call("PutBucketRequestPayment", pays, { bucket: "logs" }),
    call("DeleteBucketPolicy", {}, { bucket: "logs" }),
  ];
  expect(await target(told)).toMatchObject({
    value: { requesterPays: true, policy: { state: "absent" } },
  });
  const gone = [call("DeleteBucket", {}, { bucket: "logs" })];
  expect(await target(gone)).toEqual({ state: "absent" });
});

test("deliveries of CloudWatch Logs that name no bucket leave all of them unknown", async () => {
  const vended = { more: { eventSource: "logs.amazonaws.com" }, at: 9 };
  const calls = [call("CreateBucket"), call("CreateDelivery", { deliverySourceName: "a" }, vended)];
  expect(await after(calls.slice(0, 1), "vendedLogs")).toEqual({ state: "absent" });
  expect(await after(calls, "vendedLogs")).toMatchObject({ state: "unknown" });
});
