import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { afterEach, expect, test } from "vitest";
import { names, putRolesIn } from "../roles/organization.ts";
import { memoryOf } from "./memory.ts";
import { type Rehearsal, type RehearsalOptions, rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

// Every rehearsal runs under the generated roles; here are those that would not end well without.

let stage: Rehearsal;
afterEach(() => stage[Symbol.asyncDispose]());

const member = "444455556666";
const baseline = { ...sandboxBaseline, "account-public-access": { mode: "off" } };
const asked = { requestedBy: "bob", reason: "a test", mode: "apply" } as const;

/** A hub with one more account, whose one bucket is without a policy. */
async function withMember(options: RehearsalOptions = {}): Promise<string> {
  stage = await rehearse({ watch: false, ...options });
  stage.sandbox.world.organizationParents.set(member, "r-home");
  putRolesIn(stage.sandbox, baseline);
  await stage.as(`owner@${member}`).createBucket({ Bucket: "theirs" });
  return "theirs";
}

async function policyOf(bucket: string, owner: string): Promise<string | undefined> {
  const answer = await stage
    .as(owner)
    .getBucketPolicy({ Bucket: bucket })
    .catch(() => undefined);
  return answer?.Policy;
}

const onlyTls = ["ssl-only"];

test("a bucket of another account is repaired with the role of that account", async () => {
  const bucket = await withMember();
  const { results } = await stage.deployment.invoke({
    ...asked,
    bucket,
    account: member,
    controls: onlyTls,
  });
  expect(results[0]?.outcome.kind).toBe("fixed");
  expect(await policyOf(bucket, `owner@${member}`)).toContain("aws:SecureTransport");
  const writes = stage.sandbox.calls.list({ bucket, operation: "PutBucketPolicy" });
  expect(writes.map(({ principal }) => principal)).toEqual([
    `arn:aws:sts::${member}:assumed-role/${names.remediation}/bucket-warden`,
  ]);
});

test("a sweep that another account asks for finds its bucket, and nothing is denied", async () => {
  const bucket = await withMember();
  expect((await stage.deployment.sweep(member)).looks).toBeGreaterThan(1);
  await stage.deployment.idle();
  expect(stage.told(bucket)).toContain("fixed ssl-only");
  const denied = stage.sandbox.calls.list().filter(({ status }) => status === 403);
  expect(denied).toEqual([]);
});

test("without the external id nothing of the account is seen or written", async () => {
  const guessed = { WARDEN_MEMBER_ROLE: names.remediation, WARDEN_EXTERNAL_ID: "guessed" };
  const bucket = await withMember({
    variablesOf: () => ({ AWS_ACCESS_KEY_ID: "role-of-remediate", ...guessed }),
  });
  await expect(
    stage.deployment.invoke({ ...asked, bucket, account: member, controls: onlyTls }),
  ).rejects.toThrow("sts:AssumeRole");
  expect(await policyOf(bucket, `owner@${member}`)).toBeUndefined();
});

test("where the baseline only alerts, no request makes the role write", async () => {
  stage = await rehearse({ watch: false, baseline: { versioning: { mode: "alert" } } });
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", undefined);
  await stage.deployment.invoke({ ...asked, bucket, controls: ["versioning"] });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["blocked versioning"]);
  expect((await standingOf(stage, bucket)).versioning).toBeUndefined();
  expect(stage.writes(bucket)).toEqual([]);
});

test("the undo of a first policy is left to a person, unless that was asked for", async () => {
  stage = await rehearse({ watch: false });
  const bucket = stage.bucket();
  stage.change(bucket, "policy", undefined);
  await stage.deployment.invoke({ ...asked, bucket, controls: onlyTls });
  const repaired = await policyOf(bucket, "owner");
  expect(repaired).toContain("aws:SecureTransport");
  const [entry] = (await memoryOf(stage, bucket)).entries;
  const undo = async () => {
    const answer = await stage.deployment.invoke({ ...asked, undo: entry?.id });
    await stage.deployment.idle();
    return answer.results[0]?.outcome.kind;
  };
  putRolesIn(stage.sandbox, baseline);
  expect(await undo()).toBe("blocked");
  expect(await policyOf(bucket, "owner")).toBe(repaired);
  putRolesIn(stage.sandbox, baseline, { removesPolicies: true });
  expect(await undo()).toBe("undone");
  expect(await policyOf(bucket, "owner")).toBeUndefined();
});
