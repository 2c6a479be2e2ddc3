import { controls } from "@bucket-warden/core/controls";
import { hourMilliseconds } from "@bucket-warden/core/kernel";
import { createSweep } from "@bucket-warden/functions/sweep";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { invokeLambda } from "../../packages/sandbox/src/lambda/host.ts";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

const realNow = Date.now;
let ahead = 0;
let stage: Rehearsal;

beforeEach(() => {
  ahead = 0;
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + ahead);
});
afterEach(() => stage[Symbol.asyncDispose]());

/** Two controls are enough: what is judged does not matter here, but when. */
const others = controls.filter(({ id }) => id !== "versioning" && id !== "ssl-only");
const off = Object.fromEntries(others.map(({ id }) => [id, { mode: "off" }]));

function underLimit(fullLookHours: number, more: object = {}): Readonly<Record<string, object>> {
  return { ...off, ...more, limits: { fullLookHours } };
}

/** Sweeps on the next day; answers what S3 was asked about each bucket. */
async function nextDay(): Promise<Readonly<Record<string, readonly string[]>>> {
  ahead += 24 * hourMilliseconds;
  const { calls } = stage.sandbox;
  const before = calls.list({ service: "s3" }).length;
  await stage.sweepAgain();
  const asked = calls.list({ service: "s3" }).slice(before);
  const { "": _lists, ...named } = Object.groupBy(asked, ({ bucket = "" }) => bucket);
  return Object.fromEntries(
    Object.entries(named).map(([name, all]) => [
      name,
      (all ?? []).map(({ operation }) => operation),
    ]),
  );
}

async function lookedAt(): Promise<readonly string[]> {
  return Object.keys(await nextDay()).toSorted();
}

async function suspend(Bucket: string): Promise<void> {
  const told = stage.heard(Bucket);
  const VersioningConfiguration = { Status: "Suspended" } as const;
  await stage.as("owner").putBucketVersioning({ Bucket, VersioningConfiguration });
  await told;
}

test("a bucket is left out until an event is about it", async () => {
  stage = await rehearse({ baseline: underLimit(720), rolesFor: "no-roles" });
  const [quiet, changed] = ["quiet", "changed"].map(stage.bucket);
  if (!quiet || !changed) throw new Error("there are two");
  expect(await lookedAt()).toEqual([stage.logBucket, changed, quiet].toSorted());
  expect(await lookedAt()).toEqual([]);
  await suspend(changed);
  expect(await lookedAt()).toEqual([changed]);
});

test("a bucket is looked at again after its repair, after a person, and after an undo", async () => {
  stage = await rehearse({ baseline: underLimit(720), rolesFor: "no-roles" });
  const [bucket, asked] = ["repaired", "asked"].map(stage.bucket);
  if (!bucket || !asked) throw new Error("there are two");
  stage.change(bucket, "versioning", undefined);
  expect(await stage.lookAgain(bucket)).toBe("fixed");
  await lookedAt();
  // Whether a repair lasts is a matter of time.
  expect(await lookedAt()).toEqual([bucket]);
  await stage.lookAgain(asked);
  const { entries } = await memoryOf(stage, bucket);
  const undo = { undo: entries.at(-1)?.id, mode: "apply", requestedBy: "bob", reason: "SEC-1" };
  await stage.deployment.invoke(undo);
  await stage.deployment.idle();
  expect(await lookedAt()).toEqual([asked, bucket]);
});

test("what was not all read, or is judged by another baseline or release, is looked at", async () => {
  stage = await rehearse({ baseline: underLimit(720), rolesFor: "no-roles" });
  const [quiet, denied] = ["quiet", "denied"].map(stage.bucket);
  if (!quiet || !denied) throw new Error("there are two");
  const { faults, account } = stage.sandbox;
  faults.add({ kind: "access-denied", bucket: denied, operation: "GetBucketPolicy" });
  await lookedAt();
  expect(await lookedAt()).toEqual([denied]);
  faults.clear();
  expect(await lookedAt()).toEqual([denied]);
  expect(await lookedAt()).toEqual([]);

  const { variables } = stage.deployment;
  const sweepWith = (more: Readonly<Record<string, string>>) =>
    invokeLambda(
      createSweep({ ...variables, ...more }),
      {},
      {
        functionName: "bucket-warden-sweep",
        timeoutMilliseconds: 60_000,
        account,
      },
    );
  const beside = 2;
  const all = [quiet, denied, stage.logBucket].length + beside;
  ahead += 24 * hourMilliseconds;
  expect(await sweepWith({})).toEqual({ looks: beside });
  await stage.deployment.idle();
  expect(await sweepWith({ WARDEN_RELEASE: "another" })).toEqual({ looks: all });
  await stage.deployment.idle();
  const other = JSON.stringify(underLimit(719));
  expect(await sweepWith({ WARDEN_BASELINE: other })).toEqual({ looks: all });
});

test("drift comes back to mind when its waiver ends, with nothing else to tell of it", async () => {
  const day = (after: number) =>
    new Date(realNow() + after * 24 * hourMilliseconds).toISOString().slice(0, 10);
  const waiver = {
    controls: ["versioning"],
    reason: "SEC-1",
    approver: "bob",
    approved: day(0),
    expires: day(3),
  };
  const waivers = [{ ...waiver, buckets: ["waived-*"] }];
  stage = await rehearse({ baseline: underLimit(720, { waivers }), rolesFor: "no-roles" });
  const waived = stage.bucket("waived");
  stage.change(waived, "versioning", undefined);
  const days: (readonly string[])[] = [];
  for (let count = 0; count < 4; count += 1) days.push(await lookedAt());
  // Until the day before its end it was left out; then people are told, and then it is over.
  expect(days.map((names) => names.includes(waived))).toEqual([true, false, true, true]);
  expect(stage.told(waived)).toEqual([
    "waiver-ending versioning",
    "waiver-ending versioning",
    "fixed versioning",
  ]);
  expect(stage.writes(waived)).toEqual(["PutBucketVersioning"]);
});

test("what no event tells is read each day, and what an event did not tell after so many hours", async () => {
  const { "default-encryption": _, ...offNow } = off;
  stage = await rehearse({ baseline: { ...offNow, limits: { fullLookHours: 96 } } });
  const [lost, keyless] = ["lost", "keyless"].map(stage.bucket);
  if (!lost || !keyless) throw new Error("there are two");
  expect(Object.keys(await nextDay())).toContain(lost);

  // No event comes of either, as if it were lost.
  stage.change(lost, "versioning", undefined);
  stage.change(keyless, "encryption", undefined);
  const second = await nextDay();
  // The baseline names its key by an alias, which may mean another one tomorrow.
  expect(second[lost]?.toSorted()).toEqual(["GetBucketEncryption", "GetBucketPolicy"]);
  expect(stage.writes(keyless)).toEqual(["PutBucketEncryption"]);
  expect(stage.writes(lost)).toEqual([]);

  const third = await nextDay();
  expect(third[lost]).toHaveLength(2);
  expect(third[keyless]).toContain("GetBucketVersioning");
  await nextDay();
  expect(stage.writes(lost)).toEqual(["PutBucketVersioning"]);
});
