import { afterEach, expect, test } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";

let stage: Rehearsal;
afterEach(() => stage[Symbol.asyncDispose]());

test("a spent budget ends all writing to the account, but not what a person asks for", async () => {
  stage = await rehearse({ baseline: { limits: { writesPerDay: 2 } } });
  const buckets = Array.from({ length: 3 }, () => stage.bucket());
  for (const bucket of buckets) stage.change(bucket, "versioning", undefined);

  expect((await stage.sweepAgain()).writes).toEqual(["PutBucketVersioning", "PutBucketVersioning"]);
  const told = buckets.flatMap((bucket) => stage.told(bucket)).sort();
  expect(told).toEqual(["blocked versioning", "fixed versioning", "fixed versioning"]);
  const [blocked] = buckets.filter((bucket) => stage.told(bucket)[0] === "blocked versioning");
  const [notice] = stage.messages(blocked)[0]?.notices ?? [];
  expect(notice?.did).toMatch(/^nothing was written: account \d+ has had the 2 writes/);
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });

  // An event is held back as well, and the other setting of the bucket with it.
  const heard = stage.heard(blocked ?? "");
  await stage.as("mallory").deleteBucketPolicy({ Bucket: blocked ?? "" });
  await heard;
  const held = ["blocked versioning", "blocked ssl-only", "blocked kms-enforcement"];
  expect(stage.told(blocked ?? "")).toEqual(held);
  expect(stage.writes(blocked)).toEqual([]);

  const asked = { mode: "apply", requestedBy: "bob", reason: "SEC-1" };
  const controls = ["ssl-only", "kms-enforcement", "versioning"];
  await stage.deployment.invoke({ ...asked, bucket: blocked, controls });
  expect([...stage.writes(blocked)].sort()).toEqual(["PutBucketPolicy", "PutBucketVersioning"]);
});
