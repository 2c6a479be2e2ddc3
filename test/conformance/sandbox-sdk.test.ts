import { Agent } from "node:http";
import type { LookupFunction } from "node:net";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketMetricsConfigurationCommand,
  DeleteObjectCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketMetricsConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  ListBucketMetricsConfigurationsCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutBucketAbacCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketMetricsConfigurationCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutPublicAccessBlockCommand,
  paginateListBuckets,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { anyBucket, clientFor, plain, refusal, sandboxForTests } from "./sandbox-clients.ts";
import {
  aes,
  denyHttp,
  dublin,
  encrypt,
  freshBucket,
  lock,
  policyWith,
  putPolicy,
  root,
  s3,
} from "./sandbox-s3.ts";

const sandbox = sandboxForTests();

test("lifecycle and MFA delete exclude each other", async () => {
  const Bucket = await freshBucket();
  const withMfa = new PutBucketVersioningCommand({
    Bucket,
    MFA: "arn:aws:iam::111122223333:mfa/root 123456",
    VersioningConfiguration: { Status: "Enabled", MFADelete: "Enabled" },
  });
  const expire = new PutBucketLifecycleConfigurationCommand({
    Bucket,
    LifecycleConfiguration: {
      Rules: [{ ID: "r", Status: "Enabled", Filter: { Prefix: "" }, Expiration: { Days: 1 } }],
    },
  });
  await root().send(withMfa);
  expect(await refusal(s3().send(expire))).toEqual({ name: "InvalidBucketState", status: 409 });
  const other = await freshBucket();
  await s3().send(new PutBucketLifecycleConfigurationCommand({ ...expire.input, Bucket: other }));
  const second = new PutBucketVersioningCommand({ ...withMfa.input, Bucket: other });
  expect(await refusal(root().send(second))).toEqual({ name: "InvalidBucketState", status: 409 });
});

test("under MFA delete nobody but root can re-enable versioning, and a Put keeps MFA delete", async () => {
  const Bucket = await freshBucket();
  const by = (client: ReturnType<typeof s3>, MFA: string, more: object) =>
    client.send(
      new PutBucketVersioningCommand({ Bucket, MFA, VersioningConfiguration: { ...more } }),
    );
  await by(root(), "serial 123456", { Status: "Enabled", MFADelete: "Enabled" });
  expect(await refusal(by(s3(), "serial 123456", { Status: "Suspended" }))).toEqual({
    name: "AccessDenied",
    status: 403,
  });
  await by(root(), "serial 654321", { Status: "Suspended" });
  expect(await plain(s3().send(new GetBucketVersioningCommand({ Bucket })))).toEqual({
    Status: "Suspended",
    MFADelete: "Enabled",
  });
});

test("a policy comes back byte for byte", async () => {
  const Bucket = await freshBucket();
  const Policy = `${JSON.stringify(denyHttp(Bucket), null, 3)}\n`;
  await putPolicy(Bucket, Policy);
  expect((await s3().send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(Policy);
});

test("a policy status says whether the policy is public", async () => {
  const Bucket = await freshBucket();
  await s3().send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: {} }));
  const status = async () =>
    (await s3().send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus?.IsPublic;
  await putPolicy(Bucket, JSON.stringify(denyHttp(Bucket)));
  const before = await status();
  await putPolicy(Bucket, policyWith(Bucket, { Effect: "Allow", Condition: undefined }));
  expect([before, await status()]).toEqual([false, true]);
});

test("a Put of the encryption without blocked types clears the block, and Delete goes back to SSE-S3", async () => {
  const Bucket = await freshBucket();
  const read = async () =>
    (await s3().send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration
      ?.Rules;
  const kms: ServerSideEncryptionRule = {
    ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "any text" },
    BucketKeyEnabled: true,
  };
  const blocking = { ...kms, BlockedEncryptionTypes: { EncryptionType: ["SSE-C" as const] } };
  await encrypt(Bucket, [blocking]);
  const kept = await read();
  await encrypt(Bucket, [kms]);
  const cleared = await read();
  await s3().send(new DeleteBucketEncryptionCommand({ Bucket }));
  expect({ kept, cleared, deleted: await read() }).toEqual({
    kept: [blocking],
    cleared: [kms],
    deleted: [{ ...aes, BucketKeyEnabled: false }],
  });
});

test("logging keeps what it was given and is switched off by an empty status", async () => {
  const Bucket = await freshBucket();
  const LoggingEnabled = {
    TargetBucket: Bucket,
    TargetPrefix: "p/",
    TargetObjectKeyFormat: { PartitionedPrefix: { PartitionDateSource: "DeliveryTime" as const } },
  };
  await s3().send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled } }));
  const on = await plain(s3().send(new GetBucketLoggingCommand({ Bucket })));
  await s3().send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }));
  const off = await plain(s3().send(new GetBucketLoggingCommand({ Bucket })));
  expect([on, off]).toEqual([{ LoggingEnabled }, {}]);
});

test("Object Lock keeps its rule, event hold included, until a body without a rule comes", async () => {
  const Bucket = await freshBucket({ ObjectLockEnabledForBucket: true });
  const rule = {
    DefaultRetention: { Mode: "GOVERNANCE" as const, Days: 30, DefaultEventHold: { Days: 7 } },
  };
  await lock(Bucket, rule);
  const read = () => plain(s3().send(new GetObjectLockConfigurationCommand({ Bucket })));
  const kept = await read();
  await lock(Bucket, undefined);
  expect([kept, await read()]).toEqual([
    { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled", Rule: rule } },
    { ObjectLockConfiguration: { ObjectLockEnabled: "Enabled" } },
  ]);
});

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

test("configurations by id are kept apart and listed", async () => {
  const Bucket = await freshBucket();
  const put = (Id: string) =>
    s3().send(
      new PutBucketMetricsConfigurationCommand({
        Bucket,
        Id,
        MetricsConfiguration: { Id, Filter: { Prefix: `${Id}/` } },
      }),
    );
  await put("b");
  await put("a");
  const one = await plain(s3().send(new GetBucketMetricsConfigurationCommand({ Bucket, Id: "b" })));
  await s3().send(new DeleteBucketMetricsConfigurationCommand({ Bucket, Id: "b" }));
  const all = await s3().send(new ListBucketMetricsConfigurationsCommand({ Bucket }));
  expect([one, all.MetricsConfigurationList]).toEqual([
    { MetricsConfiguration: { Id: "b", Filter: { Prefix: "b/" } } },
    [{ Id: "a", Filter: { Prefix: "a/" } }],
  ]);
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

test("every call is in the log with what it answered", async () => {
  const Bucket = await freshBucket();
  await refusal(s3().send(new GetBucketPolicyCommand({ Bucket })));
  const seen = sandbox().calls.list({ bucket: Bucket });
  expect(seen.map(({ at: _at, ...call }) => call)).toEqual([
    {
      service: "s3",
      operation: "CreateBucket",
      bucket: Bucket,
      principal: "arn:aws:iam::111122223333:user/alice",
      region: "us-east-1",
      status: 200,
      write: true,
    },
    {
      service: "s3",
      operation: "GetBucketPolicy",
      bucket: Bucket,
      principal: "arn:aws:iam::111122223333:user/alice",
      region: "us-east-1",
      status: 404,
      errorCode: "NoSuchBucketPolicy",
      write: false,
    },
  ]);
});
