import { receiveEvent } from "@bucket-warden/core/event";
import type { Task } from "@bucket-warden/core/model";
import { taskOfChange } from "@bucket-warden/core/resolve";
import { expect, test, vi } from "vitest";
import { deliver, dieBefore } from "./lives.ts";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

// A task whose delivery died is hidden until its visibility timeout is over.
vi.setConfig({ testTimeout: 20_000 });

const bothFixed = ["fixed ssl-only", "fixed kms-enforcement"];
const ourPolicy = [
  "BucketWardenKmsEnforcement",
  "BucketWardenKmsEnforcementSseC",
  "BucketWardenSslOnly",
];
const redelivered = { visibilityTimeoutSeconds: 2, retryMilliseconds: 60_000 };

test.concurrent("while the before-image cannot be stored, nothing is written", async () => {
  await using stage = await rehearse(redelivered);
  const bucket = stage.bucket();
  const { faults, calls } = stage.sandbox;
  // Its first round notes down where it begins to look.
  await stage.deployment.send();
  calls.clear();
  faults.add({ service: "dynamodb", operation: "PutItem", kind: "access-denied", times: 2 });
  await stage.as("mallory").deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  const order = calls
    .list()
    .filter(({ operation }) => operation === "PutItem" || operation === "PutBucketPolicy")
    .map(({ operation, status }) => `${operation} ${status}`);
  expect(order.slice(0, 4)).toEqual([
    "PutItem 400",
    "PutItem 400",
    "PutItem 200",
    "PutBucketPolicy 204",
  ]);
  expect(order.filter((it) => it.startsWith("PutBucketPolicy"))).toHaveLength(1);
  expect((await standingOf(stage, bucket)).statements).toEqual(ourPolicy);
  expect(stage.told(bucket)).toEqual(bothFixed);
  expect(stage.deployment.failures).toEqual([]);
});

test.concurrent("while nobody can be told, the repair is made once, recorded once and told later", async () => {
  await using stage = await rehearse(redelivered);
  const bucket = stage.bucket();
  const { faults, calls } = stage.sandbox;
  faults.add({ service: "sns", operation: "Publish", kind: "access-denied", times: 2 });
  await stage.as("mallory").deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  expect(calls.list({ service: "sns", operation: "Publish" })).toHaveLength(3);
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
  expect(stage.messages(bucket)).toHaveLength(1);
  expect(stage.told(bucket)).toEqual(bothFixed);
  const { entries } = await memoryOf(stage, bucket);
  expect(entries.map(({ outcome, announced }) => [outcome.kind, announced])).toEqual([
    ["fixed", true],
  ]);
  const [entry] = entries;
  expect(entry?.receipts.map(({ kind, step }) => [kind, step.before])).toEqual([
    ["written", { state: "absent" }],
  ]);
  // What was wrong belongs to it, though the last delivery finds nothing wrong any more.
  expect(stage.messages(bucket)[0]?.notices[0]).toMatchObject({
    saw: expect.stringContaining("the bucket policy does not enforce it"),
  });
  expect(entry?.findings.filter(({ assessment }) => assessment.kind === "drift")).toHaveLength(2);
});

/** The task of mallory's call, as intake would have queued it. */
function taskOf({ sandbox }: Rehearsal): Task {
  const record = sandbox.world.records.find(({ eventName }) => eventName === "DeleteBucketPolicy");
  const event = { "detail-type": "AWS API Call via CloudTrail", detail: record };
  const received = receiveEvent(event);
  if (received.kind !== "trigger") throw new Error(`not a change but ${received.kind}`);
  return taskOfChange(received.trigger);
}

async function weakened(): Promise<{ readonly stage: Rehearsal; readonly bucket: string }> {
  const stage = await rehearse({ watch: false });
  const bucket = stage.bucket();
  await stage.as("mallory").deleteBucketPolicy({ Bucket: bucket });
  return { stage, bucket };
}

/** The calls of a whole life, in order. */
async function wholeLife(): Promise<readonly string[]> {
  const { stage } = await weakened();
  await using _ = stage;
  await deliver(stage, taskOf(stage), { life: "first-life", delivery: 1 });
  const principal = `arn:aws:iam::${stage.sandbox.account}:user/first-life`;
  return stage.sandbox.calls.list({ principal }).map(({ operation }) => operation);
}

const life = await wholeLife();
const isRead = (operation = "") => /^(Get(Bucket|Object)|Describe)/.test(operation);
// The reads of one look go out together, so that dying before each of them is the same death.
const deaths = life
  .map((operation, index) => ({ operation, nth: index + 1, of: life.length }))
  .filter(({ operation, nth }) => !isRead(operation) || !isRead(life[nth - 2]));

test("a life has many moments at which it can end", () => {
  const moments = deaths.map(({ operation }) => operation);
  expect(moments).toEqual(expect.arrayContaining(["PutItem", "PutBucketPolicy"]));
  expect(moments.length).toBeGreaterThan(8);
});

/** Lets the first life die, delivers the task again, and tells what is left. */
async function liveTwice(
  stage: Rehearsal,
  bucket: string,
  isMeant: Parameters<typeof dieBefore>[1],
) {
  const died = dieBefore(stage, isMeant);
  deliver(stage, taskOf(stage), { life: "first-life", delivery: 1 }).catch(() => "dead");
  await died;
  const early = await memoryOf(stage, bucket);
  const { statements } = await standingOf(stage, bucket);
  const answer = await deliver(stage, taskOf(stage), { life: "bucket-warden", delivery: 2 });
  await stage.deployment.idle();
  const { entries, images } = await memoryOf(stage, bucket);
  const receipts = entries.flatMap((entry) => entry.receipts);
  const written = receipts.filter(({ kind }) => kind === "written").map(({ step }) => step);
  return { early: { ...early, statements }, answer, entries, images, written };
}

test.concurrent.each(deaths)(
  "a function that dies before call $nth of $of, $operation, leaves nothing undone, unrecorded or untold",
  async ({ nth }) => {
    const { stage, bucket } = await weakened();
    await using _ = stage;
    const { early, answer, entries, written } = await liveTwice(
      stage,
      bucket,
      (_call, count) => count === nth,
    );
    // What stood when it died was written with a before-image, or not at all.
    expect(early.statements).toEqual(early.statements.length === 0 ? [] : ourPolicy);
    if (early.statements.length > 0) expect(early.images).toHaveLength(1);
    expect(answer).toEqual({ batchItemFailures: [] });
    expect((await standingOf(stage, bucket)).statements).toEqual(ourPolicy);
    const puts = stage.sandbox.calls.list({ operation: "PutBucketPolicy", status: 204 });
    expect(puts).toHaveLength(1);
    expect(entries.map(({ outcome, announced }) => [outcome.kind, announced])).toEqual([
      ["fixed", true],
    ]);
    expect(written[0]?.before).toEqual({ state: "absent" });
    // The second life says the same, and it is sent once.
    expect(stage.told(bucket)).toEqual(bothFixed);
  },
);

test("defect: a write that an earlier delivery only prepared is recorded once, not twice", async () => {
  const { stage, bucket } = await weakened();
  await using _ = stage;
  const { written } = await liveTwice(
    stage,
    bucket,
    ({ operation }) => operation === "PutBucketPolicy",
  );
  expect(written).toHaveLength(1);
});
