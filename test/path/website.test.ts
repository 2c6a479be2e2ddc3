import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({ baseline: { website: { mode: "alert", allowed: ["site-*"] } } });
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

const pages = { IndexDocument: { Suffix: "index.html" } };

test("a new website is flagged once, and told as recovered when it is gone", async () => {
  const bucket = stage.bucket("data");
  await mallory.putBucketWebsite({ Bucket: bucket, WebsiteConfiguration: pages });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged website"]);
  expect(await stage.lookAgain(bucket)).toBe("flagged");
  await mallory.deleteBucketWebsite({ Bucket: bucket });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["flagged website", "recovered website"]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("where the baseline lets a bucket be a website, only closing it needs a person", async () => {
  const bucket = stage.bucket("site");
  await mallory.putBucketWebsite({ Bucket: bucket, WebsiteConfiguration: pages });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual([]);
  await mallory.deletePublicAccessBlock({ Bucket: bucket });
  await stage.deployment.idle();
  expect(stage.told(bucket)).toEqual(["approval-wanted public-access-block"]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
