import { expect, test } from "vitest";
import { conditionKeys } from "../../syntax/condition-keys.ts";
import type { Principal } from "../request.ts";
import {
  actionsWith,
  callerKeys,
  followsFromBucket,
  hintsFor,
  isAbsentFor,
  isArn,
  isNeverEmpty,
  isTime,
  isWhole,
  mayHaveSeveralValues,
  typeOf,
} from "./key-facts.ts";

const anonymous: Principal = { kind: "anonymous" };
const service: Principal = { kind: "service", service: "logging.s3.amazonaws.com" };
const root: Principal = { kind: "root", account: "111122223333" };
/** Keys of vaults, and of services that hand a request on; and those with names of the customer's choice. */
const beyond = [
  "aws:SourceInstanceArn",
  "lambda:SourceFunctionArn",
  "s3:DeliverySourceArn",
  "glacier:ArchiveAgeInDays",
  "aws:Ec2InstanceSourceVpc",
  "aws:PrincipalTag/team",
  "aws:RequestTag/team",
  "aws:ResourceTag/team",
  "s3:BucketTag/team",
  "glacier:ResourceTag/team",
];
const keys = [...conditionKeys, ...beyond];

/** Of all keys that a request to S3 or a vault may have. */
test.each<readonly [string, (key: string) => boolean, readonly string[]]>([
  [
    "are true or false",
    (key) => typeOf(key) === "bool",
    [
      "aws:MultiFactorAuthPresent",
      "aws:PrincipalIsAWSService",
      "aws:SecureTransport",
      "aws:ViaAWSService",
    ],
  ],
  [
    "are numbers",
    (key) => typeOf(key) === "numeric",
    [
      "aws:MultiFactorAuthAge",
      "s3:TlsVersion",
      "s3:max-keys",
      "s3:object-lock-remaining-retention-days",
      "s3:signatureAge",
      "glacier:ArchiveAgeInDays",
    ],
  ],
  ["are whole numbers", isWhole, ["glacier:ArchiveAgeInDays"]],
  [
    "are dates",
    (key) => typeOf(key) === "date",
    ["aws:CurrentTime", "aws:EpochTime", "aws:TokenIssueTime", "s3:object-lock-retain-until-date"],
  ],
  ["are the time of the request", isTime, ["aws:CurrentTime", "aws:EpochTime"]],
  ["are addresses", (key) => typeOf(key) === "ip", ["aws:SourceIp", "aws:VpcSourceIp"]],
  [
    "are ARNs",
    isArn,
    [
      "aws:PrincipalArn",
      "aws:SourceArn",
      "aws:SourceVpcArn",
      "s3:AccessGrantsInstanceArn",
      "s3:DataAccessPointArn",
      "s3:x-amz-server-side-encryption-aws-kms-key-id",
      "aws:SourceInstanceArn",
      "lambda:SourceFunctionArn",
      "s3:DeliverySourceArn",
    ],
  ],
  [
    "have a character at least, headers of S3 apart",
    (key) => isNeverEmpty(key) && !key.startsWith("s3:x-amz-"),
    [
      "aws:PrincipalOrgID",
      "aws:SourceAccount",
      "aws:SourceOrgID",
      "aws:SourceVpc",
      "aws:SourceVpce",
      "s3:authType",
      "s3:signatureversion",
    ],
  ],
  [
    "are headers of S3 that may be empty",
    (key) => !isNeverEmpty(key) && key.startsWith("s3:x-amz-"),
    [],
  ],
  [
    "may have several values",
    mayHaveSeveralValues,
    [
      "aws:CalledVia",
      "aws:PrincipalOrgPaths",
      "aws:PrincipalServiceNamesList",
      "aws:ResourceOrgPaths",
      "aws:SourceOrgPaths",
      "aws:TagKeys",
      "aws:VpceOrgPaths",
      "s3:InventoryAccessibleOptionalFields",
      "s3:RequestObjectTagKeys",
      "lambda:SourceFunctionArn",
    ],
  ],
  [
    "follow from the bucket or vault",
    followsFromBucket,
    [
      "aws:ResourceAccount",
      "aws:ResourceOrgID",
      "aws:ResourceOrgPaths",
      "s3:ResourceAccount",
      "aws:ResourceTag/team",
      "s3:BucketTag/team",
      "glacier:ResourceTag/team",
    ],
  ],
  [
    "follow from the caller",
    (key) => callerKeys.has(key),
    [
      "aws:PrincipalAccount",
      "aws:PrincipalIsAWSService",
      "aws:PrincipalServiceName",
      "aws:PrincipalType",
      "aws:username",
    ],
  ],
  [
    "only services have",
    (key) => isAbsentFor(key, root),
    [
      "aws:PrincipalServiceNamesList",
      "aws:SourceAccount",
      "aws:SourceArn",
      "aws:SourceOrgID",
      "aws:SourceOrgPaths",
    ],
  ],
  [
    "only people and roles have",
    (key) => isAbsentFor(key, service),
    [
      "aws:CalledVia",
      "aws:CalledViaFirst",
      "aws:CalledViaLast",
      "aws:FederatedProvider",
      "aws:MultiFactorAuthAge",
      "aws:MultiFactorAuthPresent",
      "aws:PrincipalOrgPaths",
      "aws:SourceIdentity",
      "aws:TokenIssueTime",
      "aws:ViaAWSService",
      "aws:userid",
      "aws:Ec2InstanceSourceVpc",
      "aws:PrincipalTag/team",
    ],
  ],
  [
    "only signed requests have",
    (key) => isAbsentFor(key, anonymous) && !isAbsentFor(key, service) && !isAbsentFor(key, root),
    ["s3:authType", "s3:signatureAge", "s3:signatureversion", "s3:x-amz-content-sha256"],
  ],
])("these keys %s", (_what, has, expected) => {
  expect(keys.filter((key) => has(key.toLowerCase()))).toEqual(expected);
});

