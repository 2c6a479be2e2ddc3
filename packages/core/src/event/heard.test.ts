import { expect, test } from "vitest";
import { parseBaseline, settingsFor } from "../baseline/index.ts";
import { controls } from "../controls/index.ts";
import type { EncryptionKey, Facet, Readings } from "../model/facets.ts";
import { absent, present } from "../model/reading.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { unheardOf } from "./heard.ts";
import { callsThatWake } from "./pattern.ts";

const on: BucketRef = {
  kind: "bucket",
  name: parseBucketName("invoices", "test"),
  account: parseAccountId("111122223333", "test"),
  region: parseRegion("eu-west-1", "test"),
};

function unheard(readings: Readings, baseline: object = {}): readonly Facet[] {
  const settings = settingsFor(parseBaseline(baseline, "test"), on);
  return unheardOf(Object.keys(readings) as Facet[], readings, { on, settings });
}

const key = {
  arn: "arn:aws:kms:eu-west-1:111122223333:key/own",
  state: "Enabled",
  manager: "CUSTOMER",
  usage: "ENCRYPT_DECRYPT",
  spec: "SYMMETRIC_DEFAULT",
} as const;
const own = { kind: "key", named: key.arn, key, origin: "AWS_KMS", rotation: "on" } as const;
const foreign = { ...key, arn: "arn:aws:kms:eu-west-1:444455556666:key/theirs" };

test.each<{ readonly name: string; readonly value: EncryptionKey; readonly isHeard: boolean }>([
  { name: "a key of the account", value: own, isHeard: true },
  { name: "the key of S3", value: { kind: "aws-s3" }, isHeard: true },
  { name: "a key elsewhere", value: { kind: "elsewhere", named: "any" }, isHeard: true },
  { name: "imported material", value: { ...own, origin: "EXTERNAL" }, isHeard: false },
  { name: "a key of another account", value: { ...own, key: foreign }, isHeard: false },
  { name: "a key that is not there", value: { kind: "missing", named: key.arn }, isHeard: false },
])("$name behind the bucket is heard of: $isHeard", ({ value, isHeard }) => {
  expect(unheard({ encryptionKey: present(value) })).toEqual(isHeard ? [] : ["encryptionKey"]);
});

test.each([
  { wanted: undefined, isHeard: true },
  { wanted: key.arn, isHeard: true },
  { wanted: foreign.arn, isHeard: false },
  { wanted: "arn:aws:kms:{region}:{account}:alias/s3", isHeard: false },
])("the key $wanted of the baseline is heard of: $isHeard", ({ wanted, isHeard }) => {
  const baseline = wanted === undefined ? {} : { "default-encryption": { key: wanted } };
  for (const reading of [present(key), absent]) {
    expect(unheard({ baselineKey: reading }, baseline)).toEqual(isHeard ? [] : ["baselineKey"]);
  }
});

test("log files are read again where the baseline has a limit for their age", () => {
  const lastLog = present({ kind: "seen", folder: "logs/", hours: 2 } as const);
  expect(unheard({ lastLog })).toEqual([]);
  const baseline = { "access-logging": { target: "logs", maxLogAgeHours: 24 } };
  expect(unheard({ lastLog }, baseline)).toEqual(["lastLog"]);
});

test("what is measured is read again as long as there is something to measure", () => {
  const kmsLoad = present({ kind: "measured", peakPerSecond: 1, quotaPerSecond: 9 } as const);
  expect(unheard({ kmsLoad })).toEqual(["kmsLoad"]);
  expect(unheard({ kmsLoad: absent })).toEqual([]);
});

test("what could not be read is read again, unless a call would tell of it", () => {
  const failed = { state: "unknown", reason: "failed", detail: "any" } as const;
  expect(unheard({ encryptionKey: failed, policy: failed })).toEqual(["encryptionKey"]);
});

test("whatever a control of buckets reads is read again, or a call that is deployed tells of it", () => {
  const ofBuckets = controls.filter(({ target }) => target === "bucket");
  const facets = new Set(ofBuckets.flatMap(({ reads }) => reads));
  const untold = [...facets].filter((facet) => unheard({ [facet]: absent }).length === 0);
  const calls = untold.map((facet) => [facet, callsThatWake({ target: "region", reads: [facet] })]);
  // S3 moves no bucket, and without a key or an encryption there is nothing to be told of.
  expect(calls.filter(([, names]) => names?.length === 0)).toEqual([["location", []]]);
});
