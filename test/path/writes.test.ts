import type { Call } from "@bucket-warden/sandbox";
import { afterAll, expect, test, vi } from "vitest";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

// The product waits for seconds before it gives up on a write.
vi.setConfig({ testTimeout: 20_000 });

const stage = await rehearse();
const mallory = stage.as("mallory");
const { faults, calls } = stage.sandbox;
afterAll(() => stage[Symbol.asyncDispose]());

const putPolicy = { service: "s3", operation: "PutBucketPolicy" } as const;
const ourPolicy = [
  "BucketWardenKmsEnforcement",
  "BucketWardenKmsEnforcementSseC",
  "BucketWardenSslOnly",
];
const bothFixed = ["fixed ssl-only", "fixed kms-enforcement"];

async function statementsOf(bucket: string): Promise<readonly string[]> {
  return (await standingOf(stage, bucket)).statements;
}

/** Before the product's next call of this operation, `meddle` once. */
function meddleBefore(operation: string, meddle: () => Promise<unknown>): () => void {
  let isDone = false;
  return faults.beforeCall(async (call: Call) => {
    if (isDone || call.operation !== operation || !isOurs(call)) {
      return;
    }
    isDone = true;
    await meddle();
  });
}

/** By the role of a function, or by one that it took on. */
function isOurs({ principal }: Call): boolean {
  return principal.arn.includes(":assumed-role/bucket-warden-");
}

test.concurrent.each([
  { name: "S3 is busy with another call once", kind: "operation-aborted", times: 1 },
  { name: "S3 is busy with other calls three times", kind: "operation-aborted", times: 3 },
  { name: "S3 throttles once", kind: "throttle", times: 1 },
  { name: "S3 fails twice", kind: "internal-error", times: 2 },
  { name: "the connection is cut once", kind: "reset", times: 1 },
] as const)("$name, and the repair lands all the same", async ({ kind, times }) => {
  const bucket = stage.bucket("busy");
  faults.add({ ...putPolicy, bucket, kind, times });
  const heard = stage.heard(bucket);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await heard;
  expect(await statementsOf(bucket)).toEqual(ourPolicy);
  expect(calls.list({ ...putPolicy, bucket }).map(({ status }) => status)).toHaveLength(times + 1);
  expect(stage.told(bucket)).toEqual(bothFixed);
  expect((await memoryOf(stage, bucket)).entries.map(({ outcome }) => outcome.kind)).toEqual([
    "fixed",
  ]);
});

test.concurrent("while S3 stays busy, the task is tried again, nothing is lost and nobody is told", async () => {
  const bucket = stage.bucket("busy");
  const foreign = `{"Statement":[ {"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::444455556666:root"},"Action":"s3:GetObject","Resource":"arn:aws:s3:::${bucket}/*"} ]}`;
  const off = faults.add({ ...putPolicy, bucket, kind: "operation-aborted", after: 1 });
  const returned = stage.returned(bucket);
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: foreign });
  await returned;
  const { Policy: meanwhile } = await mallory.getBucketPolicy({ Bucket: bucket });
  expect(meanwhile).toBe(foreign);
  expect(stage.told(bucket)).toEqual([]);
  const [entry] = (await memoryOf(stage, bucket)).entries;
  expect(entry?.outcome.kind).toBe("retry");
  const heard = stage.heard(bucket);
  off();
  await heard;
  expect(await statementsOf(bucket)).toEqual(expect.arrayContaining(ourPolicy));
  expect(stage.told(bucket)).toEqual(bothFixed);
  const { entries } = await memoryOf(stage, bucket);
  expect(entries.map(({ outcome }) => outcome.kind)).toEqual(["fixed"]);
  expect(entries[0]?.receipts.filter(({ kind }) => kind === "written")).toHaveLength(1);
});

test.concurrent("a denied write is told once, with the error, and not tried again and again", async () => {
  const bucket = stage.bucket("denied");
  const off = faults.add({ ...putPolicy, bucket, kind: "access-denied" });
  const heard = stage.heard(bucket);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await heard;
  expect(calls.list({ ...putPolicy, bucket })).toHaveLength(1);
  expect(stage.told(bucket)).toEqual(["blocked ssl-only", "blocked kms-enforcement"]);
  expect(JSON.stringify(stage.messages(bucket))).toContain("AccessDenied");

  expect(await stage.lookAgain(bucket)).toBe("blocked");
  expect(calls.list({ ...putPolicy, bucket })).toHaveLength(2);
  expect(stage.told(bucket)).toHaveLength(2);

  off();
  expect(await stage.lookAgain(bucket)).toBe("fixed");
  expect(await statementsOf(bucket)).toEqual(ourPolicy);
  expect(stage.told(bucket).slice(2)).toEqual(bothFixed);
});

