import type { CORSRule } from "@aws-sdk/client-s3";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse();
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

const app: CORSRule = {
  ID: "app",
  AllowedOrigins: ["https://app.example", "https://*.app.example"],
  AllowedMethods: ["GET", "PUT"],
  AllowedHeaders: ["*"],
  ExposeHeaders: ["ETag"],
  MaxAgeSeconds: 600,
};
const readers: CORSRule = { AllowedOrigins: ["*"], AllowedMethods: ["GET"] };
const open: CORSRule = { ID: "open", AllowedOrigins: ["*"], AllowedMethods: ["POST", "GET"] };

async function rulesOf(bucket: string): Promise<unknown> {
  const { CORSRules: rules } = await stage.as("owner").getBucketCors({ Bucket: bucket });
  return rules;
}

function put(bucket: string, ...rules: CORSRule[]) {
  return mallory.putBucketCors({ Bucket: bucket, CORSConfiguration: { CORSRules: rules } });
}

function askFor(bucket: string) {
  const request = { mode: "apply", reason: "nobody uses it", requestedBy: "bob" };
  return stage.deployment.invoke({ ...request, bucket, controls: ["cors"] });
}

test("an open rule waits for a person, who has only this rule removed", async () => {
  const bucket = stage.bucket("widgets");
  await put(bucket, app, open, readers);
  await stage.deployment.idle();
  expect(await rulesOf(bucket)).toEqual([app, open, readers]);
  expect(stage.told(bucket)).toEqual(["approval-wanted cors"]);
  expect(stage.writes(bucket)).toEqual([]);

  const { results } = await askFor(bucket);
  expect(results.map(({ outcome }) => outcome.kind)).toEqual(["fixed"]);
  expect(await rulesOf(bucket)).toEqual([app, readers]);
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["approval-wanted cors", "fixed cors"]);

  const again = await askFor(bucket);
  expect(again.results.map(({ outcome }) => outcome.kind)).toEqual(["clean"]);
  expect(stage.writes(bucket)).toEqual(["PutBucketCors"]);
});

test("the only rule is not removed, even when a person asks", async () => {
  const bucket = stage.bucket("widgets");
  await put(bucket, open);
  await stage.deployment.idle();
  const { results } = await askFor(bucket);
  expect(results.map(({ outcome }) => outcome.kind)).toEqual(["flagged"]);
  expect(await rulesOf(bucket)).toEqual([open]);
  expect(stage.told(bucket)).toEqual(["flagged cors"]);
  expect(stage.messages(bucket)[0]?.notices[0]?.next).toBe(
    `aws s3api delete-bucket-cors --bucket ${bucket} --expected-bucket-owner 111122223333`,
  );
  await mallory.deleteBucketCors({ Bucket: bucket });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged cors", "recovered cors"]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("rules that name their origins are left alone, and nobody hears of it", async () => {
  const bucket = stage.bucket("widgets");
  await put(bucket, app, readers);
  await stage.deployment.idle();
  expect(await rulesOf(bucket)).toEqual([app, readers]);
  expect(stage.told(bucket)).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
