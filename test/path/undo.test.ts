import { absent } from "@bucket-warden/core/model";
import { afterAll, expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
import { newborn, repaired, standingOf } from "./standing.ts";

const stage = await rehearse();
afterAll(() => stage[Symbol.asyncDispose]());
const owner = stage.as("owner");
const asked = { requestedBy: "bob", reason: "a pipeline needs it" };

const foreign = (bucket: string, sid: string) =>
  `{ "Sid":"${sid}",\t"Effect" : "Allow","Principal":{"AWS":"arn:aws:iam::${stage.sandbox.account}:role/r"},"Action":[ "s3:GetObject" ],"Resource":"arn:aws:s3:::${bucket}/*"}`;
const policyOf = (...statements: readonly string[]) =>
  `{ "Version":"2012-10-17", "Statement":[${statements.join(" ,\n")}] }`;

/** Repairs the bucket and resolves with the id of the entry. */
async function repair(bucket: string): Promise<string> {
  expect(await stage.lookAgain(bucket)).toBe("fixed");
  return (await entriesOf(bucket)).at(-1)?.id ?? "";
}

async function entriesOf(bucket: string) {
  return (await memoryOf(stage, bucket)).entries;
}

/** Undoes an entry, waits until nothing is under way, and resolves with what became of it. */
async function undo(entry: string, mode: "plan" | "apply" = "apply") {
  const { results } = await stage.deployment.invoke({ ...asked, undo: entry, mode });
  await stage.deployment.idle();
  return results[0];
}

async function policyIn(bucket: string): Promise<string | undefined> {
  const answer = await owner.getBucketPolicy({ Bucket: bucket }).catch(() => undefined);
  return answer?.Policy;
}

test("neither the events of an undo nor a look at everything bring the repair back", async () => {
  const bucket = stage.bucket("stays");
  stage.change(bucket, "policy", undefined);
  await undo(await repair(bucket));
  expect(await stage.lookAgain(bucket)).toBe("clean");
  expect((await standingOf(stage, bucket)).statements).toEqual([]);
  expect(stage.told(bucket)).toEqual([
    "fixed ssl-only",
    "fixed kms-enforcement",
    "undone ssl-only",
    "undone kms-enforcement",
  ]);
});

test("a plan to undo changes nothing, and undoing twice is undoing once", async () => {
  const bucket = stage.bucket("twice");
  stage.change(bucket, "versioning", undefined);
  const entry = await repair(bucket);
  const planned = await undo(entry, "plan");
  expect(planned?.outcome).toEqual({ kind: "planned", steps: 1 });
  expect(planned?.changes).toEqual([
    expect.objectContaining({ document: "versioning", controls: ["versioning"] }),
  ]);
  expect((await standingOf(stage, bucket)).versioning).toBe("Enabled");
  expect((await undo(entry))?.outcome.kind).toBe("undone");
  expect((await undo(entry))?.outcome.kind).toBe("clean");
  expect((await standingOf(stage, bucket)).versioning).toBe("Suspended");
});

test("undoing the undo brings the repair back, and the bucket is watched again", async () => {
  const bucket = stage.bucket("again");
  stage.change(bucket, "policy", undefined);
  const entry = await repair(bucket);
  await undo(entry);
  expect((await standingOf(stage, bucket)).statements).toEqual([]);
  const undoing = (await entriesOf(bucket)).find(({ outcome }) => outcome.kind === "undone");
  expect(undoing?.task).toMatchObject({ undo: entry, cause: { kind: "manual", ...asked } });
  expect((await undo(undoing?.id ?? ""))?.outcome.kind).toBe("undone");
  expect(await standingOf(stage, bucket)).toEqual(repaired(stage.logBucket));
  await stage.as("mallory").deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  expect(await standingOf(stage, bucket)).toEqual(repaired(stage.logBucket));
});

test("a repair of everything is taken back", async () => {
  const bucket = stage.bucket("whole");
  for (const marker of ["policy", "logging", "versioning", "publicAccessBlock"])
    stage.change(bucket, marker, undefined);
  stage.change(bucket, "encryption", sseS3);
  const entry = await repair(bucket);
  expect(await standingOf(stage, bucket)).toEqual(repaired(stage.logBucket));
  expect((await undo(entry))?.outcome.kind).toBe("undone");
  // What was on once can only be suspended.
  expect(await standingOf(stage, bucket)).toEqual({ ...newborn, versioning: "Suspended" });
  await expect(owner.getPublicAccessBlock({ Bucket: bucket })).rejects.toThrow();
});

const sseS3 =
  "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault><BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>";

test("statements that came later survive byte for byte", async () => {
  const bucket = stage.bucket("later");
  const [old, later] = [foreign(bucket, "old"), foreign(bucket, "later")];
  stage.change(bucket, "policy", policyOf(old));
  const entry = await repair(bucket);
  const ours = (await policyIn(bucket)) ?? "";
  const Policy = ours.replace(old, `${later} ,\n${old}`);
  await owner.putBucketPolicy({ Bucket: bucket, Policy });
  await stage.deployment.idle();
  expect((await undo(entry))?.outcome).toMatchObject({ kind: "undone" });
  expect(await policyIn(bucket)).toBe(policyOf(later, old));
  expect(stage.told(bucket).slice(-2)).toEqual(["undone ssl-only", "undone kms-enforcement"]);
});

test("members that others changed later stay, in a document that was not ours alone", async () => {
  const bucket = stage.bucket("members");
  stage.change(bucket, "publicAccessBlock", block("false", "false"));
  const entry = await repair(bucket);
  const { PublicAccessBlockConfiguration: whole } = await owner.getPublicAccessBlock({
    Bucket: bucket,
  });
  expect(whole).toMatchObject({ BlockPublicAcls: true, RestrictPublicBuckets: true });
  expect((await undo(entry))?.outcome.kind).toBe("undone");
  const after = await owner.getPublicAccessBlock({ Bucket: bucket });
  expect(after.PublicAccessBlockConfiguration).toEqual({
    BlockPublicAcls: false,
    IgnorePublicAcls: true,
    BlockPublicPolicy: true,
    RestrictPublicBuckets: false,
  });
});

function block(first: string, last: string): string {
  return `<PublicAccessBlockConfiguration><BlockPublicAcls>${first}</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>${last}</RestrictPublicBuckets></PublicAccessBlockConfiguration>`;
}

test("what somebody changed since is shown three ways, and nothing is written", async () => {
  const bucket = stage.bucket("conflict");
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "versioning", undefined);
  const entry = await repair(bucket);
  const ours = (await policyIn(bucket)) ?? "";
  const Policy = ours.replace(
    '"Bool":{"aws:SecureTransport"',
    '"BoolIfExists":{"aws:SecureTransport"',
  );
  expect(Policy).not.toBe(ours);
  await owner.putBucketPolicy({ Bucket: bucket, Policy });
  await stage.deployment.idle();
  const writes = stage.writes(bucket);
  const result = await undo(entry);
  expect(result?.outcome).toMatchObject({ kind: "blocked" });
  expect(result?.held[0]?.conflicts).toEqual([
    {
      document: "policy",
      place: "BucketWardenSslOnly",
      written: expect.stringContaining('"Bool":{'),
      now: expect.stringContaining('"BoolIfExists":{'),
    },
  ]);
  expect(stage.writes(bucket)).toEqual(writes);
  expect(await policyIn(bucket)).toBe(Policy);
  expect((await standingOf(stage, bucket)).versioning).toBe("Enabled");
  const notice = stage.messages(bucket).at(-1)?.notices[0];
  expect(notice?.conflicts).toEqual([
    "BucketWardenSslOnly",
    "  before   (nothing)",
    expect.stringMatching(/^ {2}written {2}\{"Sid":"BucketWardenSslOnly"/),
    expect.stringMatching(/^ {2}now {6}\{"Sid":"BucketWardenSslOnly"/),
  ]);
  // Nothing was waived: the bucket is still watched.
  await owner.deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  expect((await standingOf(stage, bucket)).statements).toHaveLength(3);
});

test("nothing is undone while a document cannot be read", async () => {
  const bucket = stage.bucket("unread");
  stage.change(bucket, "policy", undefined);
  const entry = await repair(bucket);
  const ours = await policyIn(bucket);
  const { faults } = stage.sandbox;
  faults.add({ operation: "GetBucketPolicy", kind: "access-denied", bucket, times: 1 });
  expect((await undo(entry))?.outcome).toMatchObject({ kind: "blocked" });
  expect(await policyIn(bucket)).toBe(ours);
});

test("a before-image of what the undo replaces is kept, as of every write", async () => {
  const bucket = stage.bucket("image");
  stage.change(bucket, "policy", undefined);
  const entry = await repair(bucket);
  const ours = await policyIn(bucket);
  await undo(entry);
  const { images } = await memoryOf(stage, bucket);
  const there = { state: "present", value: { text: ours }, fingerprint: expect.any(String) };
  expect(images).toHaveLength(2);
  expect(images).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ before: absent, after: { text: ours } }),
      expect.objectContaining({ before: there, after: absent }),
    ]),
  );
});

test.each([
  { name: "an entry that there is not", entry: "nothing", says: "there is no ledger entry" },
  { name: "no entry", entry: " ", says: "request.undo: " },
])("$name is refused with what to give instead", async ({ entry, says }) => {
  const refusal = stage.deployment.invoke({ ...asked, undo: entry, mode: "apply" });
  await expect(refusal).rejects.toThrow(says);
});

test("an entry that wrote nothing is refused", async () => {
  const bucket = stage.bucket("clean");
  expect(await stage.lookAgain(bucket)).toBe("clean");
  const entry = (await entriesOf(bucket))[0]?.id ?? "";
  await expect(undo(entry)).rejects.toThrow("wrote nothing");
});
