import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { receiveRecord } from "./cloudtrail.ts";
import { type Glance, ignoredAtAGlance } from "./glance.ts";
import { tamperCalls } from "./tamper/calls.ts";

const folder = new URL("../../../../test/fixtures/events/", import.meta.url);
const seen: readonly (Glance & Readonly<Record<string, unknown>>)[] = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")).detail ?? {})
  .filter(({ eventName }) => typeof eventName === "string");

/** The calls of the fixtures and those that weaken the watcher, of each service of either. */
const sources = [
  ...new Set([
    ...seen.map(({ eventSource }) => eventSource),
    ...Object.keys(tamperCalls).map((service) => `${service}.amazonaws.com`),
    "s3express.amazonaws.com",
    "s3-outposts.amazonaws.com",
    "ec2.amazonaws.com",
  ]),
];
const names = [
  ...new Set([
    ...seen.map(({ eventName }) => eventName),
    ...Object.values(tamperCalls).flatMap((calls) => calls.map(({ name }) => name)),
    "UpdateFunctionCode20150331v2",
    "PutObject",
    "RunInstances",
    "",
  ]),
];

const calls = sources.flatMap((eventSource) =>
  names.flatMap((eventName) =>
    [true, false].map((readOnly) => ({
      eventSource,
      eventName,
      eventType: "AwsApiCall",
      readOnly,
    })),
  ),
);

test("a glance says what the whole record says, or nothing", () => {
  const [record] = seen;
  const glances = calls.flatMap((call) => {
    const reason = ignoredAtAGlance(call);
    return reason === undefined ? [] : [{ call, reason }];
  });
  for (const { call, reason } of glances) {
    const whole = receiveRecord({ ...record, ...call }, "test", ["*warden*"]);
    expect(whole).toMatchObject({ kind: "ignored", reason });
  }
  expect(glances.length).toBeGreaterThan(calls.length / 4);
});

test("what a glance has to leave to the whole record", () => {
  const call = { eventType: "AwsApiCall", readOnly: false };
  const left: readonly (readonly [string, string])[] = [
    ["s3", "PutBucketPolicy"],
    ["s3", "CreateMultiRegionAccessPoint"],
    ["kms", "DisableKey"],
    ["cloudtrail", "StartLogging"],
    ["logs", "CreateDelivery"],
    ["glacier", "CreateVault"],
    ["iam", "DeleteRole"],
    ["s3tables", "CreateTableBucket"],
  ];
  for (const [service, eventName] of left) {
    const eventSource = `${service}.amazonaws.com`;
    expect(ignoredAtAGlance({ ...call, eventSource, eventName })).toBeUndefined();
  }
});

test("a record of CloudTrail Insights is of no call, whatever else it says", () => {
  const insight = { eventType: "AwsCloudTrailInsight", eventSource: "s3.amazonaws.com" };
  expect(ignoredAtAGlance({ ...insight, eventName: "PutBucketPolicy", readOnly: false })).toBe(
    "not a recorded API call",
  );
});
