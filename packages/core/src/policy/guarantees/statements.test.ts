import { expect, test } from "vitest";
import { guarantee } from "./catalogue.ts";
import type { OwnStatement } from "./guarantee.ts";

const where = { bucket: "b", partition: "aws" };
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const both = ["arn:aws:s3:::b", "arn:aws:s3:::b/*"];
const objects = "arn:aws:s3:::b/*";
const writing = ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"];
const header = "s3:x-amz-server-side-encryption";
const keyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const customer = "s3:x-amz-server-side-encryption-customer-algorithm";
const exempt = { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };

type Conditions = NonNullable<OwnStatement["Condition"]>;

function denies(
  sid: string,
  condition: Conditions,
  on: Pick<OwnStatement, "Action" | "Resource"> = { Action: "s3:*", Resource: both },
): OwnStatement {
  const Sid = `BucketWarden${sid}`;
  return { Sid, Effect: "Deny", Principal: "*", ...on, Condition: condition };
}

const deniesWriting = (sid: string, condition: Conditions) =>
  denies(sid, condition, { Action: writing, Resource: objects });
const sseC = deniesWriting("KmsEnforcementSseC", { Null: { [customer]: "false" } });
const notKms = { StringNotEquals: { [header]: ["aws:kms", "aws:kms:dsse"] } };
const notDsse = { StringNotEquals: { [header]: ["aws:kms:dsse"] } };
const named = { Null: { [header]: "false" } };
const otherKey = { StringNotEquals: { [keyId]: keyArn } };

test.each<readonly [string, object, readonly OwnStatement[]]>([
  ["ssl-only", {}, [denies("SslOnly", { Bool: { "aws:SecureTransport": "false" } })]],
  [
    "tls-minimum",
    { minimum: "1.3" },
    [denies("TlsMinimum", { NumericLessThan: { "s3:TlsVersion": "1.3" } })],
  ],
  [
    "presigned-max-age",
    { seconds: 900 },
    [denies("PresignedMaxAge", { NumericGreaterThan: { "s3:signatureAge": "900000" } })],
  ],
  [
    "org-only",
    { orgId: "o-a1b2c3d4e5" },
    [
      denies("OrgOnly", {
        StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" },
        ...exempt,
      }),
    ],
  ],
  ["sse-c-denied", {}, [deniesWriting("SseCDenied", { Null: { [customer]: "false" } })]],
  [
    "sse-c-denied",
    { services: "exempt" },
    [deniesWriting("SseCDenied", { Null: { [customer]: "false" }, ...exempt })],
  ],
  ["kms-enforcement", {}, [deniesWriting("KmsEnforcement", { ...named, ...notKms }), sseC]],
  [
    "kms-enforcement",
    { dsse: "required" },
    [deniesWriting("KmsEnforcement", { ...named, ...notDsse }), sseC],
  ],
  [
    "kms-enforcement",
    { mode: "header-required" },
    [deniesWriting("KmsEnforcement", { ...notKms, ...exempt })],
  ],
  [
    "kms-enforcement",
    { keyArn, services: "included" },
    [
      deniesWriting("KmsEnforcementKey", { ...named, ...otherKey }),
      deniesWriting("KmsEnforcementKeyId", { Null: { [keyId]: "false" }, ...otherKey }),
      sseC,
    ],
  ],
  [
    "kms-enforcement",
    { keyArn, services: "included", dsse: "required" },
    [
      deniesWriting("KmsEnforcement", { ...named, ...notDsse }),
      deniesWriting("KmsEnforcementKey", { ...named, ...otherKey }),
      deniesWriting("KmsEnforcementKeyId", { Null: { [keyId]: "false" }, ...otherKey }),
      sseC,
    ],
  ],
])("%s %j writes these statements", (name, params, statements) => {
  expect(guarantee(name, { ...params }, where).statements).toEqual(statements);
});

