import { expect, test } from "vitest";
import type { CloudTrailRecord } from "../trail/cloudtrail-record.ts";
import { type BusEvent, createBus, type Disorder } from "./bus.ts";
import { parsePattern } from "./pattern.ts";

const place = { account: "111122223333", region: "us-east-1" };
const anyS3 = parsePattern('{"source":["aws.s3"]}');

function record(eventName: string, more: Partial<CloudTrailRecord> = {}): CloudTrailRecord {
  return {
    eventVersion: "1.11",
    userIdentity: {},
    eventTime: "2026-11-21T08:00:00Z",
    eventSource: "s3.amazonaws.com",
    eventName,
    awsRegion: "us-east-1",
    sourceIPAddress: "127.0.0.1",
    userAgent: "[]",
    requestParameters: null,
    responseElements: null,
    requestID: "r",
    eventID: "e",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "111122223333",
    eventCategory: "Management",
    ...more,
  };
}

test("a record arrives in the envelope of EventBridge", async () => {
  const bus = createBus(place);
  const seen: BusEvent[] = [];
  bus.addRule({ name: "r", pattern: anyS3, target: async (event) => seen.push(event) });
  const detail = record("PutBucketPolicy");
  await bus.deliver(detail);
  expect(seen).toEqual([
    {
      version: "0",
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      "detail-type": "AWS API Call via CloudTrail",
      source: "aws.s3",
      account: "111122223333",
      time: "2026-11-21T08:00:00Z",
      region: "us-east-1",
      resources: [],
      detail,
    },
  ]);
});

async function names(options: {
  readonly state?: "ENABLED" | "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" | "DISABLED";
  readonly disorder?: Disorder;
  readonly records: readonly CloudTrailRecord[];
}): Promise<readonly string[]> {
  const { disorder, state, records } = options;
  const bus = createBus({ ...place, ...(disorder === undefined ? {} : { disorder }) });
  const seen: string[] = [];
  const target = async ({ detail }: BusEvent) => seen.push(detail.eventName);
  bus.addRule({ name: "r", pattern: anyS3, target, ...(state === undefined ? {} : { state }) });
  await Promise.all(records.map(bus.deliver));
  return seen;
}

const read = record("GetBucketPolicy", { readOnly: true });
const write = record("PutBucketPolicy");

test("an enabled rule does not see reads, unless it is enabled for all management events", async () => {
  const all = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
  expect(await names({ records: [read, write] })).toEqual(["PutBucketPolicy"]);
  expect(await names({ state: all, records: [read, write] })).toEqual([
    "GetBucketPolicy",
    "PutBucketPolicy",
  ]);
  expect(await names({ state: "DISABLED", records: [read, write] })).toEqual([]);
});

test("a record that no pattern matches goes nowhere", async () => {
  expect(
    await names({ records: [record("DisableKey", { eventSource: "kms.amazonaws.com" })] }),
  ).toEqual([]);
});

const numbered = Array.from({ length: 200 }, (_, index) => record(`Put${index}`));

test("everything can be lost, and everything can come twice", async () => {
  expect(await names({ disorder: { seed: 1, drop: 1 }, records: numbered })).toEqual([]);
  const twice = await names({ disorder: { seed: 1, duplicate: 1 }, records: [write] });
  expect(twice).toEqual(["PutBucketPolicy", "PutBucketPolicy"]);
});

test("the same seed loses the same events", async () => {
  const run = (seed: number) => names({ disorder: { seed, drop: 0.5 }, records: numbered });
  const [first, again, other] = await Promise.all([run(7), run(7), run(8)]);
  expect(first).toEqual(again);
  expect(first).not.toEqual(other);
  expect(first.length).toBeGreaterThan(50);
});

test("delays change the order but lose nothing", async () => {
  const disorder = { seed: 3, maximumDelayMilliseconds: 20 };
  const seen = await names({ disorder, records: numbered });
  const sent = numbered.map(({ eventName }) => eventName);
  expect(seen).not.toEqual(sent);
  expect([...seen].sort()).toEqual([...sent].sort());
});

test("a target that throws does not stop the others, and is remembered", async () => {
  const bus = createBus(place);
  const seen: string[] = [];
  const broken = new Error("broken");
  bus.addRule({ name: "broken", pattern: anyS3, target: () => Promise.reject(broken) });
  bus.addRule({ name: "good", pattern: anyS3, target: async ({ id }) => seen.push(id) });
  await bus.deliver(write);
  expect([seen.length, bus.failures]).toEqual([1, [broken]]);
});

test("idle waits for deliveries that nobody awaited", async () => {
  const bus = createBus({ ...place, disorder: { seed: 1, maximumDelayMilliseconds: 10 } });
  const seen: string[] = [];
  bus.addRule({ name: "r", pattern: anyS3, target: async ({ id }) => seen.push(id) });
  const delivery = bus.deliver(write);
  await bus.idle();
  expect(seen).toHaveLength(1);
  await delivery;
});
