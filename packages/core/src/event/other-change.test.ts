import { expect, test } from "vitest";
import { controls } from "../controls/index.ts";
import { receiveRecord } from "./cloudtrail.ts";
import { callsThatWake, eventRules } from "./pattern.ts";

function received(eventSource: string, eventName: string, more: object = {}) {
  const record = {
    userIdentity: { type: "Root", arn: "arn:aws:iam::111122223333:root" },
    eventTime: "2026-11-20T10:15:00Z",
    eventSource,
    eventName,
    awsRegion: "us-west-2",
    requestParameters: { accountId: "-", vaultName: "records" },
    eventID: "e-1",
    recipientAccountId: "111122223333",
    ...more,
  };
  return receiveRecord(record, "test");
}

const place = { account: "111122223333", region: "us-west-2" };

test.each([
  ["glacier.amazonaws.com", "InitiateVaultLock", "region", "vaults"],
  ["glacier.amazonaws.com", "AbortVaultLock", "region", "vaults"],
  ["glacier.amazonaws.com", "SetVaultAccessPolicy", "region", "vaults"],
  ["s3.amazonaws.com", "PutAccessPointConfigurationForObjectLambda", "region", "objectLambdas"],
  ["s3.amazonaws.com", "PutMultiRegionAccessPointPolicy", "account", "multiRegionAccessPoints"],
])("%s %s is about the %s and touches %s", (source, eventName, kind, facet) => {
  expect(received(source, eventName)).toMatchObject({
    kind: "trigger",
    trigger: { on: { kind, ...place }, touches: [facet], eventName },
  });
});

test.each([
  { name: "a refused call", source: "glacier.amazonaws.com", more: { errorCode: "AccessDenied" } },
  { name: "the like-named call of another service", source: "backup.amazonaws.com", more: {} },
])("$name changes nothing", ({ source, more }) => {
  expect(received(source, "InitiateVaultLock", more).kind).toBe("ignored");
});

test.each(["vault-lock", "object-lambda", "multi-region-access-points"])(
  "the calls that wake %s all reach it by one rule",
  (id) => {
    const calls = controls.filter((control) => control.id === id).flatMap(callsThatWake);
    expect(calls.length).toBeGreaterThan(2);
    const rules = eventRules(controls).flatMap(({ pattern }) => [...pattern.detail.eventName]);
    const found = calls.map((call) => rules.filter((name) => name === call).length);
    expect(found).toEqual(calls.map(() => 1));
  },
);

test("a control of a Region is not woken by the birth of a bucket, one of buckets is", () => {
  expect(callsThatWake({ target: "region", reads: ["vaults"] })).not.toContain("CreateBucket");
  expect(callsThatWake({ target: "bucket", reads: ["policy"] })).toContain("CreateBucket");
  expect(callsThatWake({ target: "region", reads: ["trails"] })).toContain("StopLogging");
});