test.concurrent("one document that cannot be written does not hold up the others", async () => {
  const bucket = stage.bucket("denied");
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "logging", undefined);
  const off = faults.add({ ...putPolicy, bucket, kind: "access-denied" });
  expect(await stage.lookAgain(bucket)).toBe("blocked");
  expect(await standingOf(stage, bucket)).toMatchObject({
    statements: [],
    logsTo: stage.logBucket,
  });
  off();
  expect(await stage.lookAgain(bucket)).toBe("fixed");
});

test("somebody who writes between our look and our write is not overwritten", async () => {
  const bucket = stage.bucket("meddled");
  const theirs = `{ "Sid":"Theirs" , "Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::${bucket}" }`;
  // The before-image is stored between the two.
  const off = meddleBefore("PutItem", () =>
    mallory.putBucketPolicy({ Bucket: bucket, Policy: `{"Statement":[${theirs}]}` }),
  );
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  off();
  const { Policy: policy } = await mallory.getBucketPolicy({ Bucket: bucket });
  expect(policy).toContain(theirs);
  expect(await statementsOf(bucket)).toEqual([...ourPolicy, "Theirs"].sort());
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
  expect(stage.told(bucket)).toEqual(bothFixed);
  const receipts = (await memoryOf(stage, bucket)).entries.flatMap((entry) => entry.receipts);
  expect(receipts.filter(({ kind }) => kind === "written")).toHaveLength(1);
});

test("the owner who puts it right between our look and our write is left alone", async () => {
  const bucket = stage.bucket("meddled");
  const { Policy: sound = "" } = await mallory.getBucketPolicy({ Bucket: bucket });
  const off = meddleBefore("PutItem", () =>
    stage.as("owner").putBucketPolicy({ Bucket: bucket, Policy: sound }),
  );
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  off();
  const { Policy: policy } = await mallory.getBucketPolicy({ Bucket: bucket });
  expect(policy).toBe(sound);
  expect(stage.writes(bucket)).toEqual([]);
  expect(stage.told(bucket)).toEqual([]);
});

test.concurrent("a write that S3 does not show yet is waited for before anybody is told", async () => {
  const bucket = stage.bucket("stale");
  const stale = { staleReads: 350 };
  // All looks before the write see the truth.
  faults.beforeCall(({ operation, bucket: on }) => {
    if (operation !== "PutBucketPolicy" || on !== bucket) return;
    faults.add({ service: "s3", operation: "GetBucketPolicy", bucket, kind: stale });
  });
  const heard = stage.heard(bucket);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await heard;
  const looks = calls.list({ service: "s3", operation: "GetBucketPolicy", bucket });
  expect(looks.length).toBeGreaterThan(4);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
  expect(stage.told(bucket)).toEqual(bothFixed);
});

test("defect: a write whose answer is lost is found to have landed, and is not made again", async () => {
  const bucket = stage.bucket("lost");
  faults.add({ ...putPolicy, bucket, kind: "reset", landed: true });
  const heard = stage.heard(bucket);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await heard;
  expect(await statementsOf(bucket)).toEqual(ourPolicy);
  expect(calls.list({ ...putPolicy, bucket })).toHaveLength(1);
  expect(stage.told(bucket)).toEqual(bothFixed);
  const { entries } = await memoryOf(stage, bucket);
  expect(entries.map(({ outcome }) => outcome.kind)).toEqual(["fixed"]);
  const written = entries[0]?.receipts.filter(({ kind }) => kind === "written") ?? [];
  expect(written.map(({ step }) => step.before)).toEqual([{ state: "absent" }]);
});

test("defect: somebody whose write keeps S3 busy is not overwritten by the next attempt", async () => {
  const bucket = stage.bucket("busy");
  const theirs = `{"Sid":"Theirs" ,"Effect":"Deny","Principal":"*","Action":"s3:DeleteBucket","Resource":"arn:aws:s3:::${bucket}"}`;
  faults.add({ ...putPolicy, bucket, kind: "operation-aborted", times: 1 });
  const off = meddleBefore("PutBucketPolicy", async () => {
    // Their call is the one that ours is refused for.
    stage.change(bucket, "policy", `{"Statement":[ ${theirs}]}`);
  });
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  off();
  const { Policy: policy } = await mallory.getBucketPolicy({ Bucket: bucket });
  expect(policy).toContain(theirs);
  expect(await statementsOf(bucket)).toEqual([...ourPolicy, "Theirs"].sort());
  expect(stage.told(bucket)).toEqual(bothFixed);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
