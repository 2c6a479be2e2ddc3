import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({
  baseline: {
    "object-lock": {
      mode: "remediate",
      minimum: { mode: "GOVERNANCE", days: 30 },
      buckets: ["ledger-*"],
    },
  },
});
const mallory = stage.as("mallory");
const owner = stage.as("owner");
afterAll(() => stage[Symbol.asyncDispose]());

const lock = (rule: string) =>
  `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
const held = "<DefaultEventHold><Years>7</Years></DefaultEventHold>";
const monthAndHold = lock(
  `<Rule><DefaultRetention><Mode>GOVERNANCE</Mode><Days>30</Days>${held}</DefaultRetention></Rule>`,
);

async function lockOn(bucket: string): Promise<unknown> {
  const { ObjectLockConfiguration } = await owner.getObjectLockConfiguration({ Bucket: bucket });
  return ObjectLockConfiguration;
}

async function askFor(bucket: string) {
  const request = { mode: "apply", reason: "the rule went by mistake", requestedBy: "bob" };
  const asked = { ...request, bucket, controls: ["object-lock"] };
  const { results } = await stage.deployment.invoke(asked);
  await stage.deployment.idle();
  return results.map(({ outcome }) => outcome);
}

test("a default retention that was removed is put back once a person asks, its event hold kept", async () => {
  const bucket = stage.bucket("archive");
  stage.change(bucket, "object-lock", monthAndHold);
  const holdOnly = { DefaultRetention: { DefaultEventHold: { Years: 7 } } };
  await mallory.putObjectLockConfiguration({
    Bucket: bucket,
    ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: holdOnly },
  });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["approval-wanted object-lock"]);
  expect(stage.writes(bucket)).toEqual([]);

  expect(await askFor(bucket)).toEqual([{ kind: "fixed", controls: ["object-lock"] }]);
  expect(await lockOn(bucket)).toEqual({
    ObjectLockEnabled: "Enabled",
    Rule: {
      DefaultRetention: { Mode: "GOVERNANCE", Days: 30, DefaultEventHold: { Years: 7 } },
    },
  });
  expect(await askFor(bucket)).toEqual([{ kind: "clean" }]);
  expect(stage.told(bucket)).toEqual(["approval-wanted object-lock", "fixed object-lock"]);
  expect(stage.writes(bucket)).toEqual(["PutObjectLockConfiguration"]);
});

// S3 never lets this state come about, so only S3 can say what it makes of it.
test("what S3 refuses is told in its words, and nothing is lost", async () => {
  const bucket = stage.bucket("archive");
  stage.change(bucket, "object-lock", lock(""));
  stage.change(bucket, "versioning", undefined);
  expect(await askFor(bucket)).toEqual([
    {
      kind: "blocked",
      controls: ["object-lock"],
      needs: expect.stringContaining("InvalidBucketState"),
    },
  ]);
  expect(await lockOn(bucket)).toEqual({ ObjectLockEnabled: "Enabled" });
  // With versioning it can be written, and versioning comes first.
  await stage.lookAgain(bucket);
  expect(await askFor(bucket)).toEqual([{ kind: "fixed", controls: ["object-lock"] }]);
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning", "PutObjectLockConfiguration"]);
});

test("a bucket that shall have Object Lock gets it from a person, not from a machine", async () => {
  const bucket = stage.bucket("ledger");
  expect(await askFor(bucket)).toEqual([{ kind: "flagged", controls: ["object-lock"] }]);
  const [notice] = stage.messages(bucket).flatMap(({ notices }) => notices);
  expect(notice).toMatchObject({ kind: "flagged", control: "object-lock" });
  expect(notice?.next).toContain("&& aws s3api put-object-lock-configuration");
  expect(stage.writes(bucket)).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
