import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";
import { denyPlainHttp, soundPolicy } from "./sound.ts";

const stage = await rehearse();
const mallory = stage.as("mallory");
afterAll(() => stage[Symbol.asyncDispose]());

const arn = (bucket: string) => `arn:aws:s3:::${bucket}`;

/** The statements that the product writes, in its own words. */
function ours(bucket: string): readonly object[] {
  const sse = "s3:x-amz-server-side-encryption";
  const uploads = {
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"],
    Resource: `${arn(bucket)}/*`,
  };
  return [
    {
      Sid: "BucketWardenSslOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn(bucket), `${arn(bucket)}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    {
      Sid: "BucketWardenKmsEnforcement",
      ...uploads,
      Condition: {
        Null: { [sse]: "false" },
        StringNotEquals: { [sse]: ["aws:kms", "aws:kms:dsse"] },
      },
    },
    {
      Sid: "BucketWardenKmsEnforcementSseC",
      ...uploads,
      Condition: { Null: { [`${sse}-customer-algorithm`]: "false" } },
    },
  ];
}

async function policyOf(bucket: string): Promise<string> {
  const { Policy: text = "" } = await stage.as("owner").getBucketPolicy({ Bucket: bucket });
  return text;
}

const partner = (bucket: string) =>
  `{ "Sid" : "Partner\\u0044rop",\t"Effect":"Allow",\r\n   "Principal":{"AWS":"arn:aws:iam::444455556666:root"},
     "Action":[ "s3:PutObject" ],   "Resource":"${arn(bucket)}/drop/*" }`;
const reader = (bucket: string) =>
  `{"Resource":"${arn(bucket)}/*","Action":"s3:GetObject","Principal":{"AWS":["arn:aws:iam::444455556666:role/r\\/eader"]},"Effect":"Allow"}`;
const lookAlike = (bucket: string) =>
  `{"Sid":"AllowSSLRequestsOnly","Effect":"Deny","Principal":"*","Action":"s3:GetObject","Resource":"${arn(bucket)}/*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}`;

interface Weakening {
  readonly name: string;
  readonly policy: (bucket: string) => string;
  /** Texts that must stand in the repaired policy just as they stood before. */
  readonly foreign: readonly ((bucket: string) => string)[];
  readonly version?: string;
}

test.each<Weakening>([
  {
    name: "holds the statements of two other teams in odd white space",
    policy: (b) =>
      `{\n  "Version":"2012-10-17" ,\n "Id" : "teams",\n  "Statement":[\n   ${partner(b)},\n\n   ${reader(b)}\n  ]\n}\n`,
    foreign: [partner, reader],
    version: "2012-10-17",
  },
  {
    name: "has no Version",
    policy: (b) => `{"Statement":[${reader(b)}]}`,
    foreign: [reader],
  },
  {
    name: "is of the language of 2008",
    policy: (b) => `{"Statement":[${partner(b)}],"Version":"2008-10-17"}`,
    foreign: [partner],
    version: "2008-10-17",
  },
  {
    name: "has a single object as Statement",
    policy: (b) => `{"Version":"2012-10-17","Statement":  ${partner(b)}  }`,
    foreign: [partner],
    version: "2012-10-17",
  },
  {
    name: "has the right Sid with too small a meaning",
    policy: (b) => `{"Version":"2012-10-17","Statement":[${lookAlike(b)}]}`,
    foreign: [lookAlike],
    version: "2012-10-17",
  },
])(
  "a policy that $name gets our statements behind its own",
  async ({ policy, foreign, version }) => {
    const bucket = stage.bucket("policy");
    await mallory.putBucketPolicy({ Bucket: bucket, Policy: policy(bucket) });
    await stage.deployment.idle();

    const after = await policyOf(bucket);
    const statements = foreign.map((text) => text(bucket));
    expect(statements.filter((text) => !after.includes(text))).toEqual([]);
    const { Version, Statement } = JSON.parse(after);
    expect(Version).toBe(version);
    expect(Statement).toEqual([...statements.map((text) => JSON.parse(text)), ...ours(bucket)]);
    expect(stage.told(bucket)).toEqual(["fixed ssl-only", "fixed kms-enforcement"]);
    expect(stage.writes(bucket)).toEqual(["PutBucketPolicy"]);
  },
);

test("a deleted policy comes back as ours alone", async () => {
  const bucket = stage.bucket("policy");
  await mallory.deleteBucketPolicy({ Bucket: bucket });
  await stage.deployment.idle();
  expect(JSON.parse(await policyOf(bucket))).toEqual({
    Version: "2012-10-17",
    Statement: ours(bucket),
  });
  expect(stage.told(bucket)).toEqual(["fixed ssl-only", "fixed kms-enforcement"]);
});

test("our Sid on a statement that means something else is ours to replace", async () => {
  const bucket = stage.bucket("policy");
  const [, ...kms] = ours(bucket);
  const stolen = {
    Sid: "BucketWardenSslOnly",
    Effect: "Allow",
    Principal: { AWS: "arn:aws:iam::444455556666:root" },
    Action: "s3:GetObject",
    Resource: `${arn(bucket)}/*`,
  };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [stolen, ...kms] });
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: policy });
  await stage.deployment.idle();
  const { Statement } = JSON.parse(await policyOf(bucket));
  expect(Statement).toEqual(expect.arrayContaining([...ours(bucket)]));
  expect(Statement).toHaveLength(3);
  expect(stage.told(bucket)).toEqual(["fixed ssl-only"]);
});

const halves = (bucket: string) => ({
  Statement: [
    {
      Effect: "Deny",
      Principal: { AWS: ["*"] },
      NotAction: "s3:GetObject",
      Resource: `${arn(bucket)}*`,
      Condition: { Bool: { "AWS:securetransport": false } },
    },
    {
      Effect: "Deny",
      Principal: "*",
      Action: "S3:Get*",
      Resource: `${arn(bucket)}/*`,
      Condition: { StringEquals: { "aws:SecureTransport": ["false"] } },
    },
    ...ours(bucket).slice(1),
  ],
});

test.each<{ name: string; policy: (bucket: string) => string }>([
  { name: "in the words of these tests", policy: soundPolicy },
  { name: "in two halves", policy: (bucket) => JSON.stringify(halves(bucket)) },
  {
    name: "with a statement more",
    policy: (bucket) =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [JSON.parse(partner(bucket)), denyPlainHttp(bucket), ...ours(bucket).slice(1)],
      }),
  },
])("a policy that is right $name is left alone, and nobody hears of it", async ({ policy }) => {
  const bucket = stage.bucket("policy");
  const text = policy(bucket);
  await mallory.putBucketPolicy({ Bucket: bucket, Policy: text });
  await stage.deployment.idle();
  expect(await policyOf(bucket)).toBe(text);
  expect(stage.told(bucket)).toEqual([]);
  expect(stage.writes(bucket)).toEqual([]);
});

test("a sweep over all of these buckets has nothing to write and nothing to tell", async () => {
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});
