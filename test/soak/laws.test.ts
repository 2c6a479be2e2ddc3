import { createServer, type Server } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Rehearsal, rehearse } from "../path/rehearsal.ts";
import { foreignPolicy, foreignStatements } from "../reliability/scenarios.ts";
import { openBooks } from "./books.ts";
import { footprint, growth } from "./growth.ts";
import type { Intruder } from "./intruder.ts";
import {
  createWatch,
  leftOver,
  outsider,
  repeated,
  restless,
  unpictured,
  unsettled,
} from "./invariants.ts";

// Each law of the soak is broken on purpose: one that tells nothing would let the soak pass for ever.

let stage: Rehearsal;
let bucket: string;

beforeAll(async () => {
  stage = await rehearse({ watch: false, rolesFor: "no-roles" });
  await stage.as("owner@444455556666").createBucket({ Bucket: outsider });
});
afterAll(() => stage[Symbol.asyncDispose]());
beforeEach(() => {
  stage.sandbox.calls.clear();
  stage.sandbox.world.records.length = 0;
  bucket = stage.bucket();
});

/** Somebody who did just so much. */
function whoDid({
  acts = 0,
  foreign = [],
}: {
  acts?: number;
  foreign?: readonly string[];
}): Intruder {
  return {
    act: async () => undefined,
    acts: () => acts,
    actsOn: () => acts,
    foreign: () => foreign,
    giveUp: () => undefined,
    forget: () => undefined,
  };
}

/** The product itself, gone wrong. */
const warden = () => stage.as("bucket-warden");
const enable = () =>
  warden().putBucketVersioning({
    Bucket: bucket,
    ExpectedBucketOwner: stage.sandbox.account,
    VersioningConfiguration: { Status: "Enabled" },
  });

test("a foreign statement is missed when it was away for half a minute, and not before", () => {
  const [statement = ""] = foreignStatements(bucket);
  const watch = createWatch(stage, [bucket], whoDid({ foreign: [statement] }));
  expect(watch(0)).toEqual([]);
  expect(watch(30_000)).toEqual([]);
  expect(watch(30_001)).toEqual([`${bucket}: a foreign statement is lost for 30001 ms`]);
  stage.change(bucket, "policy", foreignPolicy(bucket));
  expect(watch(31_000)).toEqual([]);
  stage.change(bucket, "policy", foreignPolicy(bucket).replace('"Sid":"A" ', '"Sid":"A"'));
  expect(watch(32_000)).toEqual([]);
  expect(watch(62_001)).toHaveLength(1);
});

test("a foreign statement of which a person was told is not lost", async () => {
  const [statement = ""] = foreignStatements(bucket);
  const notices = [{ kind: "flagged", control: "overwritten-edit" }];
  const told = { ...stage, messages: () => [{ notices }] } as unknown as Rehearsal;
  const intruder = whoDid({ acts: 1, foreign: [statement] });
  const watch = createWatch(told, [bucket], intruder);
  expect([...watch(0), ...watch(60_000)]).toEqual([]);
  expect(await unsettled(told, bucket, intruder)).toEqual([]);
});

test("a write to the bucket of another account is told, also one that was denied", async () => {
  const VersioningConfiguration = { Status: "Enabled" } as const;
  const denied = warden().putBucketVersioning({ Bucket: outsider, VersioningConfiguration });
  await expect(denied).rejects.toThrow();
  expect(createWatch(stage, [], whoDid({}))(0)).toEqual([
    "PutBucketVersioning on the bucket of another account",
  ]);
});

test.each([
  { acts: 0, messages: 10, told: [] },
  { acts: 0, messages: 11, told: ["11 messages about 0 acts"] },
  { acts: 2, messages: 22, told: [] },
  { acts: 2, messages: 23, told: ["23 messages about 2 acts"] },
])("$messages messages about $acts acts: $told", ({ acts, messages, told }) => {
  const message = { on: { kind: "bucket", name: bucket }, notices: [] };
  const stormy = { ...stage, messages: () => Array(messages).fill(message) };
  const lines = told.map((it) => `${bucket}: ${it}`);
  expect(createWatch(stormy, [bucket], whoDid({ acts }))(0)).toEqual(lines);
});

