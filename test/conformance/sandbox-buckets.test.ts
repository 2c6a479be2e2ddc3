import { Agent } from "node:http";
import type { LookupFunction } from "node:net";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketAbacCommand,
  PutBucketTaggingCommand,
  PutObjectCommand,
  paginateListBuckets,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { anyBucket, clientFor, plain, refusal, sandboxForTests } from "./sandbox-clients.ts";
import { dublin, freshBucket, s3 } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();

test("buckets are listed by page, prefix and region, each with its region", async () => {
  const prefix = `${anyBucket()}-`;
  for (const name of ["a", "b", "c"])
    await s3().send(new CreateBucketCommand({ Bucket: `${prefix}${name}` }));
  await dublin().send(
    new CreateBucketCommand({
      Bucket: `${prefix}d`,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  );
  const pages: (readonly (string | undefined)[])[] = [];
  for await (const page of paginateListBuckets({ client: s3(), pageSize: 3 }, { Prefix: prefix })) {
    pages.push((page.Buckets ?? []).map(({ Name, BucketRegion }) => `${Name}@${BucketRegion}`));
  }
  const inDublin = await s3().send(
    new ListBucketsCommand({ Prefix: prefix, BucketRegion: "eu-west-1" }),
  );
  expect(pages).toEqual([
    [`${prefix}a@us-east-1`, `${prefix}b@us-east-1`, `${prefix}c@us-east-1`],
    [`${prefix}d@eu-west-1`],
  ]);
  expect(inDublin.Buckets?.map(({ Name }) => Name)).toEqual([`${prefix}d`]);
});

test("a bucket can be born with tags, and under ABAC they are out of reach of PutBucketTagging", async () => {
  const Bucket = anyBucket();
  const Tags = [{ Key: "team", Value: "a b" }];
  await s3().send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { Tags } }));
  const { TagSet } = await s3().send(new GetBucketTaggingCommand({ Bucket }));
  await s3().send(new PutBucketAbacCommand({ Bucket, AbacStatus: { Status: "Enabled" } }));
  const tag = s3().send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: Tags } }));
  expect([TagSet, await refusal(tag)]).toEqual([Tags, { name: "MethodNotAllowed", status: 405 }]);
});

test("only us-east-1 lets the owner create a bucket twice", async () => {
  const Bucket = await freshBucket();
  await s3().send(new CreateBucketCommand({ Bucket }));
  const create = () =>
    dublin().send(
      new CreateBucketCommand({
        Bucket: `${Bucket}-eu`,
        CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
      }),
    );
  await create();
  expect(await refusal(create())).toEqual({ name: "BucketAlreadyOwnedByYou", status: 409 });
});

test("an unsigned call is anonymous and has no access, a presigned one has its signer's", async () => {
  const Bucket = await freshBucket();
  await s3().send(new PutObjectCommand({ Bucket, Key: "k", Body: "v" }));
  const url = `${sandbox().endpoint}/${Bucket}/k`;
  const unsigned = await fetch(url);
  const scope = encodeURIComponent("alice/20261121/us-east-1/s3/aws4_request");
  const presigned = await fetch(`${url}?X-Amz-Credential=${scope}&X-Amz-Signature=0`);
  const text = await unsigned.text();
  expect([unsigned.status, presigned.status, await presigned.text()]).toEqual([403, 200, "v"]);
  expect(text).toMatch(/<Error><Code>AccessDenied<.*<RequestId>\w+<.*<HostId>\w+/);
});

/** `bucket.localhost` does not resolve everywhere. */
const toLoopback: LookupFunction = (_host, options, found) => {
  if (options.all === true) found(null, [{ address: "127.0.0.1", family: 4 }]);
  else found(null, "127.0.0.1", 4);
};

test("a virtual-hosted bucket of another region answers that the signature is for the wrong one", async () => {
  const Bucket = anyBucket();
  await dublin().send(
    new CreateBucketCommand({
      Bucket,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  );
  const hosted = clientFor("alice", "us-east-1", {
    endpoint: sandbox().endpoint.replace("127.0.0.1", "localhost"),
    requestHandler: { httpAgent: new Agent({ lookup: toLoopback }) },
  });
  const read = hosted().send(new GetBucketPolicyCommand({ Bucket }));
  expect(await refusal(read)).toEqual({ name: "AuthorizationHeaderMalformed", status: 400 });
});

test("a small object goes in, is listed under its folder, and comes out", async () => {
  const Bucket = await freshBucket();
  const Key = "folder/naïve name+1.txt";
  await s3().send(new PutObjectCommand({ Bucket, Key, Body: "hello", Metadata: { by: "me" } }));
  const { Body, Metadata } = await s3().send(new GetObjectCommand({ Bucket, Key }));
  const folders = await s3().send(new ListObjectsV2Command({ Bucket, Delimiter: "/" }));
  await s3().send(new DeleteObjectCommand({ Bucket, Key }));
  await s3().send(new DeleteBucketCommand({ Bucket }));
  expect([await Body?.transformToString(), Metadata, folders.CommonPrefixes]).toEqual([
    "hello",
    { by: "me" },
    [{ Prefix: "folder/" }],
  ]);
});

test("a listing of objects says where it was asked to begin", async () => {
  const Bucket = await freshBucket();
  await s3().send(new PutObjectCommand({ Bucket, Key: "b", Body: "x" }));
  const listed = await s3().send(new ListObjectsV2Command({ Bucket, StartAfter: "a" }));
  expect([listed.StartAfter, listed.Contents?.map(({ Key }) => Key)]).toEqual(["a", ["b"]]);
});

test("the client that follows redirects reaches a bucket of another region", async () => {
  const Bucket = anyBucket();
  await s3().send(
    new CreateBucketCommand({
      Bucket,
      CreateBucketConfiguration: { LocationConstraint: "eu-west-1" },
    }),
  );
  const following = clientFor("alice", "us-east-1", { followRegionRedirects: true });
  const head = await plain(following().send(new HeadBucketCommand({ Bucket })));
  const location = await plain(s3().send(new GetBucketLocationCommand({ Bucket })));
  expect([head, location]).toEqual([
    { BucketRegion: "eu-west-1", AccessPointAlias: false },
    { LocationConstraint: "eu-west-1" },
  ]);
});

test("a key that cannot be decoded is an invalid URI", async () => {
  const Bucket = await freshBucket();
  const scope = encodeURIComponent("alice/20261121/us-east-1/s3/aws4_request");
  const answer = await fetch(`${sandbox().endpoint}/${Bucket}/%zz?X-Amz-Credential=${scope}`);
  expect([answer.status, await answer.text()]).toEqual([
    400,
    expect.stringContaining("<Code>InvalidURI</Code>"),
  ]);
});
