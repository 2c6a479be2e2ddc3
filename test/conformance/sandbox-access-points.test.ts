import {
  CreateAccessPointCommand,
  type CreateAccessPointCommandInput,
  DeleteAccessPointCommand,
  DeleteAccessPointPolicyCommand,
  GetAccessPointCommand,
  GetAccessPointPolicyCommand,
  GetAccessPointPolicyStatusCommand,
  ListAccessPointsCommand,
  PutAccessPointPolicyCommand,
  type S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import { afterEach, expect, test } from "vitest";
import { plain, refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";
import { freshBucket } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();
const AccountId = "111122223333";
const Name = "reader";
const arn = `arn:aws:s3:us-east-1:${AccountId}:accesspoint/${Name}`;
afterEach(() => sandbox().world.accessPoints.clear());

function control(user = "alice"): S3ControlClient {
  const region = parseRegion("us-east-1", "test");
  const { endpoint, credentials } = settingsFor(user);
  const clients = createClients({ endpoint, credentials, region });
  return s3ControlAt(clients, { account: parseAccountId(AccountId, "test"), region });
}

const create = (Bucket: string, more: Partial<CreateAccessPointCommandInput> = {}) =>
  control().send(new CreateAccessPointCommand({ AccountId, Name, Bucket, ...more }));
const get = () => control().send(new GetAccessPointCommand({ AccountId, Name }));
const getPolicy = () => control().send(new GetAccessPointPolicyCommand({ AccountId, Name }));
const status = () => control().send(new GetAccessPointPolicyStatusCommand({ AccountId, Name }));
const putPolicy = (Policy: string) =>
  control().send(new PutAccessPointPolicyCommand({ AccountId, Name, Policy }));

function policyFor(principal: unknown, resource = `${arn}/object/*`): string {
  const statement = { Effect: "Allow", Principal: principal, Action: "s3:GetObject" };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ ...statement, Resource: resource }],
  });
}

const closed = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
};
const open = Object.fromEntries(Object.keys(closed).map((flag) => [flag, false]));

test("an access point is made with a closed block, listed with its bucket, and gone once deleted", async () => {
  const Bucket = await freshBucket();
  const other = await freshBucket();
  const made = await create(Bucket);
  expect(made.AccessPointArn).toBe(arn);
  expect(made.Alias).toMatch(/^reader-[0-9a-f]{34}-s3alias$/);
  await create(other, { Name: "writer", VpcConfiguration: { VpcId: "vpc-1" } });
  expect(await plain(get())).toMatchObject({
    Name,
    Bucket,
    NetworkOrigin: "Internet",
    BucketAccountId: AccountId,
    PublicAccessBlockConfiguration: closed,
  });
  const list = (more: object) =>
    control().send(new ListAccessPointsCommand({ AccountId, ...more }));
  const { AccessPointList: own } = await list({ Bucket });
  expect(own?.map(({ Name: name }) => name)).toEqual([Name]);
  const first = await list({ MaxResults: 1 });
  const second = await list({ MaxResults: 1, NextToken: first.NextToken });
  const pages = [first, second].flatMap(({ AccessPointList = [] }) => AccessPointList);
  expect(pages.map((it) => [it.Name, it.NetworkOrigin, it.VpcConfiguration?.VpcId])).toEqual([
    [Name, "Internet", undefined],
    ["writer", "VPC", "vpc-1"],
  ]);
  expect(second.NextToken).toBeUndefined();
  await control().send(new DeleteAccessPointCommand({ AccountId, Name }));
  expect(await refusal(get())).toEqual({ name: "NoSuchAccessPoint", status: 404 });
});

test("its policy is given back byte for byte, and S3 says whether it is public", async () => {
  const Bucket = await freshBucket();
  await create(Bucket, { PublicAccessBlockConfiguration: open });
  const none = { name: "NoSuchAccessPointPolicy", status: 404 };
  expect(await refusal(getPolicy())).toEqual(none);
  expect(await refusal(status())).toEqual(none);
  const text = ` ${policyFor({ AWS: AccountId })}`.trimStart().replace("{", "{ ");
  await putPolicy(text);
  expect((await getPolicy()).Policy).toBe(text);
  expect((await status()).PolicyStatus?.IsPublic).toBe(false);
  await putPolicy(policyFor("*"));
  expect((await status()).PolicyStatus?.IsPublic).toBe(true);
  await control().send(new DeleteAccessPointPolicyCommand({ AccountId, Name }));
  expect(await refusal(getPolicy())).toEqual(none);
});

test("what is reached from one VPC only is not public, whatever its policy says", async () => {
  const Bucket = await freshBucket();
  await create(Bucket, { VpcConfiguration: { VpcId: "vpc-1" } });
  await putPolicy(policyFor("*"));
  expect((await status()).PolicyStatus?.IsPublic).toBe(false);
});

test("what S3 Control would refuse is refused under its names", async () => {
  const Bucket = await freshBucket();
  const made = await create(Bucket);
  expect(await refusal(create(Bucket))).toEqual({
    name: "AccessPointAlreadyOwnedByYou",
    status: 409,
  });
  expect(await refusal(create("no-such-bucket", { Name: "other" }))).toEqual({
    name: "NoSuchBucket",
    status: 404,
  });
  expect(await refusal(create(Bucket, { Name: "Not-A-Name" }))).toEqual({
    name: "InvalidRequest",
    status: 400,
  });
  expect(await refusal(create(Bucket, { Name: "x", BucketAccountId: "222233334444" }))).toEqual({
    name: "InvalidRequest",
    status: 400,
  });
  expect(await refusal(create(Bucket, { Name: "xyz", BucketAccountId: "222233334444" }))).toEqual({
    name: "AccessDenied",
    status: 403,
  });
  const malformed = { name: "MalformedPolicy", status: 400 };
  expect(await refusal(putPolicy("no policy"))).toEqual(malformed);
  const elsewhere = policyFor("*", `arn:aws:s3:::${Bucket}/*`);
  expect(await refusal(putPolicy(elsewhere))).toEqual(malformed);
  // The block that it was made with.
  expect(await refusal(putPolicy(policyFor("*")))).toEqual({ name: "AccessDenied", status: 403 });
  expect(made.AccessPointArn).toBe(arn);
});

test("calls are recorded with the name of the access point; only its making names the bucket", async () => {
  const Bucket = await freshBucket();
  const before = sandbox().world.records.length;
  await create(Bucket);
  await putPolicy(policyFor({ AWS: AccountId }));
  await control().send(new DeleteAccessPointPolicyCommand({ AccountId, Name }));
  await control().send(new DeleteAccessPointCommand({ AccountId, Name }));
  const host = { Host: `${AccountId}.s3-control.us-east-1.amazonaws.com`, name: Name };
  const records = sandbox().world.records.slice(before);
  expect(records.map(({ eventName, requestParameters }) => [eventName, requestParameters])).toEqual(
    [
      [
        "CreateAccessPoint",
        { ...host, CreateAccessPointRequest: expect.objectContaining({ Bucket }) },
      ],
      ["PutAccessPointPolicy", { ...host, PutAccessPointPolicyRequest: expect.anything() }],
      ["DeleteAccessPointPolicy", host],
      ["DeleteAccessPoint", host],
    ],
  );
  expect(records.every(({ eventSource }) => eventSource === "s3.amazonaws.com")).toBe(true);
});
