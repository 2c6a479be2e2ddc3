import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

const stage = await rehearse();
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

const complete = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};

async function blockOf(bucket: string): Promise<unknown> {
  const answer = await stage.as("owner").getPublicAccessBlock({ Bucket: bucket });
  return answer.PublicAccessBlockConfiguration;
}

test.each([
  { name: "was deleted", block: undefined },
  { name: "lost one flag", block: { ...complete, RestrictPublicBuckets: false } },
  {
    name: "lost all flags",
    block: {
      BlockPublicAcls: false,
      IgnorePublicAcls: false,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    },
  },
])("a public access block that $name is complete again", async ({ block }) => {
  const bucket = stage.bucket("closed");
  await (block === undefined
    ? mallory.deletePublicAccessBlock({ Bucket: bucket })
    : mallory.putPublicAccessBlock({ Bucket: bucket, PublicAccessBlockConfiguration: block }));
  await stage.deployment.idle();
  expect(await blockOf(bucket)).toEqual(complete);
  expect(stage.told(bucket)).toEqual(["fixed public-access-block"]);
  expect(stage.writes(bucket)).toEqual(["PutPublicAccessBlock"]);
});

// Under the complete block S3 refuses to write a policy that is public, ours included.
test("a public policy gets our statements before the block is closed over it", async () => {
  const bucket = stage.bucket("open");
  const everybody = {
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [everybody] });
  stage.change(bucket, "publicAccessBlock", undefined);
  stage.change(bucket, "policy", policy);
  await stage.sweepAgain();
  expect(stage.writes(bucket)).toEqual(["PutBucketPolicy", "PutPublicAccessBlock"]);
  expect(await blockOf(bucket)).toEqual(complete);
  expect(stage.told(bucket)).toEqual([
    "fixed ssl-only",
    "fixed kms-enforcement",
    "fixed public-access-block",
    "flagged public-policy",
  ]);
});

test("a public policy is told anew when the block falls, and recovers with the policy", async () => {
  const bucket = stage.bucket("open");
  const everybody = {
    Sid: "Downloads",
    Effect: "Allow",
    Principal: "*",
    Action: "s3:GetObject",
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  const owner = stage.as("owner");
  const { Policy: sound = "" } = await owner.getBucketPolicy({ Bucket: bucket });
  const { Version, Statement } = JSON.parse(sound);
  const open = JSON.stringify({ Version, Statement: [...Statement, everybody] });
  await mallory.putPublicAccessBlock({
    Bucket: bucket,
    PublicAccessBlockConfiguration: { ...complete, BlockPublicPolicy: false },
  });
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: open });
  await stage.deployment.idle();
  const last = stage.messages(bucket).at(-1)?.notices.at(-1);
  expect(last).toMatchObject({
    kind: "flagged",
    control: "public-policy",
    saw: "statement 4 (Downloads) is public: it allows everyone, and no condition limits that to fixed values; RestrictPublicBuckets still keeps strangers out",
    witness: `anybody may call s3:GetObject on arn:aws:s3:::${bucket}/example.txt`,
  });
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: sound });
  await stage.deployment.idle();
  expect(stage.told(bucket).at(-1)).toBe("recovered public-policy");
  expect(stage.writes(bucket)).toEqual(["PutPublicAccessBlock"]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
