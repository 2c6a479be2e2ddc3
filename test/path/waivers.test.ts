import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const today = Date.now();
const day = (distance: number) =>
  new Date(today + distance * 86_400_000).toISOString().slice(0, 10);
const waiver = (bucket: string, given: object) => ({
  buckets: [`${bucket}-*`],
  controls: ["versioning"],
  reason: "a scratch bucket",
  approver: "jane",
  approved: day(-60),
  ...given,
});

const stage = await rehearse({
  baseline: {
    waivers: [
      waiver("waived", { expires: day(20) }),
      waiver("ending", { expires: day(3) }),
      waiver("over", { expires: day(-2) }),
      waiver("broken", { expires: "next year" }),
    ],
    scopes: [
      {
        name: "old unit",
        match: { organizationalUnits: ["ou-home-00000001"], buckets: ["unit-*"] },
        settings: { versioning: { mode: "off" } },
      },
      { name: "dev", match: { tags: { env: "dev" } }, settings: { versioning: { mode: "off" } } },
    ],
  },
});
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

test("waived drift is neither written nor told, by no path", async () => {
  const bucket = await suspended("waived");
  expect(await stage.lookAgain(bucket)).toBe("clean");
  await ask(bucket);
  expect({ writes: stage.writes(bucket), told: stage.told(bucket) }).toEqual({
    writes: [],
    told: [],
  });
});

test("a waiver that is about to end is announced once", async () => {
  const bucket = await suspended("ending");
  await stage.lookAgain(bucket);
  expect({ writes: stage.writes(bucket), told: stage.told(bucket) }).toEqual({
    writes: [],
    told: ["waiver-ending versioning"],
  });
  const [notice] = stage.messages(bucket)[0]?.notices ?? [];
  expect(notice?.saw).toContain(`it is waived until ${day(3)} by jane`);
});

test("after its last day the control acts again, and says that it was waived", async () => {
  const bucket = await suspended("over");
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
  expect(stage.told(bucket)).toEqual(["fixed versioning"]);
  const [notice] = stage.messages(bucket)[0]?.notices ?? [];
  expect(notice?.saw).toContain(`(waived by jane until ${day(-2)})`);
});

test("a waiver that cannot be read stops the write, even one that a person asks for", async () => {
  const bucket = await suspended("broken");
  await ask(bucket);
  expect({ writes: stage.writes(bucket), told: stage.told(bucket) }).toEqual({
    writes: [],
    told: ["blocked versioning"],
  });
});

test("a scope that asks for a tag decides by the tag, and by nothing while it is unread", async () => {
  const [dev, other] = [stage.bucket("dev"), stage.bucket("other")];
  stage.change(dev, "tagging", tagged("dev"));
  const repair = stage.sandbox.faults.add({ kind: "access-denied", operation: "GetBucketTagging" });
  await suspend(dev);
  await suspend(other);
  await stage.deployment.idle();
  expect([...stage.writes(dev), ...stage.writes(other)]).toEqual([]);
  expect(stage.told(other)).toContain("unread versioning");
  repair();
  await stage.lookAgain(dev);
  await stage.lookAgain(other);
  expect(stage.writes(dev)).toEqual([]);
  expect(stage.writes(other)).toEqual(["PutBucketVersioning"]);
});

test("a scope that asks for a unit decides by all units above the account", async () => {
  const { world, faults, account } = stage.sandbox;
  const bucket = stage.bucket("unit");
  const repair = faults.add({ kind: "access-denied", operation: "ListParents" });
  await suspend(bucket);
  await stage.deployment.idle();
  expect([stage.writes(bucket), stage.told(bucket)]).toEqual([[], ["unread versioning"]]);
  repair();
  world.organizationParents.set(account, "ou-home-00000002");
  world.organizationParents.set("ou-home-00000002", "ou-home-00000001");
  world.organizationParents.set("ou-home-00000001", "r-home");
  await stage.lookAgain(bucket);
  expect(stage.writes(bucket)).toEqual([]);
  world.organizationParents.set(account, "r-home");
  await stage.lookAgain(bucket);
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
});

test("a waiver that a person gives by hand holds at once, on that bucket and for that control", async () => {
  const bucket = stage.bucket("asked");
  const request = { waive: "versioning", days: 7, bucket, mode: "apply" };
  const asked = { reason: "a migration", requestedBy: "jane" };
  const { results } = await stage.deployment.invoke({ ...request, ...asked });
  expect(results.map(({ outcome }) => outcome)).toEqual([{ kind: "clean" }]);
  await suspend(bucket);
  await stage.deployment.idle();
  expect([stage.writes(bucket), stage.told(bucket)]).toEqual([[], []]);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
  const { findings } =
    (await stage.deployment.invoke({ bucket, mode: "plan", ...asked })).results[0] ?? {};
  const found = findings?.find(({ control }) => control === "versioning")?.assessment;
  expect(found).toMatchObject({ kind: "waived", approver: "jane", reason: "a migration" });
});

test("a plan of a waiver keeps none, and a waiver for longer than allowed is refused", async () => {
  const bucket = stage.bucket("planned");
  const asked = { waive: "versioning", bucket, reason: "a migration", requestedBy: "jane" };
  await stage.deployment.invoke({ ...asked, days: 7, mode: "plan" });
  await suspend(bucket);
  await stage.deployment.idle();
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
  const tooLong = stage.deployment.invoke({ ...asked, days: 91, mode: "apply" });
  await expect(tooLong).rejects.toThrow("limits.waiverDays of the baseline allows 90");
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});

async function suspended(purpose: string): Promise<string> {
  const bucket = stage.bucket(purpose);
  await suspend(bucket);
  await stage.deployment.idle();
  return bucket;
}

async function suspend(bucket: string): Promise<void> {
  const VersioningConfiguration = { Status: "Suspended" } as const;
  await mallory.putBucketVersioning({ Bucket: bucket, VersioningConfiguration });
}

async function ask(bucket: string): Promise<void> {
  const { region } = stage.sandbox;
  await stage.deployment.invoke({
    bucket,
    region,
    mode: "apply",
    controls: ["versioning"],
    requestedBy: "bob",
    reason: "now",
  });
  await stage.deployment.idle();
}

function tagged(env: string): string {
  return `<Tagging><TagSet><Tag><Key>env</Key><Value>${env}</Value></Tag></TagSet></Tagging>`;
}

test("a deleted bucket is gone, also where its tags would decide its settings", async () => {
  const bucket = stage.bucket("short-lived");
  await mallory.deleteBucket({ Bucket: bucket });
  await stage.deployment.idle();
  expect(await stage.lookAgain(bucket)).toBe("gone");
  expect(stage.told(bucket)).toEqual([]);
});
