import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { S3 } from "@aws-sdk/client-s3";
import { SQS } from "@aws-sdk/client-sqs";
import { SSM } from "@aws-sdk/client-ssm";
import { type CloudTrailRecord, type Sandbox, startSandbox } from "@bucket-warden/sandbox";
import { createBucket } from "@bucket-warden/sandbox/deployment";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { provision, type Resources } from "../../packages/sandbox/src/deployment/provision.ts";
import { type Invocation, invokeBundle } from "./lambda.ts";

const organization = inject("organization");
const account = "111122223333";
const region = "eu-central-1";
const bucket = "photos";

let sandbox: Sandbox;
let made: Resources;
let s3: S3;
let baselineFile: string;

beforeAll(async () => {
  sandbox = await startSandbox({ account, region });
  made = await provision(sandbox, 60);
  await createBucket(sandbox, bucket, region);
  s3 = new S3({ ...clientOptions(), forcePathStyle: true });
  baselineFile = join(organization.work, "repairing-baseline.json");
  writeFileSync(baselineFile, JSON.stringify({ versioning: { mode: "remediate" } }));
});
afterAll(() => sandbox.stop());

function clientOptions() {
  const credentials = { accessKeyId: "mallory", secretAccessKey: "mallory" };
  return { endpoint: sandbox.endpoint, region, credentials };
}

/** Everything but these variables is as it would be deployed. */
const invoke = (name: string, event: unknown): Promise<Invocation> =>
  invokeBundle(organization, name, event, {
    ...sandbox.environment,
    WARDEN_BASELINE_FILE: baselineFile,
    WARDEN_TASK_QUEUE_URL: made.taskQueueUrl,
    WARDEN_LOOK_QUEUE_URL: made.lookQueueUrl,
    WARDEN_LEDGER_TABLE: made.ledgerTable,
    WARDEN_TOPIC_ARN: made.topicArn,
  });

const eventOf = (detail: CloudTrailRecord) => ({
  id: "e-1",
  source: `aws.${detail.eventSource.split(".")[0]}`,
  "detail-type": "AWS API Call via CloudTrail",
  account,
  region,
  time: detail.eventTime,
  detail,
});

/** What somebody does to the bucket, as an event. */
async function suspendVersioning(): Promise<object> {
  const VersioningConfiguration = { Status: "Suspended" } as const;
  await s3.putBucketVersioning({ Bucket: bucket, VersioningConfiguration });
  const record = sandbox.world.records.findLast((it) => it.eventName === "PutBucketVersioning");
  if (record === undefined) throw new Error("the sandbox made no record");
  return eventOf(record);
}

/** The next message of a queue, as Lambda hands it over. */
async function delivery(QueueUrl = made.taskQueueUrl): Promise<object> {
  const sqs = new SQS(clientOptions());
  const { Messages: [message] = [] } = await sqs.receiveMessage({
    QueueUrl,
    MessageSystemAttributeNames: ["All"],
  });
  if (message === undefined) throw new Error("the queue is empty");
  await sqs.deleteMessage({ QueueUrl, ReceiptHandle: message.ReceiptHandle });
  const { MessageId, ReceiptHandle, Body, Attributes } = message;
  const record = { messageId: MessageId, receiptHandle: ReceiptHandle, body: Body };
  return { Records: [{ ...record, attributes: Attributes, eventSource: "aws:sqs" }] };
}

const done = { batchItemFailures: [] };

test("an event goes through intake, queue and remediate into S3 and the ledger", async () => {
  const event = await suspendVersioning();

  expect(await invoke("Intake", event)).toEqual({
    answer: null,
    failure: "",
    metrics: ["EventsAccepted"],
  });
  const repaired = await invoke("Remediate", await delivery());

  expect(repaired).toMatchObject({ answer: done, failure: "" });
  expect(repaired.metrics).toEqual(["Outcome-fixed", "ReconcileTime", "TimeToRepair"]);
  expect(await s3.getBucketVersioning({ Bucket: bucket })).toMatchObject({ Status: "Enabled" });
  const { answer, failure } = await invoke("History", { bucket });
  expect(failure).toBe("");
  expect(answer).toMatchObject({ entries: [{ outcome: { kind: "fixed" } }] });
});

test("the stop switch of the deployment stops the function that is deployed", async () => {
  const parameter = { Name: "/bucket-warden/stop", Type: "String", Overwrite: true } as const;
  const ssm = new SSM(clientOptions());
  await ssm.putParameter({ ...parameter, Value: "SEC-99: wait for the audit" });
  await invoke("Intake", await suspendVersioning());

  const { metrics } = await invoke("Remediate", await delivery());

  expect(metrics).toContain("HeldBy-stop-switch");
  expect(await s3.getBucketVersioning({ Bucket: bucket })).toMatchObject({ Status: "Suspended" });
  await ssm.putParameter({ ...parameter, Value: "off" });
});

test("what cannot be read is counted", async () => {
  await invoke("Intake", await suspendVersioning());
  const stop = sandbox.faults.add({ kind: "access-denied", operation: "GetBucketVersioning" });

  const { metrics } = await invoke("Remediate", await delivery());

  stop();
  expect(metrics).toContain("Unread");
});

test("a call against the watcher becomes an alarm, a read becomes nothing", async () => {
  const stopLogging = sandbox.recordForeign({
    eventSource: "cloudtrail.amazonaws.com",
    eventName: "StopLogging",
    requestParameters: { name: "organization" },
  });
  const read = { ...stopLogging, eventName: "DescribeTrails", readOnly: true };

  expect((await invoke("Intake", eventOf(read))).metrics).toEqual(["EventsIgnored"]);
  await invoke("Intake", eventOf(stopLogging));

  expect(await invoke("Remediate", await delivery())).toMatchObject({
    answer: done,
    metrics: ["Alarms"],
  });
});

test("a schedule makes a sweep of the account that it comes from", async () => {
  const event = { id: "s-1", account, source: "aws.events", "detail-type": "Scheduled Event" };

  const { answer, metrics, failure } = await invoke("Sweep", event);

  expect({ answer, metrics, failure }).toEqual({
    answer: { looks: expect.any(Number) },
    metrics: ["Sweeps"],
    failure: "",
  });
  const looked = await invoke("Look", await delivery(made.lookQueueUrl));
  expect(looked).toMatchObject({ answer: done, failure: "" });
  expect(looked.metrics).toContain("LooksForwarded");
});

test("a person gets a plan", async () => {
  const asked = { bucket, mode: "plan", reason: "SEC-1", requestedBy: "bob" };

  const { answer, failure } = await invoke("Invoke", asked);

  expect(failure).toBe("");
  expect(answer).toMatchObject({ results: [{ resource: bucket }], pending: [] });
});

test("what was found is sent by the clock, and told again once a day", async () => {
  const { answer, failure } = await invoke("Deliver", {});
  expect([answer, failure]).toEqual([expect.objectContaining({ failed: 0, givenUp: 0 }), ""]);
  expect((await invoke("Digest", {})).answer).toEqual({
    title: expect.stringContaining("digest: "),
  });
});
