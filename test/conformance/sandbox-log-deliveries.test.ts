import {
  CloudWatchLogsClient,
  CreateDeliveryCommand,
  DeleteDeliveryCommand,
  DeleteDeliveryDestinationCommand,
  DeleteDeliverySourceCommand,
  DescribeDeliveriesCommand,
  DescribeDeliveryDestinationsCommand,
  DescribeDeliverySourcesCommand,
  PutDeliveryDestinationCommand,
  PutDeliverySourceCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect, test } from "vitest";
import { refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";
import { freshBucket } from "./sandbox-s3.ts";

const sandbox = sandboxForTests();
const here = "arn:aws:logs:us-east-1:111122223333";
const group = `${here}:log-group:access`;
const logs = (region?: string) => new CloudWatchLogsClient(settingsFor("alice", region));

function putSource(bucket: string, more: { logType?: string; name?: string } = {}) {
  const { logType = "S3_SERVER_ACCESS_LOGS", name = bucket } = more;
  const resourceArn = `arn:aws:s3:::${bucket}`;
  return logs().send(new PutDeliverySourceCommand({ name, logType, resourceArn }));
}

function putDestination(name: string) {
  const deliveryDestinationConfiguration = { destinationResourceArn: group };
  return logs().send(new PutDeliveryDestinationCommand({ name, deliveryDestinationConfiguration }));
}

function createDelivery(deliverySourceName: string, destination: string) {
  const deliveryDestinationArn = `${here}:delivery-destination:${destination}`;
  return logs().send(new CreateDeliveryCommand({ deliverySourceName, deliveryDestinationArn }));
}

async function sourcesOf(bucket: string, region?: string) {
  const resourceArns = [`arn:aws:s3:::${bucket}`];
  const answer = await logs(region).send(new DescribeDeliverySourcesCommand({ resourceArns }));
  return answer.deliverySources;
}

test("the access logs of a bucket are delivered from when source, destination and delivery exist", async () => {
  const bucket = await freshBucket();
  await putSource(bucket);
  await putSource(bucket);
  await putDestination("group");
  const { delivery } = await createDelivery(bucket, "group");
  expect(await sourcesOf(bucket)).toEqual([
    {
      name: bucket,
      arn: `${here}:delivery-source:${bucket}`,
      resourceArns: [`arn:aws:s3:::${bucket}`],
      service: "s3",
      logType: "S3_SERVER_ACCESS_LOGS",
    },
  ]);
  expect(await sourcesOf(bucket, "eu-west-1")).toEqual([]);
  const { deliveries } = await logs().send(new DescribeDeliveriesCommand({}));
  expect(deliveries).toEqual([
    {
      id: expect.any(String),
      arn: `${here}:delivery:${delivery?.id}`,
      deliverySourceName: bucket,
      deliveryDestinationArn: `${here}:delivery-destination:group`,
      deliveryDestinationType: "CWL",
    },
  ]);
  const { deliveryDestinations } = await logs().send(new DescribeDeliveryDestinationsCommand({}));
  expect(deliveryDestinations?.map(({ name }) => name)).toEqual(["group"]);

  const conflict = { name: "ConflictException", status: 400 };
  const deleteSource = () => logs().send(new DeleteDeliverySourceCommand({ name: bucket }));
  const deleteDestination = () =>
    logs().send(new DeleteDeliveryDestinationCommand({ name: "group" }));
  expect(await refusal(createDelivery(bucket, "group"))).toEqual(conflict);
  expect(await refusal(deleteSource())).toEqual(conflict);
  expect(await refusal(deleteDestination())).toEqual(conflict);
  await logs().send(new DeleteDeliveryCommand({ id: delivery?.id }));
  await deleteSource();
  await deleteDestination();
  expect(await sourcesOf(bucket)).toEqual([]);
});

test("sources come page by page", async () => {
  const buckets = [await freshBucket(), await freshBucket()];
  for (const bucket of buckets) await putSource(bucket);
  const first = await logs().send(new DescribeDeliverySourcesCommand({ limit: 1 }));
  const { nextToken } = first;
  const rest = await logs().send(new DescribeDeliverySourcesCommand({ nextToken }));
  const all = [...(first.deliverySources ?? []), ...(rest.deliverySources ?? [])];
  expect(all.map(({ name }) => name)).toEqual(buckets);
  expect(rest.nextToken).toBeUndefined();
});

test("what does not exist, or is something else, is refused", async () => {
  const bucket = await freshBucket();
  const other = await freshBucket();
  const missing = { name: "ResourceNotFoundException", status: 400 };
  expect(await refusal(putSource("nobody-has-this"))).toEqual(missing);
  expect((await refusal(putSource(bucket, { logType: "FLOW_LOGS" }))).name).toBe(
    "ValidationException",
  );
  await putSource(bucket);
  expect((await refusal(putSource(other, { name: bucket }))).name).toBe("ConflictException");
  expect(await refusal(createDelivery(bucket, "nowhere"))).toEqual(missing);
  expect(await refusal(createDelivery("nobody", "nowhere"))).toEqual(missing);
  const nobody = { name: "nobody" };
  expect(await refusal(logs().send(new DeleteDeliverySourceCommand(nobody)))).toEqual(missing);
  expect(await refusal(logs().send(new DeleteDeliveryDestinationCommand(nobody)))).toEqual(missing);
  expect(await refusal(logs().send(new DeleteDeliveryCommand({ id: "nobody" })))).toEqual(missing);
});

test("CloudTrail records the changes and not the looks", async () => {
  const bucket = await freshBucket();
  const before = sandbox().world.records.length;
  await putSource(bucket);
  await sourcesOf(bucket);
  await logs().send(new DeleteDeliverySourceCommand({ name: bucket }));
  expect(sandbox().world.records.slice(before)).toMatchObject([
    {
      eventSource: "logs.amazonaws.com",
      eventName: "PutDeliverySource",
      requestParameters: { resourceArn: `arn:aws:s3:::${bucket}` },
    },
    { eventName: "DeleteDeliverySource", requestParameters: { name: bucket } },
  ]);
});
