import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { controls } from "../controls/index.ts";
import type { Facet } from "../model/facets.ts";
import { receiveEvent } from "./cloudtrail.ts";
import { callsThatWake, eventPattern, eventRules } from "./pattern.ts";

const pattern = eventPattern(controls);

test("the pattern is that of successful configuration calls, from S3 itself", () => {
  expect(pattern).toEqual({
    source: ["aws.s3"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["s3.amazonaws.com"],
      eventName: [
        "CreateBucket",
        "DeleteBucket",
        "PutBucketPolicy",
        "DeleteBucketPolicy",
        "PutBucketEncryption",
        "DeleteBucketEncryption",
        "PutBucketLogging",
        "DeleteBucketLogging",
        "PutBucketVersioning",
        "PutBucketObjectLockConfiguration",
        "PutObjectLockConfiguration",
        "PutBucketRequestPayment",
        "PutBucketWebsite",
        "DeleteBucketWebsite",
        "PutBucketLifecycle",
        "PutBucketLifecycleConfiguration",
        "DeleteBucketLifecycle",
        "PutBucketPublicAccessBlock",
        "DeleteBucketPublicAccessBlock",
        "PutBucketCors",
        "DeleteBucketCors",
        "PutPublicAccessBlock",
        "DeletePublicAccessBlock",
        "PutAccountPublicAccessBlock",
        "DeleteAccountPublicAccessBlock",
        "PutBucketOwnershipControls",
        "DeleteBucketOwnershipControls",
        "PutBucketAcl",
        "PutBucketTagging",
        "DeleteBucketTagging",
        "TagResource",
        "UntagResource",
        "CreateAccessPoint",
        "DeleteAccessPoint",
        "PutAccessPointPolicy",
        "DeleteAccessPointPolicy",
      ],
      errorCode: [{ exists: false }],
    },
  });
});

test("it is short enough for EventBridge, and each name is there once", () => {
  expect(JSON.stringify(pattern).length).toBeLessThan(2_048);
  const { eventName } = pattern.detail;
  expect(new Set(eventName).size).toBe(eventName.length);
  expect(eventName.filter((name) => /^(Get|List|Head)/.test(name))).toEqual([]);
});

test("it follows from the controls: one control, its events only", () => {
  const versioning = controls.filter(({ id }) => id === "versioning");
  expect(eventPattern(versioning).detail.eventName).toEqual([
    "CreateBucket",
    "DeleteBucket",
    "PutBucketVersioning",
  ]);
});

test("every facet that a control reads can be woken by a call, or is no bucket's own", () => {
  // Policies of the organization are looked at by the sweep and by hand.
  const elsewhere = ["location", "organizationPublicAccess"];
  // For a Region the calls that change a bucket as a whole do not count.
  const isAsleep = (facet: Facet) =>
    callsThatWake({ target: "region", reads: [facet] }).length === 0;
  const asleep = controls.flatMap(({ reads }) => reads).filter(isAsleep);
  expect(asleep.filter((facet) => !elsewhere.includes(facet))).toEqual([]);
});

const folder = new URL("../../../../test/fixtures/events/", import.meta.url);

/** Whether EventBridge would deliver the event, as far as this pattern goes. */
function isDelivered(event: { source: string; "detail-type": string; detail: object }): boolean {
  const detail: Record<string, unknown> = { ...event.detail };
  const { eventSource, eventName, errorCode } = detail;
  return (
    pattern.source.includes(event.source) &&
    pattern["detail-type"].includes(event["detail-type"]) &&
    pattern.detail.eventSource.includes(String(eventSource)) &&
    pattern.detail.eventName.includes(String(eventName)) &&
    errorCode === undefined
  );
}

test("what it delivers is what is reconciled, but for a bucket of another account", () => {
  const events = readdirSync(folder).map((file) => ({
    file,
    event: JSON.parse(readFileSync(new URL(file, folder), "utf8")),
  }));
  const delivered = events.filter(({ event }) => isDelivered(event)).map(({ file }) => file);
  const reconciled = events
    .filter(({ event }) => event.source === "aws.s3" && receiveEvent(event).kind === "trigger")
    .map(({ file }) => file);
  expect(reconciled.length).toBeGreaterThan(10);
  expect(delivered.sort()).toEqual(
    [...reconciled, "put-bucket-versioning-foreign-owner.json"].sort(),
  );
});

test("every rule is short enough for EventBridge, and no event matches two of them", () => {
  const rules = eventRules(controls);
  expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
  for (const { pattern: it } of rules) expect(JSON.stringify(it).length).toBeLessThanOrEqual(2_048);
  const names = rules.flatMap(({ pattern: it }) =>
    it.detail.eventName.map((name) => `${it.source.join()} ${JSON.stringify(name)}`),
  );
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
});
