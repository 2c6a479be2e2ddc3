import { expect, test } from "vitest";
import type { Condition } from "../syntax/document.ts";
import { guarantee } from "./catalogue.ts";
import type { RequestClass } from "./guarantee.ts";

const where = { bucket: "b", partition: "aws" };
const keyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const header = "s3:x-amz-server-side-encryption";
const keyId = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const customer = "s3:x-amz-server-side-encryption-customer-algorithm";

const is = (operator: string, key: string, ...values: string[]): Condition => ({
  operator,
  key,
  values,
});
const absent = (key: string) => is("Null", key, "true");
const present = (key: string) => is("Null", key, "false");

const anything = {
  actions: "every",
  resources: "bucket-and-objects",
  callers: "all-but-services",
  assuming: [],
} as const;
const uploads = {
  actions: ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"],
  resources: "objects",
  callers: "everyone",
  assuming: [],
} as const;
const customerKeys: RequestClass = {
  ...uploads,
  manner: "with a key of its own (SSE-C)",
  actions: ["s3:PutObject", "s3:ReplicateObject"],
  where: [is("StringEquals", customer, "AES256"), absent(header), absent(keyId)],
};
const otherThanKms: RequestClass = {
  ...uploads,
  manner: "asking for encryption other than aws:kms or aws:kms:dsse",
  where: [
    present(header),
    is("StringNotLike", header, "aws:kms*"),
    absent(keyId),
    absent(customer),
  ],
};
const exempt = { callers: "all-but-services" } as const;

test.each<readonly [string, object, readonly RequestClass[]]>([
  [
    "ssl-only",
    {},
    [
      {
        ...anything,
        manner: "over plain HTTP",
        where: [is("Bool", "aws:SecureTransport", "false")],
        assuming: [absent("s3:TlsVersion")],
      },
    ],
  ],
  [
    "tls-minimum",
    { minimum: "1.3" },
    [
      {
        ...anything,
        manner: "over TLS older than 1.3",
        where: [
          is("Bool", "aws:SecureTransport", "true"),
          is("NumericEquals", "s3:TlsVersion", "1.0", "1.1", "1.2"),
        ],
      },
    ],
  ],
  [
    "presigned-max-age",
    { seconds: 900 },
    [
      {
        ...anything,
        callers: "signed",
        manner: "with a presigned URL signed more than 900 seconds ago",
        where: [
          is("NumericGreaterThan", "s3:signatureAge", "900000"),
          is("StringEquals", "s3:authType", "REST-QUERY-STRING"),
        ],
      },
    ],
  ],
  [
    "org-only",
    { orgId: "o-a1b2c3d4e5" },
    [
      {
        ...anything,
        manner: "from outside the organization o-a1b2c3d4e5",
        where: [is("StringNotEquals", "aws:PrincipalOrgID", "o-a1b2c3d4e5")],
      },
    ],
  ],
  ["sse-c-denied", {}, [customerKeys]],
  ["sse-c-denied", { services: "exempt" }, [{ ...customerKeys, ...exempt }]],
  ["kms-enforcement", {}, [otherThanKms, customerKeys]],
  [
    "kms-enforcement",
    { mode: "header-required", dsse: "required" },
    [
      {
        ...uploads,
        ...exempt,
        manner: "asking for encryption other than aws:kms:dsse",
        where: [present(header), is("StringNotLike", header, "aws:kms:dsse*"), absent(customer)],
      },
      {
        ...uploads,
        ...exempt,
        manner: "without naming an encryption",
        where: [absent(header), absent(customer)],
        assuming: [absent(keyId)],
      },
      { ...customerKeys, ...exempt },
    ],
  ],
  [
    "kms-enforcement",
    { keyArn, services: "included" },
    [
      otherThanKms,
      {
        ...uploads,
        manner: "with another KMS key",
        where: [is("StringNotEquals", keyId, keyArn), present(keyId), absent(customer)],
      },
      {
        ...uploads,
        manner: "with another KMS key",
        where: [is("StringLike", header, "aws:kms*"), absent(keyId), absent(customer)],
      },
      customerKeys,
    ],
  ],
])("%s %j is about these requests", (name, params, classes) => {
  expect(guarantee(name, { ...params }, where).mustDeny).toEqual(classes);
});
