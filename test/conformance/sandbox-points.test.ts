import {
  CreateAccessPointForObjectLambdaCommand,
  CreateMultiRegionAccessPointCommand,
  DeleteAccessPointForObjectLambdaCommand,
  DeleteAccessPointPolicyForObjectLambdaCommand,
  DeleteMultiRegionAccessPointCommand,
  GetAccessPointConfigurationForObjectLambdaCommand,
  GetAccessPointForObjectLambdaCommand,
  GetAccessPointPolicyForObjectLambdaCommand,
  GetAccessPointPolicyStatusForObjectLambdaCommand,
  GetMultiRegionAccessPointCommand,
  GetMultiRegionAccessPointPolicyCommand,
  GetMultiRegionAccessPointPolicyStatusCommand,
  ListAccessPointsForObjectLambdaCommand,
  ListMultiRegionAccessPointsCommand,
  PutAccessPointConfigurationForObjectLambdaCommand,
  PutAccessPointPolicyForObjectLambdaCommand,
  PutMultiRegionAccessPointPolicyCommand,
  type S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { createClients } from "@bucket-warden/core/aws";
import { parseAccountId, parseRegion } from "@bucket-warden/core/model";
import { s3ControlAt } from "@bucket-warden/core/s3-control";
import type { CloudTrailRecord } from "@bucket-warden/sandbox";
import { expect, test } from "vitest";
import { refusal, sandboxForTests } from "./sandbox-clients.ts";
import { freshBucket } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();
const AccountId = "111122223333";
const account = parseAccountId(AccountId, "test");

function control(name = "us-east-1"): S3ControlClient {
  const region = parseRegion(name, "test");
  const credentials = { accessKeyId: "alice", secretAccessKey: "any" };
  return s3ControlAt(createClients({ region, endpoint: sandbox().endpoint, credentials }), {
    account,
    region,
  });
}

async function recorded(work: () => Promise<unknown>): Promise<readonly CloudTrailRecord[]> {
  const records: CloudTrailRecord[] = [];
  const off = sandbox().onRecord((record) => records.push(record));
  await work();
  off();
  return records;
}

function allowing(principal: unknown, action: string): string {
  const statement = { Effect: "Allow", Principal: principal, Action: action, Resource: "*" };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

const functionArn = "arn:aws:lambda:us-east-1:111122223333:function:redact";
const Configuration = {
  SupportingAccessPoint: "arn:aws:s3:us-east-1:111122223333:accesspoint/plain",
  CloudWatchMetricsEnabled: true,
  AllowedFeatures: ["GetObject-Range" as const],
  TransformationConfigurations: [
    {
      Actions: ["GetObject" as const, "HeadObject" as const],
      ContentTransformation: { AwsLambda: { FunctionArn: functionArn } },
    },
  ],
};
const self = { AWS: `arn:aws:iam::${AccountId}:root` };
const missing = { name: "NoSuchAccessPoint", status: 404 };
const accessDenied = { name: "AccessDenied", status: 403 };

test("an Object Lambda access point is as it was made, until it is changed or gone", async () => {
  const of = { AccountId, Name: "redacted" };
  const arn = "arn:aws:s3-object-lambda:us-east-1:111122223333:accesspoint/redacted";
  const read = () => control().send(new GetAccessPointConfigurationForObjectLambdaCommand(of));
  expect(await refusal(read())).toEqual(missing);
  const create = () =>
    control().send(new CreateAccessPointForObjectLambdaCommand({ ...of, Configuration }));
  expect(await create()).toMatchObject({ ObjectLambdaAccessPointArn: arn });
  expect((await refusal(create())).name).toBe("AccessPointAlreadyOwnedByYou");
  expect((await read()).Configuration).toEqual(Configuration);
  expect(await control().send(new GetAccessPointForObjectLambdaCommand(of))).toMatchObject({
    Name: "redacted",
    PublicAccessBlockConfiguration: { BlockPublicPolicy: true, RestrictPublicBuckets: true },
    CreationDate: expect.any(Date),
  });
  const changed = { ...Configuration, CloudWatchMetricsEnabled: false };
  await control().send(
    new PutAccessPointConfigurationForObjectLambdaCommand({ ...of, Configuration: changed }),
  );
  expect((await read()).Configuration).toEqual(changed);
  await control().send(new DeleteAccessPointForObjectLambdaCommand(of));
  expect(await refusal(read())).toEqual(missing);
});

test("Object Lambda access points are listed by name, page by page, each in its own Region", async () => {
  for (const Name of ["zebra", "ant"]) {
    const create = { AccountId, Name, Configuration };
    await control("eu-west-1").send(new CreateAccessPointForObjectLambdaCommand(create));
  }
  const page = async (region: string, NextToken?: string) => {
    const more = NextToken === undefined ? {} : { NextToken };
    const command = new ListAccessPointsForObjectLambdaCommand({
      AccountId,
      MaxResults: 1,
      ...more,
    });
    const { ObjectLambdaAccessPointList: list = [], NextToken: next } =
      await control(region).send(command);
    return { names: list.map(({ Name }) => Name), next };
  };
  const first = await page("eu-west-1");
  const second = await page("eu-west-1", first.next);
  expect([first.names, second]).toEqual([["ant"], { names: ["zebra"], next: undefined }]);
  expect((await page("ap-southeast-2")).names).toEqual([]);
});

test("the policy of an Object Lambda access point is never public", async () => {
  const of = { AccountId, Name: "guarded" };
  await control().send(new CreateAccessPointForObjectLambdaCommand({ ...of, Configuration }));
  const read = () => control().send(new GetAccessPointPolicyForObjectLambdaCommand(of));
  const status = () => control().send(new GetAccessPointPolicyStatusForObjectLambdaCommand(of));
  const put = (Policy: string) =>
    control().send(new PutAccessPointPolicyForObjectLambdaCommand({ ...of, Policy }));
  const unset = { name: "NoSuchAccessPointPolicy", status: 404 };
  expect([await refusal(read()), await refusal(status())]).toEqual([unset, unset]);
  const action = "s3-object-lambda:GetObject";
  const policy = allowing(self, action);
  await put(policy);
  expect([(await read()).Policy, (await status()).PolicyStatus]).toEqual([
    policy,
    { IsPublic: false },
  ]);
  expect(await refusal(put(allowing("*", action)))).toEqual(accessDenied);
  expect((await refusal(put("[")))?.name).toBe("MalformedPolicy");
  await control().send(new DeleteAccessPointPolicyForObjectLambdaCommand(of));
  expect(await refusal(read())).toEqual(unset);
});

async function makeMultiRegion(Name: string, more: object = {}): Promise<string> {
  const Bucket = await freshBucket();
  const Details = { Name, Regions: [{ Bucket }], ...more };
  const command = new CreateMultiRegionAccessPointCommand({ AccountId, Details });
  await control("us-west-2").send(command);
  return Bucket;
}

test("a Multi-Region Access Point shows its buckets and its flags, which are on unless asked", async () => {
  const bucket = await makeMultiRegion("everywhere");
  const read = () =>
    control("us-west-2").send(
      new GetMultiRegionAccessPointCommand({ AccountId, Name: "everywhere" }),
    );
  expect((await read()).AccessPoint).toMatchObject({
    Name: "everywhere",
    Status: "READY",
    PublicAccessBlock: { BlockPublicAcls: true, RestrictPublicBuckets: true },
    Regions: [{ Bucket: bucket, Region: "us-east-1", BucketAccountId: AccountId }],
  });
  const { AccessPoints } = await control("us-west-2").send(
    new ListMultiRegionAccessPointsCommand({ AccountId }),
  );
  expect(AccessPoints?.map(({ Name }) => Name)).toEqual(["everywhere"]);
  const Details = { Name: "everywhere" };
  await control("us-west-2").send(new DeleteMultiRegionAccessPointCommand({ AccountId, Details }));
  expect(await refusal(read())).toEqual({ name: "NoSuchMultiRegionAccessPoint", status: 404 });
});

test("a bucket that is not there, or not in the named account, cannot be routed to", async () => {
  const Bucket = await freshBucket();
  for (const region of [{ Bucket: "nowhere" }, { Bucket, BucketAccountId: "444455556666" }]) {
    const Details = { Name: "broken", Regions: [region] };
    const command = new CreateMultiRegionAccessPointCommand({ AccountId, Details });
    expect((await refusal(control("us-west-2").send(command))).name).toBe("NoSuchBucket");
  }
});

test("without a policy the answer is empty, and a public one needs a block that lets it", async () => {
  const open = { PublicAccessBlock: { BlockPublicPolicy: false, RestrictPublicBuckets: false } };
  await makeMultiRegion("closed");
  await makeMultiRegion("open", open);
  const at = control("us-west-2");
  const read = (Name: string) =>
    at.send(new GetMultiRegionAccessPointPolicyCommand({ AccountId, Name }));
  const status = (Name: string) =>
    at.send(new GetMultiRegionAccessPointPolicyStatusCommand({ AccountId, Name }));
  const put = (Name: string) => {
    const Details = { Name, Policy: allowing("*", "s3:GetObject") };
    return at.send(new PutMultiRegionAccessPointPolicyCommand({ AccountId, Details }));
  };
  expect((await read("open")).Policy?.Established?.Policy).toBeUndefined();
  expect((await status("open")).Established).toEqual({ IsPublic: false });
  expect(await refusal(put("closed"))).toEqual(accessDenied);
  await put("open");
  expect((await read("open")).Policy?.Established?.Policy).toBe(allowing("*", "s3:GetObject"));
  expect((await status("open")).Established).toEqual({ IsPublic: true });
});

test("both are recorded under S3's name, Multi-Region Access Points in us-west-2 alone", async () => {
  const records = await recorded(async () => {
    const create = { AccountId, Name: "heard", Configuration };
    await control("eu-west-1").send(new CreateAccessPointForObjectLambdaCommand(create));
    const Details = { Name: "heard", Regions: [{ Bucket: await freshBucket() }] };
    const command = new CreateMultiRegionAccessPointCommand({ AccountId, Details });
    await control("us-west-2").send(command);
  });
  expect(
    records
      .filter(({ eventName }) => eventName !== "CreateBucket")
      .map(({ eventSource, eventName, awsRegion }) => [eventSource, eventName, awsRegion]),
  ).toEqual([
    ["s3.amazonaws.com", "CreateAccessPointForObjectLambda", "eu-west-1"],
    ["s3.amazonaws.com", "CreateMultiRegionAccessPoint", "us-west-2"],
  ]);
});
