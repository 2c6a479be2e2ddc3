import { expect, test } from "vitest";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { ConfigChange, ManualTrigger, Task, Trigger } from "../model/trigger.ts";
import type { Directory } from "./directory.ts";
import {
  besideBuckets,
  type Field,
  followUp,
  resolve,
  taskOfChange,
  taskOfSweep,
  tasksAfter,
} from "./resolve.ts";

const account = parseAccountId("111122223333", "test");
const region = parseRegion("eu-west-1", "test");

function bucket(name: string): BucketRef {
  return { kind: "bucket", name: parseBucketName(name, "test"), account, region };
}

/** An account with two buckets; asking for any other is a mistake. */
const directory: Directory = {
  regionsOf: () => [region, parseRegion("us-east-1", "test")],
  async *bucketsOf(asked) {
    if (asked !== account) throw new Error(`asked for ${asked}`);
    yield bucket("first");
    yield bucket("second");
  },
  pageOf: () => Promise.reject(new Error("nobody asks for pages here")),
  bucketNamed: async (name) =>
    name === "far" ? { ...bucket("far"), region: parseRegion("ap-south-1", "test") } : undefined,
  async *sourcesOf() {
    yield bucket("first");
    yield bucket("logs");
  },
  async *bucketsUsingKey(keys) {
    if (keys.includes("used")) yield bucket("second");
  },
  bucketBehind: async (accessPoint) => (accessPoint === "reader" ? bucket("second") : undefined),
  async *bucketsDelivering(source) {
    if (source === "access") yield bucket("second");
  },
  async *bucketsNotLogged() {
    yield bucket("first");
  },
};

const onlyBuckets: Field = {
  directory,
  kinds: new Set(["bucket"]),
  isLogTarget: (ref) => ref.kind === "bucket" && ref.name === "logs",
  largeSweep: { buckets: 2, percent: 50 },
};

function tasksOf(trigger: Trigger, field = onlyBuckets): Promise<readonly Task[]> {
  return Array.fromAsync(resolve(trigger, field));
}

const actor = { arn: "arn:aws:iam::111122223333:user/alice", type: "IAMUser" };
const change: ConfigChange = {
  kind: "config-change",
  eventName: "PutBucketPolicy",
  eventId: "e-1",
  eventTime: "2026-11-20T10:15:00Z",
  actor,
  on: bucket("first"),
  touches: ["policy", "logTarget"],
};
const manual: ManualTrigger = {
  kind: "manual",
  id: "r-1",
  account,
  mode: "plan",
  requestedBy: "bob",
  reason: "audit",
};
const anyId = expect.stringMatching(/^[0-9a-f]{32}$/);

test("a configuration change is one task for its bucket, and keeps only names and the cause", async () => {
  expect(await tasksOf(change)).toEqual([
    {
      id: anyId,
      ref: bucket("first"),
      cause: {
        kind: "event",
        eventName: "PutBucketPolicy",
        eventId: "e-1",
        eventTime: "2026-11-20T10:15:00Z",
        actor,
      },
      mode: "apply",
      touches: ["policy", "logTarget"],
    },
  ]);
});

test("what a call says of a policy goes to the bucket of that policy, and no further", () => {
  const claim = { kind: "put", text: "{}" } as const;
  expect(taskOfChange({ ...change, claim }).claim).toEqual(claim);
  expect(taskOfChange({ ...change, claim, touches: ["logTarget"] })).not.toHaveProperty("claim");
});

test("a change of tags is a look at the whole bucket: they can decide which settings hold", () => {
  expect(taskOfChange({ ...change, touches: ["tags"] }).touches).toBe("all");
});

test("a change of an account is one task for the account", () => {
  const on = { kind: "account", account, region } as const;
  const task = taskOfChange({ ...change, on });
  expect(task).toEqual({ ...taskOfChange(change), id: anyId, ref: on });
  expect(task.id).not.toBe(taskOfChange(change).id);
});

test("a request about an account is one full task for each of its buckets", async () => {
  const { id: requestId, requestedBy, reason, mode } = manual;
  const cause = { kind: "manual", requestId, requestedBy, reason };
  const full = { id: anyId, cause, mode, touches: "all" };
  expect(await tasksOf(manual)).toEqual([
    { ...full, ref: bucket("first") },
    { ...full, ref: bucket("second") },
  ]);
});

test("a waiver is one full look by hand at what it is about", async () => {
  const named = { name: bucket("first").name, region };
  const asked = { id: "r-1", account, mode: "apply", requestedBy: "bob" } as const;
  const waiver = { ...asked, kind: "waive", control: "cors", days: 7, reason: "a move" } as const;
  expect(await tasksOf({ ...waiver, bucket: named })).toEqual([
    {
      id: anyId,
      ref: bucket("first"),
      cause: {
        kind: "manual",
        requestId: "r-1",
        requestedBy: "bob",
        reason: "cors is waived for 7 days: a move",
      },
      mode: "apply",
      touches: "all",
    },
  ]);
});

