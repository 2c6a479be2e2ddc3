import { expect, test, vi } from "vitest";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
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
