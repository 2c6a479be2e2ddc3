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

function letIn(account: string, Name: string) {
  const Resource = `arn:aws:s3:${region}:${AccountId}:accesspoint/${Name}/object/*`;
  const Principal = { AWS: account };
  const Statement = { Effect: "Allow", Principal, Action: "s3:GetObject", Resource };
  return { AccountId, Name, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) };
}

test("a policy on an access point leads to its bucket, and so does its end", async () => {
  const Bucket = stage.bucket("doors");
  const Name = "policy-door";
  const VpcConfiguration = { VpcId: "vpc-1" };
  await control.createAccessPoint({ AccountId, Name, Bucket, VpcConfiguration });
  await control.putAccessPointPolicy(letIn("444455556666", Name));
  await stage.deployment.idle();
  expect(stage.told(Bucket)).toEqual(["flagged access-points"]);
  expect(stage.messages(Bucket)[0]?.notices[0]?.saw).toBe(
    "the access point policy-door has a policy that lets in 444455556666",
  );
  await control.deleteAccessPointPolicy({ AccountId, Name });
  await stage.deployment.idle();
  expect(stage.told(Bucket)).toEqual(["flagged access-points", "recovered access-points"]);
});

// Once it is gone nobody can say whose it was, so the next sweep tells.
test("the end of an access point starts nothing by itself, and a sweep sees it", async () => {
  const Bucket = stage.bucket("doors");
  const Name = "short-lived";
  await control.createAccessPoint({ AccountId, Name, Bucket, ...open });
  await stage.deployment.idle();
  await control.deleteAccessPoint({ AccountId, Name });
  await stage.deployment.idle();
  expect(stage.told(Bucket)).toEqual(["flagged access-points"]);
  await stage.sweepAgain();
  expect(stage.told(Bucket)).toEqual(["flagged access-points", "recovered access-points"]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
