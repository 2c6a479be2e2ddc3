import { afterAll, expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

const stage = await rehearse();
const mallory = stage.as("mallory");
const { invoke, idle } = stage.deployment;
afterAll(() => stage[Symbol.asyncDispose]());

const asked = { reason: "a test", requestedBy: "tester" };
const website =
  "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument></WebsiteConfiguration>";

test("TLS on a bucket that serves a website waits for a person, who can have it", async () => {
  const bucket = stage.bucket("website");
  stage.change(bucket, "website", website);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  expect(stage.told(bucket)).toEqual(["approval-wanted ssl-only", "fixed kms-enforcement"]);
  expect((await standingOf(stage, bucket)).statements).toEqual([
    "BucketWardenKmsEnforcement",
    "BucketWardenKmsEnforcementSseC",
  ]);
  const [message] = stage.messages(bucket);
  expect(message?.notices[0]?.next).toContain('mode "apply" and approval "ssl-only/');
  expect(message?.notices[0]?.impact).toEqual([
    expect.stringContaining("aws:SecureTransport"),
    "callers over plain HTTP whom nobody can name: no access log was read, because limits.readAccessLogs of the baseline is off",
  ]);
  expect(message?.proposals?.map(({ document, controls }) => [document, controls])).toEqual([
    ["policy", ["ssl-only"]],
  ]);

  // Without naming the control, nobody has decided anything.
  expect(await stage.lookAgain(bucket)).toBe("awaiting-approval");
  expect(stage.told(bucket).slice(2)).toEqual(["flagged website"]);

  const answer = await invoke({ ...asked, bucket, mode: "apply", controls: ["ssl-only"] });
  await stage.done(bucket);
  expect(answer.results.map(({ outcome }) => outcome)).toEqual([
    { kind: "fixed", controls: ["ssl-only"] },
  ]);
  expect(stage.told(bucket).slice(3)).toEqual(["fixed ssl-only"]);
  expect((await standingOf(stage, bucket)).statements).toContain("BucketWardenSslOnly");
});

test("an approval holds for just the plan that was shown; a stale one is refused and shown anew", async () => {
  const bucket = stage.bucket("website");
  stage.change(bucket, "website", website);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  const shown = approvalIn(stage.messages(bucket)[0]?.notices[0]?.next);
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [theirs(bucket)] });
  await mallory.putBucketPolicy({ Bucket: bucket, Policy });
  await idle();

  const refused = await invoke({ ...asked, bucket, mode: "apply", approval: shown });
  await stage.done(bucket);
  const [result] = refused.results;
  expect(result?.outcome).toEqual({ kind: "awaiting-approval", controls: ["ssl-only"] });
  expect(result?.held[0]?.why).toContain("the approval is stale (it is for another plan than this");
  expect((await standingOf(stage, bucket)).statements).not.toContain("BucketWardenSslOnly");

  const approval = result?.held[0]?.approval;
  const answer = await invoke({ ...asked, bucket, mode: "apply", approval });
  await stage.done(bucket);
  expect(answer.results[0]?.outcome).toEqual({ kind: "fixed", controls: ["ssl-only"] });
  const { statements } = await standingOf(stage, bucket);
  expect(statements).toEqual(expect.arrayContaining(["Theirs", "BucketWardenSslOnly"]));

  // Used once, it fits nothing any more.
  await invoke({ ...asked, bucket, mode: "apply", approval });
  await stage.done(bucket);
  expect(stage.writes(bucket).slice(-1)).toEqual(["PutBucketPolicy"]);
});

test("an approval holds also where its message tells of a repair of the same document", async () => {
  const bucket = stage.bucket("website");
  stage.change(bucket, "website", website);
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await idle();
  const approval = approvalIn(stage.messages(bucket)[0]?.notices[0]?.next);
  const answer = await invoke({ ...asked, bucket, mode: "apply", approval });
  await stage.done(bucket);
  expect(answer.results[0]?.outcome).toEqual({ kind: "fixed", controls: ["ssl-only"] });
  expect((await standingOf(stage, bucket)).statements).toContain("BucketWardenSslOnly");
});

function approvalIn(next = ""): string {
  return /approval "([^"]+)"/.exec(next)?.[1] ?? "";
}

