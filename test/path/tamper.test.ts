import type { ForeignCall } from "@bucket-warden/sandbox";
import { afterAll, expect, test } from "vitest";
import { rehearse } from "./rehearsal.ts";

// What becomes of the trails afterwards is rehearsed with trail-health.
const stage = await rehearse({ baseline: { "trail-health": { mode: "off" } } });
afterAll(() => stage[Symbol.asyncDispose]());
const { sandbox, deployment } = stage;
const trail = "management-events";

/** A call to CloudTrail by mallory; what it answers does not matter. */
async function callTrail(operation: string, input: object): Promise<number> {
  const { status } = await fetch(sandbox.endpoint, {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `CloudTrail_20131101.${operation}`,
      authorization: `AWS4-HMAC-SHA256 Credential=mallory/20261121/${sandbox.region}/cloudtrail/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  return status;
}

const detector: ForeignCall = {
  eventSource: "guardduty.amazonaws.com",
  eventName: "DeleteDetector",
  requestParameters: { detectorId: "12abc34d567e8fa901bc2d34e56789f0" },
};

/** What people are told while `work` is done. */
async function toldBy(work: () => unknown) {
  const before = stage.messages().length;
  await work();
  await deployment.idle();
  return stage
    .messages()
    .slice(before)
    .flatMap(({ on, notices }) => notices.map((notice) => ({ on, ...notice })));
}

test("stopping the trail is told at once, though it is the last call that is heard", async () => {
  const told = await toldBy(() => callTrail("StopLogging", { Name: trail }));
  await callTrail("StartLogging", { Name: trail });
  expect(told).toMatchObject([
    {
      on: { kind: "region", account: sandbox.account, region: sandbox.region },
      kind: "alarm",
      control: "tamper-watch",
      saw: expect.stringContaining(`cloudtrail StopLogging on ${trail}`),
      next: expect.stringContaining(`aws cloudtrail start-logging --name ${trail}`),
      who: {
        eventName: "StopLogging",
        actor: { arn: `arn:aws:iam::${sandbox.account}:user/mallory`, type: "IAMUser" },
      },
    },
  ]);
});

test("a denied attempt is told as one", async () => {
  const off = sandbox.faults.add({
    kind: "access-denied",
    service: "cloudtrail",
    operation: "DeleteTrail",
  });
  const [notice] = await toldBy(() => callTrail("DeleteTrail", { Name: trail }));
  off();
  expect(notice?.saw).toContain("an attempt at cloudtrail DeleteTrail");
  expect(sandbox.world.trails.size).toBe(1);
});

const foreign: readonly [string, ForeignCall, number][] = [
  [
    "our rule is disabled",
    {
      eventSource: "events.amazonaws.com",
      eventName: "DisableRule",
      requestParameters: { name: "bucket-warden-s3" },
    },
    1,
  ],
  [
    "somebody else's rule is disabled",
    {
      eventSource: "events.amazonaws.com",
      eventName: "DisableRule",
      requestParameters: { name: "nightly-backup" },
    },
    0,
  ],
  [
    "our function gets other code, under a name with a date",
    {
      eventSource: "lambda.amazonaws.com",
      eventName: "UpdateFunctionCode20150331v2",
      requestParameters: { functionName: "bucket-warden-remediate" },
    },
    1,
  ],
  [
    "a queue is purged in another Region",
    {
      eventSource: "sqs.amazonaws.com",
      eventName: "PurgeQueue",
      region: "eu-west-1",
      requestParameters: { queueUrl: "https://sqs.example/1/bucket-warden-tasks.fifo" },
    },
    1,
  ],
  [
    "our topic is only looked at",
    {
      eventSource: "sns.amazonaws.com",
      eventName: "GetTopicAttributes",
      readOnly: true,
      requestParameters: { topicArn: "arn:aws:sns:us-east-1:111122223333:bucket-warden" },
    },
    0,
  ],
];

test.each(foreign)("when %s, people hear of it accordingly", async (_name, call, count) => {
  const told = await toldBy(() => sandbox.recordForeign(call));
  expect(told.map(({ kind }) => kind)).toEqual(Array.from({ length: count }, () => "alarm"));
});

test("a record that arrives twice is told once, and the ledger has it once", async () => {
  await using own = await rehearse({ disorder: { seed: 1, duplicate: 1 } });
  own.sandbox.recordForeign(detector);
  await own.deployment.idle();
  expect(own.messages().map(({ notices }) => notices[0]?.control)).toEqual(["tamper-watch"]);
});

test("an alarm that the topic does not take comes back until it is told", async () => {
  const off = sandbox.faults.add({ kind: "access-denied", operation: "Publish", times: 1 });
  const told = await toldBy(() => callTrail("StopLogging", { Name: trail }));
  off();
  await callTrail("StartLogging", { Name: trail });
  expect(told.map(({ kind }) => kind)).toEqual(["alarm"]);
});

test("a ledger that cannot be written does not silence an alarm", async () => {
  await deployment.idle();
  const off = sandbox.faults.add({ kind: "access-denied", service: "dynamodb" });
  const told = await toldBy(() => sandbox.recordForeign(detector));
  off();
  expect(told.map(({ kind }) => kind)).toEqual(["alarm"]);
});