test("a sweep looks at the account and its Regions, where controls are about them", () => {
  const kinds = new Set(["bucket", "account", "region"] as const);
  expect(besideBuckets(account, { directory, kinds })).toEqual([
    { kind: "account", account, region },
    { kind: "region", account, region },
    { kind: "region", account, region: "us-east-1" },
  ]);
  expect(besideBuckets(account, onlyBuckets)).toEqual([]);
});

test("a sweep looks at all of a bucket, and may look at others before it writes", () => {
  const task = { id: anyId, ref: bucket("first"), cause: { kind: "sweep", sweepId: "s-1" } };
  const full = { ...task, mode: "apply", touches: "all" };
  expect(taskOfSweep({ ref: bucket("first"), touches: "all" }, "s-1", false)).toEqual(full);
  expect(taskOfSweep({ ref: bucket("first"), touches: "all" }, "s-1", true)).toEqual({
    ...full,
    survey: true,
  });
});

test("after that, what would be written is looked at again, as other work", async () => {
  const surveyed = { sweepId: "s-1", writers: [bucket("first")], writes: 1, of: 4 };
  const [again, ...others] = tasksAfter(surveyed, onlyBuckets);
  const once = taskOfSweep({ ref: bucket("first"), touches: "all" }, "s-1", false);
  expect(others).toEqual([]);
  expect(again).toEqual({ ...once, id: anyId });
  expect(again?.id).not.toBe(once.id);
});

test.each([
  { writes: 3, of: 6, isLarge: false },
  { writes: 4, of: 6, isLarge: true },
  { writes: 2, of: 2, isLarge: false },
])("$writes writes in $of buckets are large: $isLarge", ({ writes, of, isLarge }) => {
  const writers = Array.from({ length: writes }, (_, index) => bucket(`data-${index}`));
  const tasks = tasksAfter({ sweepId: "s-1", writers, writes, of }, onlyBuckets);
  const large = isLarge ? { writes, of } : undefined;
  expect(tasks.map((task) => task.large)).toEqual(writers.map(() => large));
});

test("what comes too late to be counted is held to what the others were", () => {
  const late = { sweepId: "s-1", writers: [bucket("late")], writes: 4, of: 6 };
  expect(tasksAfter(late, onlyBuckets)[0]?.large).toEqual({ writes: 4, of: 6 });
});

test("where controls are about the account alone, no bucket is listed", async () => {
  const kinds = new Set(["account"] as const);
  const unlistable = { ...onlyBuckets, directory: broken, kinds };
  const tasks = await tasksOf(manual, unlistable);
  expect(tasks.map(({ ref }) => ref)).toEqual([{ kind: "account", account, region }]);
});

test("a request without a bucket is one full task for each bucket of the account", async () => {
  const cause = { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "audit" };
  const full = { id: anyId, cause, mode: "plan", touches: "all" };
  expect(await tasksOf(manual)).toEqual([
    { ...full, ref: bucket("first") },
    { ...full, ref: bucket("second") },
  ]);
});

test("a request for a bucket is one task with the controls that it names", async () => {
  const named = { name: parseBucketName("third", "test"), region };
  const tasks = await tasksOf({ ...manual, bucket: named, controls: ["ssl-only"], mode: "apply" });
  expect(tasks).toEqual([
    {
      id: anyId,
      ref: bucket("third"),
      cause: { kind: "manual", requestId: "r-1", requestedBy: "bob", reason: "audit" },
      mode: "apply",
      touches: "all",
      controls: ["ssl-only"],
    },
  ]);
});

test("a bucket that is asked for is the one in the Region where it is", async () => {
  const named = { name: parseBucketName("far", "test"), region };
  const tasks = await tasksOf({ ...manual, bucket: named });
  expect(tasks.map(({ ref }) => ref)).toEqual([{ ...bucket("far"), region: "ap-south-1" }]);
});

const broken: Directory = {
  ...directory,
  async *bucketsOf() {
    yield bucket("first");
    throw new Error("AccessDenied");
  },
};

test("a list that breaks off is an error, not a short list", async () => {
  const tasks = tasksOf(manual, { ...onlyBuckets, directory: broken });
  await expect(tasks).rejects.toThrow("AccessDenied");
});

test("the same work has the same id, other work another", async () => {
  const ids = async (trigger: Trigger) => (await tasksOf(trigger)).map(({ id }) => id);
  expect(await ids(manual)).toEqual(await ids(manual));
  const all = [
    ...(await ids(change)),
    ...(await ids({ ...change, eventId: "e-2" })),
    ...(await ids({ ...change, on: bucket("second") })),
    ...(await ids(manual)),
    ...(await ids({ ...manual, id: "r-2" })),
  ];
  expect(new Set(all).size).toBe(all.length);
});

test("one call that two accounts recorded is the same work", () => {
  const mine = taskOfChange({ ...change, sharedEventId: "shared", eventId: "e-1" });
  const theirs = taskOfChange({ ...change, sharedEventId: "shared", eventId: "e-2" });
  expect(mine.id).toBe(theirs.id);
});

