import { S3Control } from "@aws-sdk/client-s3-control";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse({ baseline: { "access-points": { mode: "remediate" } } });
afterAll(() => stage[Symbol.asyncDispose]());

const { account: AccountId, region, endpoint } = stage.sandbox;
/** S3 Control puts the account in front of the host, which only AWS has. */
const control = new S3Control({
  region,
  credentials: { accessKeyId: "mallory", secretAccessKey: "any" },
  endpointProvider: () => ({ url: new URL(endpoint) }),
});
const open = { PublicAccessBlockConfiguration: { BlockPublicAcls: true } };

test("an access point that is made with an open block is told at once", async () => {
  const Bucket = stage.bucket("doors");
  await control.createAccessPoint({ AccountId, Name: "closed-door", Bucket });
  await stage.deployment.idle();
  expect(stage.told(Bucket)).toEqual([]);
  await control.createAccessPoint({ AccountId, Name: "open-door", Bucket, ...open });
  await stage.deployment.idle();
  expect(stage.told(Bucket)).toEqual(["flagged access-points"]);
  expect(stage.messages(Bucket)[0]?.notices[0]?.saw).toBe(
    "the access point open-door lacks IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets in its public access block",
  );
  expect(stage.writes(Bucket)).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
