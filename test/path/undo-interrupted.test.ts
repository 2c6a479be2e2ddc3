import type { Task } from "@bucket-warden/core/model";
import { expect, test, vi } from "vitest";
import { deliver, dieBefore } from "./lives.ts";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

vi.setConfig({ testTimeout: 20_000 });

/** The undo of the one repair of a bucket, as invoke would queue it. */
async function repairedOnce() {
  const stage = await rehearse({ watch: false });
  const bucket = stage.bucket();
  stage.change(bucket, "policy", undefined);
  await stage.lookAgain(bucket);
  const { entries } = await memoryOf(stage, bucket);
  const [repair] = entries;
  if (repair === undefined) throw new Error("nothing was repaired");
  const cause = { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "test" } as const;
  const task: Task = {
    id: "undo-1",
    ref: repair.task.ref,
    cause,
    mode: "apply",
    touches: "all",
    undo: repair.id,
  };
  return { stage, bucket, task };
}

test.concurrent.each<{ readonly name: string; readonly dies: string; readonly nth: number }>([
  { name: "before the waiver is stored", dies: "PutItem", nth: 1 },
  { name: "between the waiver and the before-image", dies: "PutItem", nth: 2 },
  { name: "between the before-image and the write", dies: "DeleteBucketPolicy", nth: 1 },
  { name: "between the write and its record", dies: "PutItem", nth: 3 },
  { name: "between the record and the message", dies: "PutItem", nth: 5 },
  { name: "between the message and the last record", dies: "PutItem", nth: 6 },
])("an undo that dies $name is finished by the next delivery", async ({ dies, nth }) => {
  const { stage, bucket, task } = await repairedOnce();
  await using _ = stage;
  let seen = 0;
  const died = dieBefore(stage, ({ operation }) => {
    if (operation === dies) seen += 1;
    return seen === nth && operation === dies;
  });
  deliver(stage, task, { life: "first-life", delivery: 1 }).catch(() => "dead");
  await died;
  const early = await standingOf(stage, bucket);
  const kept = await memoryOf(stage, bucket);
  // What was taken back was waived and has its before-image.
  if (early.statements.length === 0) expect(kept.images).toHaveLength(2);

  await deliver(stage, task, { life: "bucket-warden", delivery: 2 });
  await stage.deployment.idle();
  expect((await standingOf(stage, bucket)).statements).toEqual([]);
  const { entries } = await memoryOf(stage, bucket);
  const [entry] = entries.filter(({ id }) => id === task.id);
  expect(entry?.outcome).toEqual({ kind: "undone", controls: ["ssl-only", "kms-enforcement"] });
  expect(entry?.announced).toBe(true);
  expect(entry?.receipts.map(({ kind }) => kind)).toEqual(["written"]);
  const { sandbox } = stage;
  expect(sandbox.calls.list({ operation: "DeleteBucketPolicy", status: 204 })).toHaveLength(1);
  expect(new Set(stage.told(bucket).slice(2))).toEqual(
    new Set(["undone ssl-only", "undone kms-enforcement"]),
  );
  // Neither delivery left it to be repaired at once.
  await stage.lookAgain(bucket);
  expect((await standingOf(stage, bucket)).statements).toEqual([]);
});
