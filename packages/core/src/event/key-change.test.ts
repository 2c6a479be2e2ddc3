import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { receiveEvent, receiveRecord } from "./cloudtrail.ts";
import { keyRule } from "./key-change.ts";

const file = new URL("../../../../test/fixtures/events/disable-key.json", import.meta.url);
const event = JSON.parse(readFileSync(file, "utf8"));
const key = "arn:aws:kms:eu-west-1:111122223333:key/00000000-0000-4000-8000-00000000beef";

function behind(changes: object): unknown {
  const received = receiveRecord({ ...event.detail, ...changes }, "record");
  return received.kind === "trigger" ? received.trigger.behind : received.kind;
}

test("a key that is disabled is a change in its Region, for the buckets that use it", () => {
  expect(receiveEvent(event)).toMatchObject({
    kind: "trigger",
    trigger: {
      eventName: "DisableKey",
      on: { kind: "region", account: "111122223333", region: "eu-west-1" },
      behind: { kind: "keys", keys: [key] },
      touches: ["encryption", "encryptionKey", "baselineKey"],
    },
  });
});

const alias = "arn:aws:kms:eu-west-1:111122223333:alias/data";

test.each([
  {
    changes: { requestParameters: { keyId: "00000000-0000-4000-8000-00000000beef" } },
    keys: [key],
  },
  { changes: { requestParameters: null }, keys: [key] },
  { changes: { resources: undefined }, keys: [key] },
  {
    changes: {
      eventName: "UpdateAlias",
      resources: undefined,
      requestParameters: { aliasName: "alias/data", targetKeyId: key },
    },
    keys: [key, alias],
  },
  {
    changes: {
      eventName: "DeleteAlias",
      resources: [{ ARN: alias }, { ARN: key }],
      requestParameters: { aliasName: "alias/data" },
    },
    keys: [alias, key],
  },
])("with $changes the keys are $keys", ({ changes, keys }) => {
  expect(behind(changes)).toEqual({ kind: "keys", keys });
});

test.each([
  { name: "a failed call", changes: { errorCode: "KMSInvalidStateException" } },
  { name: "a call that names no key", changes: { requestParameters: null, resources: null } },
  { name: "Decrypt", changes: { eventName: "Decrypt", readOnly: true } },
  { name: "GenerateDataKey", changes: { eventName: "GenerateDataKey", readOnly: true } },
  { name: "DescribeKey", changes: { eventName: "DescribeKey", readOnly: true } },
])("$name changes no key", ({ changes }) => {
  expect(behind(changes)).toBe("ignored");
});

test("the rule names calls that change keys, and only those that no alarm waits for", () => {
  expect(keyRule.pattern.detail.eventName).toEqual([
    "EnableKey",
    "CancelKeyDeletion",
    "DeleteKey",
    "EnableKeyRotation",
    "ImportKeyMaterial",
    "CreateAlias",
  ]);
});
