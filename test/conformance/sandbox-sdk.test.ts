import {
  DeleteBucketEncryptionCommand,
  DeleteBucketMetricsConfigurationCommand,
  GetBucketAclCommand,
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  GetBucketMetricsConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  ListBucketMetricsConfigurationsCommand,
  PutBucketAclCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketMetricsConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
  type ServerSideEncryptionRule,
} from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import { plain, refusal, sandboxForTests } from "./sandbox-clients.ts";
import {
  aes,
  denyHttp,
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

test("a public grant hides while public ACLs are ignored, and comes back", async () => {
  const Bucket = await freshBucket();
  const block = (IgnorePublicAcls: boolean) =>
    s3().send(
      new PutPublicAccessBlockCommand({
        Bucket,
        PublicAccessBlockConfiguration: { IgnorePublicAcls },
      }),
    );
  const grants = async () => {
    const { Grants } = await s3().send(new GetBucketAclCommand({ Bucket }));
    return Grants?.map(({ Grantee, Permission }) => [Grantee?.Type, Permission]);
  };
  await s3().send(
    new PutBucketOwnershipControlsCommand({
      Bucket,
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerPreferred" }] },
    }),
  );
  await block(false);
  await s3().send(new PutBucketAclCommand({ Bucket, ACL: "public-read" }));
  const open = await grants();
  await block(true);
  const masked = await grants();
  await block(false);
  const owner = ["CanonicalUser", "FULL_CONTROL"];
  expect([open, masked, await grants()]).toEqual([
    [owner, ["Group", "READ"]],
    [owner],
    [owner, ["Group", "READ"]],
  ]);
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
