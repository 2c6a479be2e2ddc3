import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { type CloudTrailRecord, configure, startSandbox } from "@bucket-warden/sandbox";
import { expect, test } from "vitest";
import {
  clientFor,
  postForm,
  postJson,
  postText,
  refusal,
  sandboxForTests,
  settingsFor,
} from "./sandbox-clients.ts";
import { freshBucket, policyWith, s3 } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();

/** The records that a piece of work leaves behind on the bus. */
async function recorded(work: () => Promise<unknown>): Promise<readonly CloudTrailRecord[]> {
  const records: CloudTrailRecord[] = [];
  const off = sandbox().onRecord((record) => records.push(record));
  await work();
  off();
  return records;
}

const cloudTrail = (operation: string, input: object, user?: string) =>
  postJson("cloudtrail", `CloudTrail_20131101.${operation}`, input, user);

test("a write is recorded before its caller has the answer, and a read is not", async () => {
  const Bucket = await freshBucket();
  const records = await recorded(async () => {
    await s3().send(new PutBucketPolicyCommand({ Bucket, Policy: policyWith(Bucket, {}) }));
    await s3().send(new GetBucketPolicyCommand({ Bucket }));
  });
  expect(records).toMatchObject([
    {
      eventName: "PutBucketPolicy",
      requestParameters: {
        bucketName: Bucket,
        policy: "",
        bucketPolicy: { Statement: [{ Sid: "Tls" }] },
      },
      resources: [{ ARN: `arn:aws:s3:::${Bucket}` }],
      readOnly: false,
    },
  ]);
});

test("a refused write is recorded with its error", async () => {
  const Bucket = await freshBucket();
  const records = await recorded(() =>
    refusal(s3().send(new PutBucketPolicyCommand({ Bucket, Policy: "x" }))),
  );
  expect(records).toMatchObject([
    {
      eventName: "PutBucketPolicy",
      errorCode: "MalformedPolicy",
      requestParameters: { bucketName: Bucket },
    },
  ]);
});

test("switching logging off is a PutBucketLogging with an empty status", async () => {
  const Bucket = await freshBucket();
  const [record] = await recorded(() =>
    s3().send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
  );
  expect(record?.eventName).toBe("PutBucketLogging");
  expect(record?.requestParameters?.["BucketLoggingStatus"]).toEqual({
    xmlns: "http://s3.amazonaws.com/doc/2006-03-01/",
  });
});

test("an assumed role acts in its own account, and its session is in the record", async () => {
  const answer = await postForm("sts", {
    Action: "AssumeRole",
    RoleArn: "arn:aws:iam::222233334444:role/bucket-warden",
    RoleSessionName: "reconcile",
    ExternalId: "secret",
  });
  const key = /<AccessKeyId>(\w+)</.exec(answer.text)?.[1] ?? "";
  const role = clientFor(key);
  const records = await recorded(() =>
    role().send(new CreateBucketCommand({ Bucket: "made-by-a-role" })),
  );
  const identity = await postForm("sts", { Action: "GetCallerIdentity" }, key);
  expect(identity.text).toContain(
    "<Arn>arn:aws:sts::222233334444:assumed-role/bucket-warden/reconcile</Arn>",
  );
  expect(sandbox().world.sessions.get(key)).toMatchObject({ externalId: "secret" });
  expect(records).toMatchObject([
    {
      recipientAccountId: "222233334444",
      userIdentity: {
        type: "AssumedRole",
        sessionContext: { sessionIssuer: { arn: "arn:aws:iam::222233334444:role/bucket-warden" } },
      },
    },
  ]);
});

test("a role that asks for an external id refuses others", async () => {
  const RoleArn = "arn:aws:iam::222233334444:role/careful";
  sandbox().world.externalIds.set(RoleArn, "right");
  const assume = (ExternalId: string) =>
    postForm("sts", { Action: "AssumeRole", RoleArn, RoleSessionName: "ss", ExternalId });
  expect([(await assume("wrong")).status, (await assume("right")).status]).toEqual([403, 200]);
});

test("a call across accounts is recorded for both, with one shared id", async () => {
  const Bucket = await freshBucket();
  const stranger = clientFor("mallory@222233334444");
  const records = await recorded(() =>
    refusal(stranger().send(new DeleteBucketPolicyCommand({ Bucket }))),
  );
  expect(records.map((r) => [r.recipientAccountId, r.errorCode])).toEqual([
    ["222233334444", "MethodNotAllowed"],
    ["111122223333", "MethodNotAllowed"],
  ]);
  expect(new Set(records.map((r) => r.sharedEventID)).size).toBe(1);
});