test("a follow-up looks at everything of the other bucket, for the same cause", () => {
  const task = taskOfChange(change);
  const next = followUp(task, bucket("logs"));
  const expected = { ref: bucket("logs"), cause: task.cause, mode: "apply", touches: "all" };
  expect(next).toEqual({ id: anyId, ...expected });
  expect(followUp(task, bucket("logs")).id).toBe(next.id);
  expect(followUp(task, bucket("other")).id).not.toBe(next.id);
  expect(next.id).not.toBe(task.id);
});

// Otherwise a sweep would look at the one log bucket of an account once for each of its buckets.
test("tasks of one cause that wait for the same bucket have one follow-up, other causes another", async () => {
  const behind = bucket("logs");
  const idsOf = async (trigger: Trigger) =>
    (await tasksOf(trigger)).map((task) => followUp(task, behind).id);
  const [first, second] = await idsOf(manual);
  expect(first).toBe(second);
  const third = await idsOf({ ...manual, id: "r-2" });
  const causes = [...(await idsOf(manual)), ...third, ...(await idsOf(change))];
  expect(new Set(causes).size).toBe(3);
});

test("a follow-up is no task of its own trigger", async () => {
  const [task] = await tasksOf(manual);
  expect(task && followUp(task, task.ref).id).not.toBe(task?.id);
});

// Without them the follow-up is not asked to write, and clears nothing where the baseline alerts.
test("a follow-up keeps the controls that a person asked for", async () => {
  const named = { name: parseBucketName("third", "test"), region };
  const asked = { ...manual, bucket: named, controls: ["access-logging"], mode: "apply" } as const;
  const [task] = await tasksOf(asked);
  expect(task && followUp(task, bucket("logs")).controls).toEqual(["access-logging"]);
});

// Without it the control would count as asked for, and be written where the baseline only alerts.
test("a follow-up of an approved plan is approved for nothing else", async () => {
  const named = { name: parseBucketName("third", "test"), region };
  const only = { controls: ["access-logging"], approval: "access-logging/x/y" };
  const [task] = await tasksOf({ ...manual, ...only, bucket: named, mode: "apply" });
  expect(task && followUp(task, bucket("logs"))).toMatchObject(only);
});

test("a change of an access point is one of the bucket behind it, and of none once it is gone", async () => {
  const at = { kind: "region", account, region } as const;
  const point = { ...change, on: at, touches: ["accessPoints"] } as const;
  const through = (name: string) => tasksOf({ ...point, behind: { kind: "access-point", name } });
  expect(await through("reader")).toMatchObject([
    { ref: bucket("second"), touches: ["accessPoints"] },
  ]);
  expect(await through("gone")).toEqual([]);
});

test("a change of the account's block is one of the account first, then of all of its buckets", async () => {
  const on = { kind: "account", account, region } as const;
  const tasks = await tasksOf({ ...change, on, touches: ["accountPublicAccess", "acl"] });
  expect(tasks.map(({ ref }) => ref)).toEqual([on, bucket("first"), bucket("second")]);
  expect(new Set(tasks.map(({ id }) => id)).size).toBe(3);
  expect(tasks.map(({ touches }) => touches)).toEqual(
    tasks.map(() => ["accountPublicAccess", "acl"]),
  );
});

test("a change of the log target is one of its sources, as far as logs go", async () => {
  const tasks = await tasksOf({ ...change, on: bucket("logs") });
  expect(tasks.map(({ ref, touches }) => [ref, touches])).toEqual([
    [bucket("logs"), ["policy", "logTarget"]],
    [bucket("first"), ["logTarget"]],
  ]);
});

test.each([
  { name: "of the log target that delivery does not depend on", on: "logs", touches: ["cors"] },
  { name: "of a bucket that the baseline sends no logs to", on: "first", touches: ["logTarget"] },
] as const)("a change $name reaches no other bucket", async ({ on, touches }) => {
  const tasks = await tasksOf({ ...change, on: bucket(on), touches });
  expect(tasks.map(({ ref }) => ref)).toEqual([bucket(on)]);
});

test("a change of a key is one of the buckets that use it, and of nothing else", async () => {
  const on = { kind: "region", account, region } as const;
  const turned = { ...change, on, touches: ["encryptionKey"] } as const;
  const using = (key: string) => tasksOf({ ...turned, behind: { kind: "keys", keys: [key] } });
  expect(await using("used")).toMatchObject([
    { ref: bucket("second"), touches: ["encryptionKey"] },
  ]);
  expect(await using("unused")).toEqual([]);
});

test("what CloudWatch Logs delivers is looked at where it is taken from, or may have been", async () => {
  const at = { kind: "region", account, region } as const;
  const delivered = { ...change, on: at, touches: ["vendedLogs"] } as const;
  const from = (name: string) =>
    tasksOf({ ...delivered, behind: { kind: "delivery-source", name } });
  expect(await from("access")).toMatchObject([{ ref: bucket("second"), touches: ["vendedLogs"] }]);
  expect(await from("gone")).toEqual([]);
  expect(await tasksOf({ ...delivered, behind: { kind: "lost-delivery" } })).toMatchObject([
    { ref: bucket("first"), touches: ["vendedLogs"] },
  ]);
});