test("a write without a picture from before is told", async () => {
  await enable();
  expect(unpictured(stage, await openBooks(stage))).toEqual([
    `${bucket} versioning: 1 writes, 0 before-images`,
  ]);
});

test("a repair of the product itself breaks no law, and a second one of the same drift does", async () => {
  stage.change(bucket, "versioning", undefined);
  expect(await stage.lookAgain(bucket)).toBe("fixed");
  const once = whoDid({ acts: 1 });
  expect(unpictured(stage, await openBooks(stage))).toEqual([]);
  expect(repeated(stage, once, [])).toEqual([]);
  await enable();
  expect(repeated(stage, once, [])).toEqual([`${bucket} versioning: 2 same writes after 1 acts`]);
  // Whoever is shown an old state cannot know.
  expect(repeated(stage, once, ['{"staleReads":500} s3'])).toEqual([]);
});

test("a write that S3 refused is no write", async () => {
  const end = stage.sandbox.faults.add({ kind: "access-denied", operation: "PutBucketVersioning" });
  await expect(enable()).rejects.toThrow();
  end();
  expect(unpictured(stage, await openBooks(stage))).toEqual([]);
  expect(repeated(stage, whoDid({}), [])).toEqual([]);
});

test("what a second sweep writes is told", () => {
  expect(restless([])).toEqual([]);
  expect(restless(["PutBucketPolicy"])).toEqual(["PutBucketPolicy in a second sweep"]);
});

test("of a bucket that did not come to rest everything that is wrong is told", async () => {
  expect(await unsettled(stage, bucket, whoDid({}))).toEqual([]);
  const [statement = ""] = foreignStatements(bucket);
  for (const marker of ["policy", "encryption", "logging", "versioning"]) {
    stage.change(bucket, marker, undefined);
  }
  expect(await unsettled(stage, bucket, whoDid({ foreign: [statement] }))).toEqual(
    [
      "plain HTTP is let in",
      "it is encrypted with AES256",
      "it logs to undefined",
      "versioning is undefined",
      `it lost ${statement.slice(0, 40)}…`,
    ].map((problem) => `${bucket}: ${problem}`),
  );
});

test("a task that is left on the queue is told", () => {
  const { messages } = stage.sandbox.world.queues.get(stage.deployment.resources.taskQueueArn) as {
    messages: unknown[];
  };
  expect(leftOver(stage)).toEqual([]);
  messages.push({});
  expect(leftOver(stage)).toEqual(["1 tasks are left on the queue"]);
  messages.pop(); // before anybody is there to take it
});

const round = (heapMegabytes: number, handles: number) => ({ heapMegabytes, handles });
const rounds = (...of: readonly [number, number][]) =>
  of.flatMap(([a, b]) => [1, 2, 3].map(() => round(a, b)));

test.each([
  { name: "flat", all: rounds([40, 20], [80, 30], [80, 30]), told: [] },
  { name: "a little up and down", all: rounds([40, 20], [80, 30], [96, 42]), told: [] },
  {
    name: "a heap that grows",
    all: rounds([40, 20], [80, 30], [98, 30]),
    told: ["memory grew from 80.0 to 98.0"],
  },
  {
    name: "handles that stay open",
    all: rounds([40, 20], [80, 30], [80, 43]),
    told: ["open handles grew from 30.0 to 43.0"],
  },
  { name: "too few rounds to tell", all: [round(1, 1), round(900, 900)], told: [] },
])("growth of $name: $told", ({ all, told }) => {
  expect(growth(all)).toEqual(told);
});

test("handles that are left open and memory that is kept are seen", async () => {
  setFlagsFromString("--expose-gc");
  globalThis.gc = runInNewContext("gc");
  const before = footprint();
  const kept = Array.from({ length: 2_000_000 }, (_, index) => ({ index }));
  const servers = Array.from({ length: 20 }, () => createServer());
  const open = (it: Server) => new Promise<void>((done) => it.listen(0, "127.0.0.1", done));
  await Promise.all(servers.map(open));
  const after = footprint();
  // Connections of the stage may come and go meanwhile.
  expect(after.handles).toBeGreaterThan(before.handles + 10);
  expect(after.heapMegabytes).toBeGreaterThan(before.heapMegabytes + 20);
  expect(kept).toHaveLength(2_000_000);
  await Promise.all(servers.map((it) => new Promise((done) => it.close(done))));
});
