import { expect, test } from "vitest";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { parseBaseline } from "./document.ts";
import { layered } from "./layers.ts";
import { isLogTarget, logTargetOf, settingsFor } from "./settings.ts";

function bucket(name: string, region = "eu-west-1"): BucketRef {
  return {
    kind: "bucket",
    name: parseBucketName(name, "test"),
    account: parseAccountId("111122223333", "test"),
    region: parseRegion(region, "test"),
  };
}

const baseline = parseBaseline(
  {
    "default-encryption": { key: "arn:{partition}:kms:{region}:{account}:alias/{bucket}" },
    "access-logging": { target: "logs-{account}-{region}", prefix: "{region}/{bucket}/{bucket}/" },
  },
  "test",
);

test("placeholders are filled in for the bucket, each time they occur", () => {
  expect(settingsFor(baseline, bucket("invoices"))).toEqual({
    ...layered(baseline.everywhere, []),
    "default-encryption": {
      mode: "alert",
      algorithm: "SSE-KMS",
      bucketKey: true,
      key: "arn:aws:kms:eu-west-1:111122223333:alias/invoices",
    },
    "access-logging": {
      mode: "alert",
      target: "logs-111122223333-eu-west-1",
      prefix: "eu-west-1/invoices/invoices/",
      accept: "either",
    },
    logTarget: "logs-111122223333-eu-west-1",
    logPrefix: "eu-west-1/{bucket}/{bucket}/",
  });
});

test.each([
  ["eu-west-1", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-east-1", "aws-us-gov"],
  ["eusc-de-east-1", "aws-eusc"],
])("in %s the partition is %s", (region, partition) => {
  const { "default-encryption": encryption } = settingsFor(baseline, bucket("b-1", region));
  expect(encryption.key).toBe(`arn:${partition}:kms:${region}:111122223333:alias/b-1`);
});

test("where there is no bucket, what is named after one stays unfilled", () => {
  const { account, region } = bucket("b-1");
  expect(settingsFor(baseline, { kind: "account", account, region })).toMatchObject({
    "access-logging": {
      target: "logs-111122223333-eu-west-1",
      prefix: "eu-west-1/{bucket}/{bucket}/",
    },
  });
});

test("an empty prefix stays empty", () => {
  const top = parseBaseline({ "access-logging": { target: "logs", prefix: "" } }, "test");
  expect(settingsFor(top, bucket("invoices"))).toMatchObject({
    "access-logging": { target: "logs", prefix: "" },
    logTarget: "logs",
  });
});

test("a baseline without key and target stays without, and has no log target", () => {
  const empty = parseBaseline({}, "test");
  const settings = settingsFor(empty, bucket("invoices"));
  expect(settings).toEqual({
    ...layered(empty.everywhere, []),
    "access-logging": { mode: "alert", prefix: "invoices/", accept: "either" },
    logPrefix: "{bucket}/",
  });
  expect(isLogTarget(bucket("invoices"), settings)).toBe(false);
  expect(logTargetOf(bucket("invoices"), settings)).toBeUndefined();
});

test("the log target of the account and region is recognised, and no other bucket", () => {
  const target = bucket("logs-111122223333-eu-west-1");
  expect(isLogTarget(target, settingsFor(baseline, target))).toBe(true);
  const elsewhere = bucket("logs-111122223333-eu-west-1", "us-east-1");
  expect(isLogTarget(elsewhere, settingsFor(baseline, elsewhere))).toBe(false);
  const source = bucket("invoices");
  expect(isLogTarget(source, settingsFor(baseline, source))).toBe(false);
  expect(logTargetOf(source, settingsFor(baseline, source))).toEqual(target);
});

test("an account is no log target", () => {
  const { account, region } = bucket("b-1");
  const settings = settingsFor(baseline, bucket("b-1"));
  expect(isLogTarget({ kind: "region", account, region }, settings)).toBe(false);
});
