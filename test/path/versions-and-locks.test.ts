import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({
  baseline: {
    "mfa-delete": { mode: "alert", buckets: ["vault-*"] },
    "object-lock": { mode: "alert", minimum: { mode: "COMPLIANCE", days: 30 } },
  },
});
const mallory = stage.as("mallory");
const owner = stage.as("owner");
afterAll(() => stage[Symbol.asyncDispose]());

const device = "arn:aws:iam::111122223333:mfa/root-account-mfa-device";
const suspended = { Status: "Suspended" as const };
const versions = (state: string) => `<VersioningConfiguration>${state}</VersioningConfiguration>`;
const lock = (rule: string) =>
  `<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled>${rule}</ObjectLockConfiguration>`;
const strictRule =
  "<Rule><DefaultRetention><Mode>COMPLIANCE</Mode><Days>30</Days></DefaultRetention></Rule>";

async function statusOf(bucket: string): Promise<string | undefined> {
  const { Status: status } = await owner.getBucketVersioning({ Bucket: bucket });
  return status;
}

function nextStepOn(bucket: string): string | undefined {
  return stage.messages(bucket).at(-1)?.notices.at(-1)?.next;
}

function lockCommand(bucket: string, configuration: object): string {
  return `aws s3api put-object-lock-configuration --bucket ${bucket} --expected-bucket-owner 111122223333 --object-lock-configuration '${JSON.stringify(configuration)}'`;
}

test("suspended versioning is enabled again", async () => {
  const bucket = stage.bucket();
  await mallory.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: suspended });
  await stage.deployment.idle();
  expect(await statusOf(bucket)).toBe("Enabled");
  expect(stage.told(bucket)).toEqual(["fixed versioning"]);
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
});

test("a bucket that was just made gets everything, versioning included", async () => {
  const bucket = "made-by-mallory";
  await mallory.createBucket({ Bucket: bucket });
  await stage.deployment.idle();
  expect(await statusOf(bucket)).toBe("Enabled");
  expect(stage.told(bucket)).toEqual([
    "fixed ssl-only",
    "fixed kms-enforcement",
    "fixed default-encryption",
    "fixed access-logging",
    "fixed versioning",
  ]);
  // The encryption before the policy that relies on it.
  expect(stage.writes(bucket)).toEqual([
    "PutBucketEncryption",
    "PutBucketPolicy",
    "PutBucketVersioning",
    "PutBucketLogging",
  ]);
});

test("suspended versioning under MFA delete is flagged: only root with a code can change it", async () => {
  const bucket = stage.bucket();
  const state = "<Status>Suspended</Status><MfaDelete>Enabled</MfaDelete>";
  stage.change(bucket, "versioning", versions(state));
  expect(await stage.lookAgain(bucket)).toBe("flagged");
  expect(await statusOf(bucket)).toBe("Suspended");
  expect(stage.told(bucket)).toEqual(["flagged versioning"]);
  expect(nextStepOn(bucket)).toBe(
    `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa '${device} <code>'`,
  );
  expect(stage.writes(bucket)).toEqual([]);
});

test("where the baseline asks for MFA delete, the command of the root user is told", async () => {
  const bucket = stage.bucket("vault");
  await mallory.putBucketVersioning({ Bucket: bucket, VersioningConfiguration: suspended });
  await stage.deployment.idle();
  expect(await statusOf(bucket)).toBe("Enabled");
  expect(stage.told(bucket)).toEqual(["fixed versioning", "flagged mfa-delete"]);
  expect(nextStepOn(bucket)).toBe(
    `aws s3api put-bucket-versioning --bucket ${bucket} --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa '${device} <code>'`,
  );
});

test("MFA delete and lifecycle rules exclude each other, and the message says so", async () => {
  const bucket = stage.bucket("vault");
  await mallory.putBucketLifecycleConfiguration({
    Bucket: bucket,
    LifecycleConfiguration: {
      Rules: [{ ID: "old", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 30 } }],
    },
  });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged mfa-delete"]);
  expect(stage.messages(bucket)[0]?.notices[0]?.did).toContain("lifecycle rules");
  expect(stage.writes(bucket)).toEqual([]);
});

test("MFA delete that root switches on is told as recovered", async () => {
  const bucket = stage.bucket("vault");
  expect(await stage.lookAgain(bucket)).toBe("flagged");
  await stage.as("root").putBucketVersioning({
    Bucket: bucket,
    MFA: `${device} 123456`,
    VersioningConfiguration: { Status: "Enabled", MFADelete: "Enabled" },
  });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged mfa-delete", "recovered mfa-delete"]);
});

test.each([
  { name: "is removed", rule: undefined, advised: { Mode: "COMPLIANCE", Days: 30 } },
  {
    name: "becomes one that privileged users can bypass",
    rule: { DefaultRetention: { Mode: "GOVERNANCE" as const, Years: 10 } },
    advised: { Mode: "COMPLIANCE", Days: 3650 },
  },
  {
    name: "becomes shorter",
    rule: { DefaultRetention: { Mode: "COMPLIANCE" as const, Days: 29 } },
    advised: { Mode: "COMPLIANCE", Days: 30 },
  },
])("a default retention rule that $name is flagged and not touched", async ({ rule, advised }) => {
  const bucket = stage.bucket();
  stage.change(bucket, "object-lock", lock(strictRule));
  const weaker = {
    ObjectLockEnabled: "Enabled" as const,
    ...(rule === undefined ? {} : { Rule: rule }),
  };
  await mallory.putObjectLockConfiguration({ Bucket: bucket, ObjectLockConfiguration: weaker });
  await stage.deployment.idle();
  const after = await owner.getObjectLockConfiguration({ Bucket: bucket });
  expect(after.ObjectLockConfiguration).toEqual(weaker);
  expect(stage.told(bucket)).toEqual(["flagged object-lock"]);
  const whole = { ObjectLockEnabled: "Enabled", Rule: { DefaultRetention: advised } };
  expect(nextStepOn(bucket)).toBe(lockCommand(bucket, whole));
  expect(stage.writes(bucket)).toEqual([]);
});

test("a default retention rule that is longer is nobody's trouble", async () => {
  const bucket = stage.bucket();
  stage.change(bucket, "object-lock", lock(""));
  await mallory.putObjectLockConfiguration({
    Bucket: bucket,
    ObjectLockConfiguration: {
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: "COMPLIANCE", Years: 1 } },
    },
  });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