test("a change behind everybody's back leaves no record", async () => {
  const Bucket = await freshBucket();
  const records = await recorded(async () => {
    configure(sandbox().world, Bucket, "policy", policyWith(Bucket, { Sid: "Hidden" }));
    configure(
      sandbox().world,
      Bucket,
      "logging",
      "<BucketLoggingStatus><LoggingEnabled><TargetBucket>t</TargetBucket><TargetPrefix/></LoggingEnabled></BucketLoggingStatus>",
    );
  });
  const { Policy } = await s3().send(new GetBucketPolicyCommand({ Bucket }));
  const { LoggingEnabled } = await s3().send(new GetBucketLoggingCommand({ Bucket }));
  configure(sandbox().world, Bucket, "logging", undefined);
  const after = await s3().send(new GetBucketLoggingCommand({ Bucket }));
  expect([records, Policy?.includes("Hidden"), LoggingEnabled, after.LoggingEnabled]).toEqual([
    [],
    true,
    { TargetBucket: "t", TargetPrefix: "" },
    undefined,
  ]);
});

test("a stopped trail lets nothing through to the bus, but event history still shows it", async () => {
  const Bucket = await freshBucket();
  const status = async () => {
    const { text } = await cloudTrail("GetTrailStatus", { Name: "management-events" });
    return JSON.parse(text).IsLogging;
  };
  await cloudTrail("StopLogging", { Name: "management-events" });
  const stopped = await status();
  const records = await recorded(() => s3().send(new DeleteBucketPolicyCommand({ Bucket })));
  const { text } = await cloudTrail("LookupEvents", {
    LookupAttributes: [{ AttributeKey: "ResourceName", AttributeValue: Bucket }],
  });
  const started = await recorded(() => cloudTrail("StartLogging", { Name: "management-events" }));
  const names = JSON.parse(text).Events.map((event: { EventName: string }) => event.EventName);
  expect([stopped, records, names, await status()]).toEqual([
    false,
    [],
    ["DeleteBucketPolicy", "CreateBucket"],
    true,
  ]);
  expect(started.map(({ eventName }) => eventName)).toEqual(["StartLogging"]);
});

test("event history comes newest first and in pages", async () => {
  const Bucket = await freshBucket();
  for (let i = 0; i < 3; i += 1) await s3().send(new DeleteBucketPolicyCommand({ Bucket }));
  const LookupAttributes = [{ AttributeKey: "ResourceName", AttributeValue: Bucket }];
  const first = JSON.parse(
    (await cloudTrail("LookupEvents", { LookupAttributes, MaxResults: 3 })).text,
  );
  const { NextToken } = first;
  const rest = JSON.parse(
    (await cloudTrail("LookupEvents", { LookupAttributes, MaxResults: 3, NextToken })).text,
  );
  const [event] = rest.Events;
  expect([first.Events.length, rest.Events.length, rest.NextToken]).toEqual([3, 1, undefined]);
  expect({ ...event, CloudTrailEvent: JSON.parse(event.CloudTrailEvent).eventName }).toMatchObject({
    EventName: "CreateBucket",
    EventSource: "s3.amazonaws.com",
    Username: "alice",
    ReadOnly: "false",
    Resources: [{ ResourceType: "AWS::S3::Bucket", ResourceName: Bucket }],
    CloudTrailEvent: "CreateBucket",
  });
});

test("an account sees its own history only", async () => {
  const { text } = await cloudTrail("LookupEvents", {}, "mallory@999988887777");
  expect(JSON.parse(text)).toEqual({ Events: [] });
});

test("a trail that does not exist is not found", async () => {
  const answer = await cloudTrail("GetTrailStatus", { Name: "none" });
  expect([answer.status, JSON.parse(answer.text).__type]).toEqual([400, "TrailNotFoundException"]);
});

test("reads are recorded when asked for", async () => {
  const other = await startSandbox({ recordReads: true });
  const names: string[] = [];
  other.onRecord(({ eventName, readOnly }) => names.push(`${eventName} ${readOnly}`));
  const client = clientFor("alice", "us-east-1", {
    ...settingsFor("alice"),
    endpoint: other.endpoint,
  });
  await client().send(new CreateBucketCommand({ Bucket: "seen" }));
  await client().send(new GetBucketLoggingCommand({ Bucket: "seen" }));
  await other.stop();
  expect(names).toEqual(["CreateBucket false", "GetBucketLogging true"]);
});

test("a body that cannot be read is refused, and the refusal recorded", async () => {
  const records = await recorded(() => postText("sqs", "AmazonSQS.CreateQueue", "{"));
  expect(records.map(({ eventName, errorCode }) => [eventName, errorCode])).toEqual([
    ["CreateQueue", "SerializationException"],
  ]);
});

const unknownServices: readonly [string, () => Promise<{ status: number; text: string }>][] = [
  ["a form", () => postForm("ec2", { Action: "DescribeInstances" })],
  ["JSON", () => postJson("organizations", "AWSOrganizationsV20161128.ListRoots", {})],
  ["an operation of a service that it has", () => postForm("sts", { Action: "AssumeRoot" })],
];

test.each(unknownServices)(
  "what is not there is NotImplemented and named, asked by %s",
  async (_title, ask) => {
    const { status, text } = await ask();
    expect(status).toBe(501);
    expect(text).toMatch(/NotImplemented/);
    expect(text).toMatch(/ec2 DescribeInstances|organizations ListRoots|sts AssumeRoot/);
  },
);
