import { controls } from "@bucket-warden/core/controls";
import { parseLookOrder } from "@bucket-warden/core/event";
import { resourceId } from "@bucket-warden/core/model";
import { afterEach, expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

let stage: Rehearsal;
afterEach(() => stage[Symbol.asyncDispose]());

const others = controls.filter(({ id }) => id !== "versioning");

/** One control is enough to be too much; looks at all of them would take most of the time. */
const baseline = {
  ...Object.fromEntries(others.map(({ id }) => [id, { mode: "off" }])),
  limits: { largeSweep: { buckets: 2, percent: 50 } },
};

test("a sweep that would write to too many buckets writes to none, and each can be approved", async () => {
  stage = await rehearse({ baseline });
  const buckets = driftedBuckets(3);

  // With the log bucket there are four, and three of them are more than half.
  expect((await stage.sweepAgain()).writes).toEqual([]);
  expect(buckets.map((bucket) => stage.told(bucket))).toEqual(
    buckets.map(() => ["approval-wanted versioning"]),
  );
  const [bucket = "", other = ""] = buckets;
  const [notice] = stage.messages(bucket)[0]?.notices ?? [];
  expect(notice?.did).toBe(
    "nothing was written: one sweep would write to 3 of the 4 buckets of the account",
  );
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });

  const approval = await approvalFor(bucket);
  const asked = { mode: "apply", approval, requestedBy: "bob", reason: "SEC-1" };
  await stage.deployment.invoke({ ...asked, bucket });
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);

  // What the approval of another bucket names is not what this one needs.
  const { results } = await stage.deployment.invoke({ ...asked, bucket: other });
  expect(results[0]?.outcome).toMatchObject({ kind: "awaiting-approval" });
  expect(results[0]?.held[0]?.why).toMatch(/^the approval is stale/);
  expect(stage.writes(other)).toEqual([]);
});

test("once no more than its share is left, a sweep repairs it by itself", async () => {
  stage = await rehearse({ baseline });
  const [first = ""] = driftedBuckets(3);
  await stage.sweepAgain();
  stage.change(first, "versioning", enabled);
  expect((await stage.sweepAgain()).writes).toHaveLength(2);
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});

test("where one look never comes to its end, the next sweep sets the others going", async () => {
  stage = await rehearse({ baseline });
  const [bucket = ""] = driftedBuckets(1);
  const lost = stage.bucket("lost");
  loseTasksOf(lost);
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
  const second = await stage.sweepAgain();
  expect(second).toEqual({ writes: ["PutBucketVersioning"], told: 1 });
  expect(stage.told(bucket)).toEqual(["fixed versioning"]);
});

test("what there is no time for goes on in another run of the function", async () => {
  stage = await rehearse({ rolesFor: "baseline" });
  for (let count = 0; count < 1_001; count += 1) stage.bucket("one-of-many");
  const { sandbox, deployment } = stage;
  const queue = sandbox.world.queues.get(deployment.resources.lookQueueArn);
  queue?.listeners.clear(); // nobody works them off here
  const { looks } = await deployment.sweep();
  await Promise.all(sandbox.world.background);
  const runs = sandbox.calls.list({ service: "lambda", operation: "Invoke" });
  expect(runs.map(({ status }) => status)).toEqual([202]);
  // The account, its Region and a page of a thousand; then the rest.
  expect(looks).toBe(1_002);
  const orders = queue?.messages.map(({ body }) => parseLookOrder(body)) ?? [];
  const seen = new Set(orders.flatMap(({ looks: some }) => some.map(({ ref }) => resourceId(ref))));
  expect(seen.size).toBe(sandbox.world.buckets.size + 2);
  expect(orders.length).toBeLessThanOrEqual(Math.ceil(seen.size / 25) + 2);
  expect(deployment.failures).toEqual([]);
});

/** As if each of them killed its function until the queue gave up. */
function loseTasksOf(bucket: string): void {
  const { sandbox, deployment } = stage;
  const queue = sandbox.world.queues.get(deployment.resources.taskQueueArn);
  if (queue === undefined) throw new Error("the task queue comes first");
  const others = [...queue.listeners];
  queue.listeners.clear();
  queue.listeners.add(() => {
    const isLost = ({ body }: { readonly body: string }) => body.includes(`"${bucket}"`);
    queue.messages.splice(0, queue.messages.length, ...queue.messages.filter((it) => !isLost(it)));
  });
  for (const listener of others) queue.listeners.add(listener);
}

function driftedBuckets(count: number): readonly string[] {
  const buckets = Array.from({ length: count }, () => stage.bucket());
  for (const bucket of buckets) stage.change(bucket, "versioning", undefined);
  return buckets;
}

async function approvalFor(bucket: string): Promise<string> {
  const { entries } = await memoryOf(stage, bucket);
  return entries.at(-1)?.plan.held[0]?.approval ?? "";
}

const enabled = "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>";
