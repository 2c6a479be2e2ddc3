import { afterAll, expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { repaired, standingOf } from "./standing.ts";

const stage = await rehearse();
const mallory = stage.as("mallory");
const { idle } = stage.deployment;
const { world, calls } = stage.sandbox;
afterAll(() => stage[Symbol.asyncDispose]());

const suspended = { VersioningConfiguration: { Status: "Suspended" as const } };

/** How many tasks were ever queued. */
function tasks(): number {
  return calls.list({ service: "sqs", operation: "SendMessageBatch" }).length;
}

async function tasksFrom(act: () => Promise<unknown>): Promise<number> {
  const before = tasks();
  await act();
  await idle();
  return tasks() - before;
}

test("calls that fail, read or change nothing of ours make no task", async () => {
  const bucket = stage.bucket("quiet");
  const acts: readonly (() => Promise<unknown>)[] = [
    () => mallory.putBucketPolicy({ Bucket: bucket, Policy: "no policy" }).catch(() => "refused"),
    () => mallory.createBucket({ Bucket: "No-Such-Name" }).catch(() => "refused"),
    () => mallory.deleteBucketPolicy({ Bucket: "never-was" }).catch(() => "refused"),
    () => mallory.getBucketPolicy({ Bucket: bucket }),
    () => mallory.listBuckets(),
    () => mallory.putObject({ Bucket: bucket, Key: "a", Body: "b" }),
    () =>
      mallory.putBucketNotificationConfiguration({
        Bucket: bucket,
        NotificationConfiguration: { EventBridgeConfiguration: {} },
      }),
  ];
  for (const act of acts) expect(await tasksFrom(act)).toBe(0);
  expect(world.records.some(({ errorCode }) => errorCode === "MalformedPolicy")).toBe(true);
});

test("what happens to a bucket of another account makes no task here", async () => {
  const them = stage.as("them@222233334444");
  await them.createBucket({ Bucket: "theirs" });
  await idle();
  const acted = await tasksFrom(() => them.putBucketVersioning({ Bucket: "theirs", ...suspended }));
  expect(acted).toBe(0);
  expect(stage.writes("theirs")).toEqual([]);
});

test("a bucket that is made for another region is looked at there", async () => {
  const bucket = "far-away";
  await mallory.createBucket({
    Bucket: bucket,
    CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
  });
  await idle();
  // There is neither key nor log bucket; what can be done without them is done.
  expect(stage.told(bucket)).toEqual([
    "fixed ssl-only",
    "fixed kms-enforcement",
    "blocked default-encryption",
    "blocked access-logging",
    "fixed versioning",
  ]);
  const served = calls.list({ service: "s3", bucket, write: true, status: 204 });
  expect(served.map(({ region }) => region)).toEqual(["eu-west-1"]);
  const { Status: status } = await stage
    .as("owner", "eu-west-1")
    .getBucketVersioning({ Bucket: bucket });
  expect(status).toBe("Enabled");
});

test("our own writes come back as events, and nothing is written or told because of them", async () => {
  const bucket = stage.bucket("own");
  stage.change(bucket, "policy", undefined);
  const made = await tasksFrom(() => mallory.putBucketVersioning({ Bucket: bucket, ...suspended }));
  expect(made).toBe(2);
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
  expect(stage.told(bucket)).toEqual(["fixed versioning"]);
  const principals = world.records
    .filter(({ requestParameters }) => requestParameters?.["bucketName"] === bucket)
    .map(({ userIdentity }) => userIdentity["arn"]);
  expect(principals).toEqual([
    expect.stringMatching(/user\/mallory$/),
    expect.stringMatching(/assumed-role\/bucket-warden-remediation\/bucket-warden$/),
  ]);
});

test("an event that was missed is caught by the sweep", async () => {
  const bucket = stage.bucket("missed");
  for (const marker of ["policy", "logging", "versioning", "encryption"]) {
    stage.change(bucket, marker, undefined);
  }
  await idle();
  expect(stage.told(bucket)).toEqual([]);
  await stage.sweepAgain();
  expect(await standingOf(stage, bucket)).toEqual(repaired(stage.logBucket));
  expect([...stage.told(bucket)].sort()).toEqual([
    "fixed access-logging",
    "fixed default-encryption",
    "fixed kms-enforcement",
    "fixed sse-c-blocked",
    "fixed ssl-only",
    "fixed versioning",
  ]);
  expect(stage.messages(bucket)[0]?.cause.kind).toBe("sweep");
});

test("what somebody else puts right before us is told as recovered", async () => {
  const bucket = stage.bucket("recovered");
  const { Policy: sound = "" } = await mallory.getBucketPolicy({ Bucket: bucket });
  const off = stage.sandbox.faults.add({
    kind: "access-denied",
    service: "s3",
    operation: "GetBucketPolicy",
    bucket,
  });
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: sound });
  await idle();
  off();
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: sound });
  await idle();
  const readers = [
    "ssl-only",
    "kms-enforcement",
    "default-encryption",
    "sse-c-blocked",
    "public-policy",
    "access-points",
    "log-target-health",
    "object-lock",
  ];
  expect(stage.told(bucket)).toEqual([
    ...readers.map((id) => `unread ${id}`),
    ...readers.map((id) => `recovered ${id}`),
  ]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("a deleted bucket is gone, quietly, and forgotten", async () => {
  const bucket = stage.bucket("short-lived");
  await mallory.putBucketVersioning({ Bucket: bucket, ...suspended });
  await idle();
  expect(Object.keys((await memoryOf(stage, bucket)).states ?? {})).toEqual(["versioning"]);
  await mallory.deleteBucket({ Bucket: bucket });
  await idle();
  const { entries, states } = await memoryOf(stage, bucket);
  expect(entries.map(({ outcome }) => outcome.kind)).toEqual(["fixed", "gone"]);
  expect(states ?? {}).toEqual({});
  expect(stage.told(bucket)).toEqual(["fixed versioning"]);
});

test("a bucket that vanishes between event and look is gone, not wrong", async () => {
  const bucket = stage.bucket("short-lived");
  let isGone = false;
  const stop = stage.sandbox.faults.beforeCall(({ operation, principal }) => {
    if (isGone || operation !== "GetBucketVersioning" || principal.arn.endsWith("/mallory")) return;
    isGone = world.buckets.delete(bucket);
  });
  await mallory.putBucketVersioning({ Bucket: bucket, ...suspended });
  await idle();
  stop();
  expect(stage.told(bucket)).toEqual([]);
  expect(stage.writes(bucket)).toEqual([]);
});

/** Puts a text that nobody of us wrote on the task queue. */
async function smuggle({ sandbox, deployment }: Rehearsal, body: string, group: string) {
  const answer = await fetch(sandbox.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessage",
      authorization: `AWS4-HMAC-SHA256 Credential=mallory/20260101/${sandbox.region}/sqs/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify({
      QueueUrl: deployment.resources.taskQueueUrl,
      MessageBody: body,
      MessageGroupId: group,
      MessageDeduplicationId: group,
    }),
  });
  expect(answer.status).toBe(200);
}

test("a message that is no task ends in the dead-letter queue and holds up nobody else", async () => {
  await using own = await rehearse({ visibilityTimeoutSeconds: 2, retryMilliseconds: 60_000 });
  await smuggle(own, "{}", "arn:aws:s3:::poisoned");
  await smuggle(own, "not JSON", "arn:aws:s3:::poisoned-too");
  const queue = own.sandbox.world.queues.get(own.deployment.resources.taskQueueArn);
  // As if this were the last of the eight deliveries that the queue allows.
  for (const message of queue?.messages ?? []) message.receiveCount = 8;
  const bucket = own.bucket();
  const heard = own.heard(bucket);
  await own.as("mallory").putBucketVersioning({ Bucket: bucket, ...suspended });
  await heard;
  expect((await standingOf(own, bucket)).versioning).toBe("Enabled");
  expect(own.writes(bucket)).toEqual(["PutBucketVersioning"]);
  await own.deployment.idle();
  const deadLetters = own.sandbox.world.queues.get(
    own.deployment.resources.taskQueueArn.replace("tasks", "dead-letters"),
  );
  expect(deadLetters?.messages.map(({ body }) => body).sort()).toEqual(["not JSON", "{}"]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  await stage.sweepAgain();
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
