import { expect, test } from "vitest";
import { receiveRecord } from "./cloudtrail.ts";
import { eventRules } from "./pattern.ts";

const own = ["bucket-warden*"];

function received(eventName: string, more: object = {}) {
  const record = {
    userIdentity: { type: "Root", arn: "arn:aws:iam::111122223333:root" },
    eventTime: "2026-11-20T10:15:00Z",
    eventSource: "cloudtrail.amazonaws.com",
    eventName,
    awsRegion: "eu-west-1",
    requestParameters: { name: "audit" },
    eventID: "e-1",
    recipientAccountId: "111122223333",
    ...more,
  };
  return receiveRecord(record, "test", own);
}

const region = { kind: "region", account: "111122223333", region: "eu-west-1" };

test.each(["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors"])(
  "%s is an alarm, and the trails of the Region are looked at",
  (eventName) => {
    expect(received(eventName)).toMatchObject({
      kind: "trigger",
      trigger: { on: region, touches: ["trails"], eventName },
      alarm: { service: "cloudtrail" },
    });
  },
);

test.each(["StartLogging", "CreateTrail"])("%s is no alarm, and looked at", (eventName) => {
  const it = received(eventName);
  expect(it).toMatchObject({ kind: "trigger", trigger: { on: region, touches: ["trails"] } });
  expect(it).not.toHaveProperty("alarm");
});

test("an attempt changes no trail", () => {
  expect(received("StopLogging", { errorCode: "AccessDenied" })).toMatchObject({ kind: "alarm" });
  expect(received("StartLogging", { errorCode: "AccessDenied" }).kind).toBe("ignored");
});

test("the like-named call of another service is none of these", () => {
  const glue = { eventSource: "redshift.amazonaws.com" };
  expect(received("StopLogging", glue)).toMatchObject({ reason: "not an S3 call" });
});

test("every rule is short, has a name of its own, and no call of CloudTrail matches two", () => {
  const rules = eventRules([]);
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  for (const { pattern } of rules) {
    expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(2_048);
    expect(pattern.source.every((source) => source.startsWith("aws."))).toBe(true);
  }
  const names = rules
    .filter(({ pattern }) => pattern.source.includes("aws.cloudtrail"))
    .flatMap(({ pattern }) => pattern.detail.eventName);
  expect(new Set(names).size).toBe(names.length);
});