test("every key that only services or only people have is one that anonymous callers do not have", () => {
  const some = keys.map((key) => key.toLowerCase());
  const missing = some.filter((key) => isAbsentFor(key, service) || isAbsentFor(key, root));
  expect(missing.filter((key) => !isAbsentFor(key, anonymous))).toEqual([]);
});

test("names that only begin or end like one of these are others", () => {
  const exact = [
    "PrincipalOrgPaths",
    "userid",
    "TokenIssueTime",
    "SourceIdentity",
    "FederatedProvider",
    "ViaAWSService",
  ];
  for (const key of exact.map((name) => `aws:${name.toLowerCase()}`)) {
    const fates = [key, `${key}x`, `x${key}`].map((one) => isAbsentFor(one, service));
    expect([key, fates]).toEqual([key, [true, false, false]]);
  }
  expect(followsFromBucket("aws:resourceaccounts")).toBe(false);
  expect(mayHaveSeveralValues("example.com/aws:sub")).toBe(true);
});

const listing = ["s3:ListBucket", "s3:ListBucketVersions"];
const encrypting = ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"];

test("a few actions alone have these keys", () => {
  const owned = keys.map((key) => [key, actionsWith(key.toLowerCase())] as const);
  expect(owned.filter(([, actions]) => actions !== undefined)).toEqual([
    ["s3:delimiter", listing],
    ["s3:locationconstraint", ["s3:CreateBucket"]],
    ["s3:max-keys", listing],
    ["s3:prefix", [...listing, "s3:ListBucketMultipartUploads"]],
    ["s3:x-amz-copy-source", ["s3:PutObject"]],
    ["s3:x-amz-metadata-directive", ["s3:PutObject"]],
    ["s3:x-amz-server-side-encryption", encrypting],
    ["s3:x-amz-server-side-encryption-aws-kms-key-id", encrypting],
    ["s3:x-amz-server-side-encryption-customer-algorithm", encrypting],
    ["s3:x-amz-storage-class", ["s3:PutObject", "s3:ReplicateObject"]],
  ]);
});

test.each<readonly [string, RegExp, number]>([
  ["s3:x-amz-server-side-encryption", /^(?:AES256|aws:(?:kms|kms:dsse|fsx))$/, 4],
  ["s3:x-amz-server-side-encryption-customer-algorithm", /^AES256$/, 1],
  [
    "s3:x-amz-server-side-encryption-aws-kms-key-id",
    /^arn:aws:kms:[a-z]+-[a-z]+-\d:\d{12}:key\/[-0-9a-f]{36}$/,
    1,
  ],
  ["s3:authtype", /^(?:REST-QUERY-STRING|REST-HEADER|POST)$/, 3],
  ["s3:signatureversion", /^AWS(?:4-HMAC-SHA256)?$/, 2],
  ["aws:principalorgid", /^o-[a-z0-9]{10}$/, 2],
  ["aws:sourcevpc", /^vpc-[0-9a-f]{8}$/, 2],
  ["aws:sourcevpce", /^vpce-[0-9a-f]{8}$/, 2],
  ["aws:useragent", /^curl\/8\.0$/, 1],
  ["aws:referer", /^$/, 0],
])("in a witness %s has a value like %s, or another word", (key, form, count) => {
  const hints = hintsFor(key);
  expect(hints.at(-1)).toBe("example");
  expect(new Set(hints.slice(0, -1)).size).toBe(count);
  for (const hint of hints.slice(0, -1)) expect(hint).toMatch(form);
});
