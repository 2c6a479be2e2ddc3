import type { Notice } from "@bucket-warden/core/notify";
import type { Fault } from "@bucket-warden/sandbox";
import { afterAll, expect, test } from "vitest";
import { memoryOf } from "./memory.ts";
import { rehearse } from "./rehearsal.ts";

// Nothing makes an event here: all drift is found by the sweep.
const stage = await rehearse({ watch: false });
const { sandbox, deployment } = stage;
afterAll(() => stage[Symbol.asyncDispose]());

const minute = 60_000;

/** A call that CloudTrail recorded `minutes` ago; it changes nothing by itself. */
function past(eventName: string, bucketName: string, minutes: number, more: object = {}): void {
  sandbox.recordForeign({
    eventSource: "s3.amazonaws.com",
    eventName,
    requestParameters: { bucketName },
    at: Date.now() - minutes * minute,
    ...more,
  });
}

function lookups(): number {
  return sandbox.calls.list({ operation: "LookupEvents" }).length;
}

/** Who is named for each control that a sweep has news of, e.g. `PutBucketPolicy by mallory`. */
async function namedBySweep(bucket: string): Promise<Readonly<Record<string, string>>> {
  const before = stage.messages(bucket).length;
  await deployment.sweep();
  await deployment.idle();
  const news = stage.messages(bucket).slice(before);
  const notices = news.flatMap((message) => message.notices);
  return Object.fromEntries(notices.map(({ control, who }) => [control, inWords(who)]));
}

function inWords(who: Notice["who"]): string {
  if (who === undefined) return "nobody was asked";
  if (who.kind === "unknown") return who.why;
  return `${who.eventName} by ${who.actor.arn.split("/").at(-1)}`;
}

test("drift that a sweep repairs is put to the caller who made it, control by control", async () => {
  const bucket = stage.bucket();
  past("CreateBucket", bucket, 50, { user: "owner" });
  past("DeleteBucketPolicy", bucket, 40, { user: "earlier" });
  past("DeleteBucketPolicy", bucket, 30, { user: "mallory" });
  past("PutBucketPolicy", bucket, 20, { user: "unlucky", errorCode: "AccessDenied" });
  past("GetBucketPolicy", bucket, 10, { user: "auditor", readOnly: true });
  past("PutBucketVersioning", "another-bucket", 5, { user: "elsewhere" });
  stage.change(bucket, "policy", undefined);
  stage.change(bucket, "versioning", undefined);
  expect(await namedBySweep(bucket)).toEqual({
    "ssl-only": "DeleteBucketPolicy by mallory",
    "kms-enforcement": "DeleteBucketPolicy by mallory",
    versioning: "CreateBucket by owner",
  });
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy", "PutBucketVersioning"]);
  const [entry] = (await memoryOf(stage, bucket)).entries;
  const versioning = entry?.findings.find(({ control }) => control === "versioning");
  expect(versioning?.who).toMatchObject({ kind: "known", actor: { type: "IAMUser" } });
});

test("what people know is not asked again", async () => {
  const bucket = stage.bucket();
  const website = JSON.stringify({ Version: "2012-10-17", Statement: [publicRead(bucket)] });
  stage.change(bucket, "policy", website);
  await namedBySweep(bucket);
  const asked = lookups();
  expect(await namedBySweep(bucket)).toEqual({});
  expect(lookups()).toBe(asked);
});

function publicRead(bucket: string): object {
  const Resource = `arn:aws:s3:::${bucket}/*`;
  return { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource };
}

test.each<[string, Fault["kind"], RegExp]>([
  ["is denied", "access-denied", /^CloudTrail did not tell: AccessDeniedException: /],
  ["is throttled", "throttle", /^CloudTrail did not tell: ThrottlingException: /],
  ["breaks off", "reset", /^CloudTrail did not tell: /],
])("when the question %s, the repair and the message are as always", async (_name, kind, why) => {
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", undefined);
  const off = sandbox.faults.add({ kind, service: "cloudtrail", operation: "LookupEvents" });
  expect(await namedBySweep(bucket)).toEqual({ versioning: expect.stringMatching(why) });
  off();
  expect(stage.writes(bucket)).toEqual(["PutBucketVersioning"]);
});

test("a bucket of which nothing is remembered is told as such", async () => {
  const bucket = stage.bucket();
  stage.change(bucket, "versioning", undefined);
  expect(await namedBySweep(bucket)).toEqual({
    versioning: "CloudTrail shows no such call in the last 90 days",
  });
});

test("among very many calls the search gives up", async () => {
  const bucket = stage.bucket();
  for (let i = 0; i < 201; i += 1) past("PutBucketTagging", bucket, 5);
  stage.change(bucket, "versioning", undefined);
  expect(await namedBySweep(bucket)).toEqual({
    versioning: "the latest 200 calls do not show it",
  });
});

test("an event brings its caller along, so nobody is asked", async () => {
  await using own = await rehearse();
  const bucket = own.bucket();
  await own.as("mallory").deleteBucketPolicy({ Bucket: bucket });
  await own.deployment.idle();
  expect(own.messages(bucket)[0]?.cause).toMatchObject({ eventName: "DeleteBucketPolicy" });
  expect(own.sandbox.calls.list({ operation: "LookupEvents" })).toEqual([]);
});
