import { DeleteParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterEach, expect, test, vi } from "vitest";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

// Three sweeps, and twice the time that a container remembers the switch.
vi.setConfig({ testTimeout: 10_000 });

const Name = "/bucket-warden/stop";
let stage: Rehearsal;
afterEach(() => stage[Symbol.asyncDispose]());

test("a stop in the middle of a sweep ends all writing, and off lets the next sweep go on", async () => {
  stage = await rehearse({ watch: false });
  const buckets = Array.from({ length: 3 }, () => stage.bucket());
  for (const bucket of buckets) stage.change(bucket, "versioning", undefined);
  // Somebody pulls it as soon as the first write is seen.
  const pulled = new Promise<void>((resolve, reject) => {
    const forget = stage.sandbox.faults.beforeCall(({ operation }) => {
      if (operation !== "PutBucketVersioning") return;
      forget();
      put("SEC-99: wait").then(resolve, reject);
    });
  });
  // The first bucket goes alone, so that the stop is there before the others are reached.
  await stage.lookAgain(buckets[0] ?? "");
  await pulled;
  await pause();
  await stage.deployment.sweep();
  await stage.deployment.idle();
  expect(stage.writes()).toEqual(["PutBucketVersioning"]);
  const told = buckets.slice(1).flatMap((bucket) => stage.told(bucket));
  expect(told).toEqual(buckets.slice(1).map(() => "blocked versioning"));
  const [notice] = stage.messages(buckets[1])[0]?.notices ?? [];
  expect(notice?.did).toBe("nothing was written: all writing is stopped: SEC-99: wait");
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });

  await put("off");
  await pause();
  await stage.deployment.sweep();
  await stage.deployment.idle();
  expect(stage.writes()).toHaveLength(buckets.length);
  await client(DeleteParameterCommand);
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});

test("while nobody can read the switch nothing is written; then it is put right", async () => {
  stage = await rehearse({ watch: false });
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", undefined);
  const repair = stage.sandbox.faults.add({ kind: "access-denied", service: "ssm" });
  const returned = stage.returned(bucket);
  const outcome = stage.lookAgain(bucket);
  await returned;
  expect(stage.writes(bucket)).toEqual([]);
  repair();
  await outcome;
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
  expect(stage.told(bucket)).toEqual(["fixed versioning"]);
});

test("an undo is a write as well: while all writing is stopped it takes nothing back", async () => {
  stage = await rehearse({ watch: false });
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", undefined);
  await stage.lookAgain(bucket);
  const [entry] = (await memoryOf(stage, bucket)).entries;
  await put("SEC-99: wait");
  await pause();
  const asked = { requestedBy: "bob", reason: "a test", mode: "apply" };
  const { results } = await stage.deployment.invoke({ ...asked, undo: entry?.id });
  expect(results[0]?.outcome).toMatchObject({ kind: "blocked", controls: ["versioning"] });
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
});

/** Longer than a container remembers what it read. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 600));
}

function put(Value: string) {
  return using((ssm) =>
    ssm.send(new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true })),
  ).then(() => undefined);
}

function client(Command: typeof DeleteParameterCommand) {
  return using((ssm) => ssm.send(new Command({ Name })));
}

async function using<T>(act: (ssm: SSMClient) => Promise<T>): Promise<T> {
  const { endpoint, region } = stage.sandbox;
  const credentials = { accessKeyId: "operator", secretAccessKey: "any" };
  const ssm = new SSMClient({ endpoint, region, credentials });
  try {
    return await act(ssm);
  } finally {
    ssm.destroy();
  }
}