function theirs(bucket: string) {
  const Principal = { AWS: "arn:aws:iam::111122223333:root" };
  const Resource = `arn:aws:s3:::${bucket}/*`;
  return { Sid: "Theirs", Effect: "Allow", Principal, Action: "s3:GetObject", Resource };
}

test("a website that is switched on later changes nothing about TLS that is there", async () => {
  const bucket = stage.bucket("website");
  await mallory.putBucketWebsite({
    Bucket: bucket,
    WebsiteConfiguration: { IndexDocument: { Suffix: "index.html" } },
  });
  await idle();
  expect(stage.told(bucket)).toEqual(["flagged website"]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("a plan says what would be written, and does nothing, not even remember", async () => {
  const bucket = stage.bucket("planned");
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "logging", undefined);
  const before = stage.sandbox.world.records.length;
  const { results, pending } = await invoke({ ...asked, bucket, mode: "plan" });
  expect(pending).toEqual([]);
  const [result] = results;
  expect(result?.resource).toBe(bucket);
  expect(result?.outcome).toEqual({ kind: "planned", steps: 2 });
  expect(result?.changes.map(({ document, controls }) => [document, controls])).toEqual([
    ["policy", ["ssl-only", "kms-enforcement"]],
    ["logging", ["access-logging"]],
  ]);
  expect(result?.changes[0]?.diff.join("\n")).toContain('+      "Sid": "BucketWardenSslOnly"');
  expect(result?.findings.map(({ control, assessment }) => [control, assessment.kind])).toEqual([
    ["ssl-only", "drift"],
    ["kms-enforcement", "drift"],
    ["default-encryption", "compliant"],
    ["kms-key-health", "compliant"],
    ["sse-c-blocked", "compliant"],
    ["client-side-encryption", "not-applicable"],
    ["public-access-block", "compliant"],
    ["public-policy", "compliant"],
    ["access-points", "not-applicable"],
    ["ownership-acl", "compliant"],
    ["cors", "compliant"],
    ["website", "compliant"],
    ["access-logging", "drift"],
    ["log-target-health", "not-applicable"],
    ["versioning", "compliant"],
    ["mfa-delete", "not-applicable"],
    ["object-lock", "not-applicable"],
  ]);
  expect(stage.sandbox.world.records).toHaveLength(before);
  expect(stage.told(bucket)).toEqual([]);
  expect(await memoryOf(stage, bucket)).toEqual({ entries: [], images: [], states: undefined });
  expect((await standingOf(stage, bucket)).statements).toEqual([]);
  // The same plan again: it depends on the bucket alone.
  expect((await invoke({ ...asked, bucket, mode: "plan" })).results).toEqual(results);
});

test("a plan without a bucket is one for the account, with its Region and every bucket", async () => {
  const { results, pending } = await invoke({ ...asked, mode: "plan" });
  expect(pending).toEqual([]);
  const resources = results.map(({ resource }) => resource);
  const account = "account 111122223333";
  const all = [account, `${account} in us-east-1`, ...stage.sandbox.world.buckets.keys()];
  expect([...resources].sort()).toEqual(all.sort());
});

test("apply repairs, and answers with what became of it", async () => {
  const bucket = stage.bucket("applied");
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "versioning", undefined);
  const { results } = await invoke({ ...asked, bucket, mode: "apply" });
  await stage.done(bucket);
  expect(results.map(({ outcome }) => outcome)).toEqual([
    { kind: "fixed", controls: ["ssl-only", "kms-enforcement", "versioning"] },
  ]);
  expect((await standingOf(stage, bucket)).versioning).toBe("Enabled");
  const { entries } = await memoryOf(stage, bucket);
  expect(entries[0]?.task.cause).toEqual({
    kind: "manual",
    requestId: expect.any(String),
    ...asked,
  });
});

test("apply with named controls repairs nothing else", async () => {
  const bucket = stage.bucket("applied");
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "versioning", undefined);
  await invoke({ ...asked, bucket, mode: "apply", controls: ["versioning"] });
  await stage.done(bucket);
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
  expect(await stage.lookAgain(bucket)).toBe("fixed");
});