test.each<readonly [string, object, string]>([
  ["ssl-only", {}, "every request over plain HTTP is denied"],
  ["tls-minimum", { minimum: "1.2" }, "every request over TLS older than 1.2 is denied"],
  [
    "presigned-max-age",
    { seconds: 900 },
    "every presigned URL signed more than 900 seconds ago is denied",
  ],
  [
    "org-only",
    { orgId: "o-a1b2c3d4e5" },
    "every caller from outside the organization o-a1b2c3d4e5 is denied, AWS services excepted",
  ],
  ["sse-c-denied", {}, "every upload with a client's own key (SSE-C) is denied"],
  [
    "kms-enforcement",
    {},
    "every upload that names an encryption other than aws:kms or aws:kms:dsse is denied",
  ],
  [
    "kms-enforcement",
    { mode: "header-required", dsse: "required" },
    "every upload that does not name aws:kms:dsse is denied",
  ],
  [
    "kms-enforcement",
    { keyArn, dsse: "required" },
    `every upload that names an encryption other than aws:kms:dsse under ${keyArn} is denied`,
  ],
])("%s %j promises in words: %s", (name, params, sentence) => {
  expect(guarantee(name, { ...params }, where)).toMatchObject({ name, sentence, ...where });
});

test.each<readonly [string, object]>([
  ["presigned-max-age", { seconds: 1 }],
  ["presigned-max-age", { seconds: 604_800 }],
  ["org-only", { orgId: `o-${"a".repeat(32)}` }],
  ["kms-enforcement", { keyArn: keyArn.replace("arn:aws:", "arn:aws-us-gov:") }],
  ["kms-enforcement", { mode: undefined }],
  ["ssl-only", { strict: undefined }],
])("%s takes %j", (name, params) => {
  expect(guarantee(name, { ...params }, where).name).toBe(name);
});

test.each<readonly [string, object, string]>([
  ["presigned-max-age", {}, "seconds: is missing. Give a whole number, 1 to 604800"],
  ["presigned-max-age", { seconds: -1 }, "seconds: is -1. Give a whole number, 1 to 604800"],
  ["org-only", { orgId: "xo-a1b2c3d4e5" }, "orgId: is"],
  ["org-only", { orgId: "o-a1b2c3d4e5!" }, "orgId: is"],
  ["org-only", { orgId: "o-a1b2c3d4e" }, "orgId: is"],
  ["org-only", { orgId: `o-${"a".repeat(33)}` }, "Give an organization id such as o-a1b2c3d4e5"],
  ["kms-enforcement", { keyArn: `x${keyArn}` }, "keyArn: is"],
  ["kms-enforcement", { keyArn: `${keyArn}!` }, "Give the ARN of a KMS key, not an alias"],
  ["kms-enforcement", { keyArn: keyArn.replace("111122223333", "11112222333") }, "keyArn: is"],
  ["tls-minimum", {}, "minimum: is missing. Give one of 1.2, 1.3"],
  ["ssl-only", { strict: true }, "is not a parameter of this guarantee. It takes services"],
  ["org-only", { services: "included" }, "It takes orgId"],
  ["kms-enforcement", { key: keyArn }, "It takes mode, keyArn, dsse, services"],
  ["presigned-max-age", { seconds: "60" }, 'seconds: is "60"'],
  ["org-only", { orgId: ["o-a1b2c3d4e5"] }, 'orgId: is ["o-a1b2c3d4e5"]'],
])("%s does not take %j: %s", (name, params, message) => {
  expect(() => guarantee(name, { ...params }, where)).toThrow(message);
});

test.each([
  { bucket: "x".repeat(255), partition: "aws" },
  { bucket: "Old_Name.1-2", partition: "aws-us-gov" },
])("bucket and partition as AWS names them are taken: $partition", (place) => {
  expect(guarantee("ssl-only", {}, place)).toMatchObject(place);
});

test.each([
  { bucket: "x".repeat(256), partition: "aws", part: "bucket" },
  { bucket: "b?", partition: "aws", part: "bucket" },
  { bucket: "?b", partition: "aws", part: "bucket" },
  { bucket: "b", partition: "*", part: "partition" },
  { bucket: "b", partition: "xaws", part: "partition" },
  { bucket: "b", partition: "aws-", part: "partition" },
  { bucket: "b", partition: "aws-CN", part: "partition" },
])("$bucket in $partition is refused for its $part", ({ bucket, partition, part }) => {
  const make = () => guarantee("ssl-only", {}, { bucket, partition });
  expect(make).toThrow(`guarantee ssl-only, ${part}: is`);
  expect(make).toThrow(`Give the ${part} as AWS names it`);
});
