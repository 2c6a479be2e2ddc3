import {
  GetBucketTaggingCommand,
  PutBucketAbacCommand,
  PutBucketPolicyCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import {
  DeletePublicAccessBlockCommand,
  GetPublicAccessBlockCommand,
  PutPublicAccessBlockCommand as PutAccountBlockCommand,
  type S3ControlClient,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { afterEach, expect, test } from "vitest";
import { plain, refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";
import { freshBucket, s3 } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();
const AccountId = "111122223333";
afterEach(() => sandbox().world.accountPublicAccessBlocks.clear());

function control(user = "alice", home = "eu-west-1"): S3ControlClient {
  const region = parseRegion(home, "test");
  const { endpoint, credentials } = settingsFor(user);
  const clients = createClients({ endpoint, credentials, region });
  return s3ControlAt(clients, { account: parseAccountId(AccountId, "test"), region });
}

const complete = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const get = () => control().send(new GetPublicAccessBlockCommand({ AccountId }));
const put = (PublicAccessBlockConfiguration: object, user?: string) =>
  control(user).send(new PutAccountBlockCommand({ AccountId, PublicAccessBlockConfiguration }));

test("an account has no public access block until it is given one, and can lose it", async () => {
  const none = { name: "NoSuchPublicAccessBlockConfiguration", status: 404 };
  expect(await refusal(get())).toEqual(none);
  await put({ BlockPublicAcls: true, BlockPublicPolicy: true });
  expect(await plain(get())).toEqual({
    PublicAccessBlockConfiguration: {
      ...complete,
      IgnorePublicAcls: false,
      RestrictPublicBuckets: false,
    },
  });
  await control().send(new DeletePublicAccessBlockCommand({ AccountId }));
  expect(await refusal(get())).toEqual(none);
});

test("another account is refused", async () => {
  const denied = { name: "AccessDenied", status: 403 };
  expect(await refusal(put(complete, "them@222233334444"))).toEqual(denied);
});

test("what S3 Control does not know here is refused as not implemented", async () => {
  const headers = {
    "x-amz-account-id": AccountId,
    authorization: `AWS4-HMAC-SHA256 Credential=alice/20261121/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0`,
  };
  const answer = await fetch(`${sandbox().endpoint}/v20180820/jobs`, { headers });
  expect([answer.status, await answer.text()]).toEqual([
    501,
    expect.stringContaining("<ErrorResponse><Error><Code>NotImplemented</Code>"),
  ]);
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
test("a change is recorded under a name of its own, with the account in the host", async () => {
  const before = sandbox().world.records.length;
  await put(complete);
  expect(sandbox().world.records.slice(before)).toMatchObject([
    {
      eventSource: "s3.amazonaws.com",
      eventName: "PutAccountPublicAccessBlock",
      awsRegion: "eu-west-1",
      requestParameters: {
        Host: `${AccountId}.s3-control.eu-west-1.amazonaws.com`,
        publicAccessBlock: "",
        PublicAccessBlockConfiguration: complete,
      },
      recipientAccountId: AccountId,
      readOnly: false,
    },
  ]);
  const [record] = sandbox().world.records.slice(before);
  expect(record).not.toHaveProperty("resources");
  expect(record?.requestParameters).not.toHaveProperty("bucketName");
});

// The most restrictive of account and bucket counts.
test("the block of the account covers a bucket that has none of its own", async () => {
  const Bucket = await freshBucket();
  const none = Object.fromEntries(Object.keys(complete).map((flag) => [flag, false]));
  await s3().send(
    new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: none }),
  );
  const everybody = { Effect: "Allow", Principal: "*", Action: "s3:GetObject" };
  const Statement = { ...everybody, Resource: `arn:aws:s3:::${Bucket}/*` };
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await put(complete);
  const refused = refusal(s3().send(new PutBucketPolicyCommand({ Bucket, Policy })));
  expect(await refused).toEqual({ name: "AccessDenied", status: 403 });
  await control().send(new DeletePublicAccessBlockCommand({ AccountId }));
  await s3().send(new PutBucketPolicyCommand({ Bucket, Policy }));
});

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/buckets-tagging-enable-abac.html
test("S3 Control changes the tags of a bucket one by one, also under ABAC", async () => {
  const Bucket = await freshBucket();
  const of = { AccountId, ResourceArn: `arn:aws:s3:::${Bucket}` };
  const s3control = control("alice", "us-east-1");
  const tag = (Key: string, Value: string) =>
    s3control.send(new TagResourceCommand({ ...of, Tags: [{ Key, Value }] }));
  await s3().send(new PutBucketAbacCommand({ Bucket, AbacStatus: { Status: "Enabled" } }));
  await tag("team", "care");
  await tag("stage", "test");
  await tag("team", "cure");
  const tags = () => s3().send(new GetBucketTaggingCommand({ Bucket }));
  expect((await tags()).TagSet).toEqual([
    { Key: "stage", Value: "test" },
    { Key: "team", Value: "cure" },
  ]);
  const before = sandbox().world.records.length;
  await s3control.send(new UntagResourceCommand({ ...of, TagKeys: ["team", "stage", "other"] }));
  expect(await refusal(tags())).toEqual({ name: "NoSuchTagSet", status: 404 });
  expect(sandbox().world.records.slice(before)).toMatchObject([
    { eventName: "UntagResource", requestParameters: { resourceArn: of.ResourceArn } },
  ]);
});

test.each([
  { name: "a key of AWS", bucket: undefined, Key: "aws:x", refused: "InvalidTag" },
  {
    name: "a bucket that is not there",
    bucket: "no-such-bucket",
    Key: "team",
    refused: "NoSuchBucket",
  },
])("S3 Control refuses to tag with $name", async ({ bucket, Key, refused }) => {
  const ResourceArn = `arn:aws:s3:::${bucket ?? (await freshBucket())}`;
  const request = { AccountId, ResourceArn, Tags: [{ Key, Value: "any" }] };
  const answer = refusal(control("alice", "us-east-1").send(new TagResourceCommand(request)));
  expect(await answer).toMatchObject({ name: refused });
});