test("apply without a bucket repairs the account", async () => {
  const buckets = [stage.bucket("account"), stage.bucket("account")];
  for (const bucket of buckets) stage.change(bucket, "versioning", undefined);
  const { results, pending } = await invoke({ ...asked, mode: "apply" });
  await idle();
  expect(pending).toEqual([]);
  const repairs = results.filter(({ outcome }) => outcome.kind === "fixed");
  expect(repairs.map(({ resource }) => resource)).toEqual(expect.arrayContaining(buckets));
  for (const bucket of buckets) {
    expect((await standingOf(stage, bucket)).versioning).toBe("Enabled");
  }
});

test("a bucket that does not exist is answered as gone", async () => {
  const { results } = await invoke({ ...asked, bucket: "never-was", mode: "apply" });
  expect(results.map(({ outcome }) => outcome)).toEqual([{ kind: "gone" }]);
  const planned = await invoke({ ...asked, bucket: "never-was", mode: "plan" });
  expect(planned.results.map(({ outcome }) => outcome)).toEqual([{ kind: "gone" }]);
});

// The key and the log bucket of another Region are none that it could use.
test("a bucket is judged by the Region that it is in, whatever the request takes for it", async () => {
  const bucket = "far-away";
  await stage.as("mallory", "eu-west-1").createBucket({
    Bucket: bucket,
    CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
  });
  await idle();
  const controls = ["default-encryption", "access-logging"];
  for (const guess of [{}, { region: stage.sandbox.region }]) {
    const answer = await invoke({ ...asked, ...guess, bucket, controls, mode: "apply" });
    await stage.done(bucket);
    expect(answer.results.map(({ outcome }) => outcome)).toMatchObject([
      { kind: "blocked", controls },
    ]);
  }
  expect(stage.writes(bucket)).not.toContain("PutBucketEncryption");
});

test("a bucket of another account is never touched", async () => {
  const foreign = "theirs-in-another-account";
  await stage.as("them@222233334444").createBucket({ Bucket: foreign });
  await idle();
  const { results } = await invoke({ ...asked, bucket: foreign, mode: "apply" });
  await idle();
  expect(results.map(({ outcome }) => outcome.kind)).toEqual(["blocked"]);
  expect(stage.writes(foreign)).toEqual([]);
});

test.each<{ readonly name: string; readonly payload: unknown; readonly says: string }>([
  { name: "nothing at all", payload: null, says: "request: " },
  { name: "a text", payload: "please", says: "request: " },
  { name: "no mode", payload: asked, says: "request.mode: " },
  { name: "another mode", payload: { ...asked, mode: "force" }, says: "request.mode: " },
  {
    name: "no reason",
    payload: { mode: "plan", requestedBy: "tester" },
    says: "request.reason: ",
  },
  {
    name: "nobody who asks",
    payload: { mode: "plan", reason: "a test", requestedBy: " " },
    says: "request.requestedBy: ",
  },
  {
    name: "a control that there is not",
    payload: { ...asked, mode: "plan", controls: ["ssl"] },
    says: 'request.controls: there is no control "ssl". Choose from ssl-only, ',
  },
  {
    name: "no control",
    payload: { ...asked, mode: "plan", controls: [] },
    says: "request.controls: ",
  },
  {
    name: "an ARN for a bucket",
    payload: { ...asked, mode: "plan", bucket: "arn:aws:s3:::x" },
    says: 'request.bucket: "arn:aws:s3:::x" is not a bucket name',
  },
  {
    name: "a short account",
    payload: { ...asked, mode: "plan", account: "123" },
    says: 'request.account: "123" is not an AWS account id',
  },
  {
    name: "a region that is none",
    payload: { ...asked, mode: "plan", bucket: "abc", region: "Ireland" },
    says: 'request.region: "Ireland" is not an AWS Region',
  },
  {
    name: "a misspelt member",
    payload: { ...asked, mode: "plan", buckets: ["abc"] },
    says: "request: ",
  },
])("a request with $name is refused with what to give instead", async ({ payload, says }) => {
  const refusal = await invoke(payload).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ name: "InputError" });
  expect(String(refusal)).toContain(`InputError: ${says}`);
});

test("after all of this, a second sweep has nothing to write and nothing to tell", async () => {
  // The first one sees some of these buckets as a whole for the first time.
  await stage.sweepAgain();
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
