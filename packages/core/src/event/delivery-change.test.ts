import { expect, test } from "vitest";
import { receiveRecord } from "./cloudtrail.ts";
import { deliveryCalls, deliveryRule } from "./delivery-change.ts";
import { callsThatWake } from "./pattern.ts";

function received(eventName: string, requestParameters: object | null, more: object = {}) {
  const record = {
    userIdentity: { type: "Root", arn: "arn:aws:iam::111122223333:root" },
    eventTime: "2026-11-20T10:15:00Z",
    eventSource: "logs.amazonaws.com",
    eventName,
    awsRegion: "eu-west-1",
    requestParameters,
    eventID: "e-1",
    recipientAccountId: "111122223333",
    ...more,
  };
  return receiveRecord(record, "test");
}

const place = { account: "111122223333", region: "eu-west-1" };
const region = { kind: "region", ...place };
const logType = "S3_SERVER_ACCESS_LOGS";
const resourceArn = "arn:aws:s3:::invoices";
const lost = { on: region, behind: { kind: "lost-delivery" } };

test.each([
  {
    name: "a new source is about the bucket that it is of",
    eventName: "PutDeliverySource",
    parameters: { name: "access", resourceArn, logType },
    about: { on: { kind: "bucket", name: "invoices", ...place } },
  },
  {
    name: "a new delivery is about what its source is of",
    eventName: "CreateDelivery",
    parameters: { deliverySourceName: "access", deliveryDestinationArn: "arn:aws:logs:x" },
    about: { on: region, behind: { kind: "delivery-source", name: "access" } },
  },
  {
    name: "a delivery that ended may have been of any bucket",
    eventName: "DeleteDelivery",
    parameters: { id: "d-1" },
    about: lost,
  },
  {
    name: "so may one whose record does not say",
    eventName: "CreateDelivery",
    parameters: null,
    about: lost,
  },
])("$name", ({ eventName, parameters, about }) => {
  expect(received(eventName, parameters)).toEqual({
    kind: "trigger",
    trigger: {
      kind: "config-change",
      eventName,
      eventId: "e-1",
      eventTime: "2026-11-20T10:15:00Z",
      actor: { arn: "arn:aws:iam::111122223333:root", type: "Root" },
      ...about,
      touches: ["vendedLogs"],
    },
  });
});

test.each([
  { name: "of a service that is not S3", resourceArn: "arn:aws:cloudfront::111122223333:x/E1" },
  { name: "of a directory bucket", resourceArn: "arn:aws:s3:::data--use1-az4--x-s3" },
  { name: "of other logs", resourceArn, logType: "EVENT_LOGS" },
])("a source $name is none of ours", ({ name: _name, ...parameters }) => {
  expect(received("PutDeliverySource", parameters).kind).toBe("ignored");
});

test.each([
  { name: "a refused call", eventName: "DeleteDelivery", more: { errorCode: "AccessDenied" } },
  { name: "the end of a source", eventName: "DeleteDeliverySource", more: {} },
  {
    name: "the like-named call of another service",
    eventName: "CreateDelivery",
    more: { eventSource: "freight.amazonaws.com" },
  },
])("$name changes no delivery", ({ eventName, more }) => {
  expect(received(eventName, { id: "d-1" }, more).kind).toBe("ignored");
});

test("these calls, from CloudWatch Logs itself, wake whoever reads what it delivers", () => {
  expect(deliveryRule.pattern).toEqual({
    source: ["aws.logs"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["logs.amazonaws.com"],
      eventName: ["PutDeliverySource", "CreateDelivery", "DeleteDelivery"],
      errorCode: [{ exists: false }],
    },
  });
  const woken = (facet: "vendedLogs" | "policy") =>
    callsThatWake({ target: "bucket", reads: [facet] });
  expect(woken("vendedLogs")).toEqual(expect.arrayContaining([...deliveryCalls]));
  expect(woken("policy").filter((name) => /Delivery/.test(name))).toEqual([]);
});
