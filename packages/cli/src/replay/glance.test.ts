import { receiveRecord } from "@bucket-warden/core/event";
import fc from "fast-check";
import { expect, test } from "vitest";
import { record } from "../../../../test/replay/records.ts";
import { ignoredUnparsed } from "./glance.ts";

const calls = fc.record({
  eventSource: fc.constantFrom("s3.amazonaws.com", "ec2.amazonaws.com", "kms.amazonaws.com"),
  eventName: fc.constantFrom(
    "GetObject",
    "PutBucketPolicy",
    "RunInstances",
    "DisableKey",
    "Decrypt",
  ),
  eventType: fc.constantFrom("AwsApiCall", "AwsCloudTrailInsight", "AwsServiceEvent"),
  readOnly: fc.constantFrom(true, false, "true", "false"),
});
const inside = fc.dictionary(
  fc.constantFrom("eventSource", "eventName", "note", 'say "eventSource": "ec2.amazonaws.com"'),
  fc.constantFrom("s3.amazonaws.com", "ec2.amazonaws.com", '"eventName": "GetObject"', "é\\"),
);

test("what bytes tell of a record is what the whole record tells", () => {
  fc.assert(
    fc.property(calls, inside, fc.constantFrom(undefined, 2), (call, requestParameters, space) => {
      const whole = { ...record("PutBucketPolicy"), ...call, requestParameters };
      const reason = ignoredUnparsed(Buffer.from(JSON.stringify(whole, undefined, space)));
      if (reason === undefined) return;
      expect(receiveRecord(whole, "test")).toMatchObject({ kind: "ignored", reason });
    }),
  );
});

const call = '"eventName":"RunInstances","eventType":"AwsApiCall","readOnly":false';

test.each([
  { name: "usual", text: `{"eventSource":"ec2.amazonaws.com",${call}}`, reason: "not an S3 call" },
  { name: "without a source", text: `{${call}}`, reason: undefined },
  {
    name: "with two sources",
    text: `{"eventSource":"ec2.amazonaws.com",${call},"eventSource":"s3.amazonaws.com"}`,
    reason: undefined,
  },
  {
    name: "with a name in another spelling",
    text: `{"event\\u0053ource":"s3.amazonaws.com",${call},"x":{"eventSource":"ec2.amazonaws.com"}}`,
    reason: undefined,
  },
  { name: "with a number", text: `{"eventSource":7,${call}}`, reason: undefined },
  { name: "cut off", text: `{${call},"eventSource":"ec2.amaz`, reason: undefined },
])("a record $name", ({ text, reason }) => {
  expect(ignoredUnparsed(Buffer.from(text))).toBe(reason);
});
