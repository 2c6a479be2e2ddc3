import { CloudWatchLogs } from "@aws-sdk/client-cloudwatch-logs";
import { afterAll, expect, test } from "vitest";
import { type Rehearsal, rehearse } from "./rehearsal.ts";
import { standingOf } from "./standing.ts";

const stage = await rehearse({ watch: false });
afterAll(() => stage[Symbol.asyncDispose]());

function cloudWatch({ sandbox: { endpoint, region } }: Rehearsal): CloudWatchLogs {
  const credentials = { accessKeyId: "owner", secretAccessKey: "any" };
  return new CloudWatchLogs({ endpoint, region, credentials });
}

/** Makes the bucket a source and a log group a destination; resolves with what joins them. */
async function prepare(bucket: string, from: Rehearsal) {
  const logs = cloudWatch(from);
  const source = { name: bucket, resourceArn: `arn:aws:s3:::${bucket}` };
  await logs.putDeliverySource({ ...source, logType: "S3_SERVER_ACCESS_LOGS" });
  const group = `arn:aws:logs:us-east-1:${from.sandbox.account}:log-group:access`;
  const { deliveryDestination } = await logs.putDeliveryDestination({
    name: "access",
    deliveryDestinationConfiguration: { destinationResourceArn: group },
  });
  return { deliverySourceName: bucket, deliveryDestinationArn: deliveryDestination?.arn };
}

/** Delivers the access logs of a bucket to a log group; resolves with the id of the delivery. */
async function deliver(bucket: string): Promise<string | undefined> {
  const { delivery } = await cloudWatch(stage).createDelivery(await prepare(bucket, stage));
  return delivery?.id;
}

test("a bucket whose access logs CloudWatch Logs delivers is left as it is, until that ends", async () => {
  const bucket = stage.bucket("vended");
  stage.change(bucket, "logging", undefined);
  const id = await deliver(bucket);
  expect(await stage.lookAgain(bucket)).toBe("clean");
  expect(stage.told(bucket)).toEqual([]);

  await cloudWatch(stage).deleteDelivery({ id });
  expect(await stage.lookAgain(bucket)).toBe("fixed");
  expect(stage.told(bucket)).toEqual(["fixed access-logging"]);
  expect((await standingOf(stage, bucket)).logsTo).toBe(stage.logBucket);
  expect(await stage.sweepAgain()).toEqual({ writes: [], told: 0 });
});

test("deliveries that cannot be listed leave the control unread, and nothing is written", async () => {
  const bucket = stage.bucket("vended");
  stage.change(bucket, "logging", undefined);
  await deliver(bucket);
  const end = stage.sandbox.faults.add({ kind: "access-denied", operation: "DescribeDeliveries" });
  expect(await stage.lookAgain(bucket)).toBe("blocked");
  expect(stage.told(bucket)).toEqual(["unread access-logging"]);
  expect(stage.writes(bucket)).toEqual([]);
  end();
  expect(await stage.lookAgain(bucket)).toBe("clean");
  expect(stage.told(bucket)).toEqual(["unread access-logging", "recovered access-logging"]);
});

test("where S3 itself logs, CloudWatch Logs is not asked and its permission not needed", async () => {
  const bucket = stage.bucket();
  stage.sandbox.faults.add({ kind: "access-denied", operation: "DescribeDeliverySources" });
  expect(await stage.lookAgain(bucket)).toBe("clean");
  expect(await stage.lookAgain(stage.logBucket)).toBe("clean");
});

test("a delivery that begins or ends is told at once, and nobody looks where S3 itself logs", async () => {
  const baseline = { "access-logging": { mode: "alert" } };
  await using watched = await rehearse({ baseline });
  const logged = watched.bucket();
  const bucket = watched.bucket("vended");
  watched.change(bucket, "logging", undefined);
  await watched.lookAgain(bucket);
  const news = async <T>(work: () => Promise<T>): Promise<T> => {
    const told = watched.heard(bucket);
    const done = await work();
    await told;
    return done;
  };
  const joint = await news(() => prepare(bucket, watched));
  const { delivery } = await news(() => cloudWatch(watched).createDelivery(joint));
  await news(() => cloudWatch(watched).deleteDelivery({ id: delivery?.id }));
  const told = watched.messages(bucket).flatMap(({ cause, notices }) => {
    const call = cause.kind === "event" ? cause.eventName : cause.kind;
    return notices.map(({ kind, control }) => `${call}: ${kind} ${control}`);
  });
  expect(told).toEqual([
    "manual: flagged access-logging",
    "PutDeliverySource: flagged access-logging", // the source alone delivers nothing, and that is said
    "CreateDelivery: recovered access-logging",
    "DeleteDelivery: flagged access-logging",
  ]);
  await watched.deployment.idle();
  const asked = watched.sandbox.calls.list({ bucket: logged }).map(({ operation }) => operation);
  expect([...new Set(asked)]).toEqual(["GetBucketLogging"]);
});
