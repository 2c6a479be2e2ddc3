import { expect, test } from "vitest";
import { parseBaseline } from "../../baseline/index.ts";
import { controls } from "../../controls/index.ts";
import { allCalls, callToRemove, callToWrite } from "../permissions.ts";
import {
  type Access,
  accessUnder,
  policiesOf,
  readStatements,
  sizeOf,
  writeStatements,
} from "./index.ts";
import { kindOf } from "./resources.ts";

const at = { partition: "aws", account: "111122223333", organization: "o-exampleorgid" };

function access(baseline: object, removesPolicies = false): Access {
  return accessUnder(parseBaseline(baseline, "test"), controls, { removesPolicies });
}

const off = Object.fromEntries(controls.map(({ id }) => [id, { mode: "off" }]));
const own = { StringEquals: { "s3:ResourceAccount": ["111122223333"] } };

test("one control that repairs gets its reads and its write, on the buckets of the account", () => {
  const terms = access({ ...off, versioning: { mode: "remediate" } });
  expect(readStatements(terms, at)).toEqual([
    {
      Sid: "ReadLists",
      Effect: "Allow",
      Action: [
        "cloudtrail:LookupEvents",
        "logs:DescribeDeliverySources",
        "s3:GetAccessPoint",
        "s3:ListAllMyBuckets",
      ],
      Resource: ["*"],
    },
    {
      Sid: "ReadKeys",
      Effect: "Allow",
      Action: ["kms:DescribeKey"],
      Resource: ["arn:aws:kms:*:111122223333:key/*"],
    },
    {
      Sid: "ReadKeysOfOrganization",
      Effect: "Allow",
      Action: ["kms:DescribeKey"],
      Resource: ["arn:aws:kms:*:*:key/*"],
      Condition: { StringEquals: { "aws:ResourceOrgID": ["o-exampleorgid"] } },
    },
    {
      Sid: "ReadBuckets",
      Effect: "Allow",
      Action: ["s3:GetBucketLogging", "s3:GetBucketVersioning", "s3:GetEncryptionConfiguration"],
      Resource: ["arn:aws:s3:::*"],
      Condition: own,
    },
  ]);
  expect(writeStatements(terms, at)).toEqual([
    {
      Sid: "WriteBuckets",
      Effect: "Allow",
      Action: ["s3:PutBucketVersioning"],
      Resource: ["arn:aws:s3:::*"],
      Condition: own,
    },
  ]);
});

test("where nothing is repaired, nothing can be written", () => {
  expect(writeStatements(access({}), at)).toEqual([]);
});

test("units are not asked for in a member", () => {
  const scopes = [{ name: "one", match: { organizationalUnits: ["r-abcd"] }, settings: {} }];
  const actions = readStatements(access({ scopes }), at).flatMap(({ Action }) => Action);
  expect(actions).not.toContain("organizations:ListParents");
});

test("a bucket policy is only ever deleted where that was asked for", () => {
  const repairing = { ...off, "ssl-only": { mode: "remediate" } };
  const actions = (removesPolicies: boolean) =>
    writeStatements(access(repairing, removesPolicies), at).flatMap(({ Action }) => Action);
  expect(actions(false)).toEqual(["s3:PutBucketPolicy"]);
  expect(actions(true)).toEqual(["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"]);
});

test("every other undo needs the action of the write alone", () => {
  const others = [
    "encryption",
    "logging",
    "publicAccessBlock",
    "cors",
    "ownership",
    "accountPublicAccess",
  ] as const;
  for (const document of others) {
    expect(callToRemove(document).action).toBe(callToWrite(document).action);
  }
});

test("another partition, and no organization", () => {
  const place = { partition: "aws-us-gov", account: "111122223333" };
  const terms = access({ ...off, "kms-key-health": { mode: "alert", accounts: ["222233334444"] } });
  const keys = readStatements(terms, place).filter(({ Sid }) => Sid.startsWith("ReadKeys"));
  expect(keys.map(({ Resource }) => Resource)).toEqual([
    ["arn:aws-us-gov:kms:*:111122223333:key/*", "arn:aws-us-gov:kms:*:222233334444:key/*"],
  ]);
});

test("log files are named and read in their bucket alone", () => {
  const terms = access({
    ...off,
    "access-logging": { mode: "alert", target: "logs-{account}-{region}" },
    limits: { readAccessLogs: true },
  });
  const logs = readStatements(terms, at).filter(({ Sid }) => Sid.endsWith("LogFiles"));
  expect(logs).toEqual([
    {
      Sid: "ReadLogFiles",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: ["arn:aws:s3:::logs-111122223333-*/*"],
      Condition: own,
    },
    {
      Sid: "ReadNamesOfLogFiles",
      Effect: "Allow",
      Action: ["s3:ListBucket"],
      Resource: ["arn:aws:s3:::logs-111122223333-*"],
      Condition: own,
    },
  ]);
});

test("every action that the product needs is about something known", () => {
  for (const { action } of allCalls) {
    if (action !== "organizations:ListParents") expect(kindOf(action)).toMatch(/[a-z]/);
  }
  expect(() => kindOf("ec2:RunInstances")).toThrow("not written down what ec2:RunInstances is");
});

test("everything switched on fits into the policies that a role may have", () => {
  const all = Object.fromEntries(
    controls.map(({ id, writes }) => [id, { mode: writes.length > 0 ? "approve" : "alert" }]),
  );
  const terms = access({
    ...all,
    "default-encryption": {
      mode: "remediate",
      key: "arn:{partition}:kms:{region}:{account}:alias/any",
    },
    "access-logging": { mode: "remediate", target: "logs-{account}-{region}" },
    "kms-key-health": {
      mode: "alert",
      accounts: Array.from({ length: 60 }, (_, place) => String(100_000_000_000 + place)),
    },
  });
  const policies = policiesOf([...readStatements(terms, at), ...writeStatements(terms, at)]);
  expect(policies.length).toBeLessThanOrEqual(3);
  for (const policy of policies) expect(sizeOf(policy)).toBeLessThan(6_144);
  expect(policies.flatMap(({ Statement }) => Statement)).toEqual([
    ...readStatements(terms, at),
    ...writeStatements(terms, at),
  ]);
});

test("a statement that no policy can hold is refused", () => {
  const Resource = Array.from(
    { length: 200 },
    (_, place) => `arn:aws:s3:::logs-of-account-${place}`,
  );
  expect(() =>
    policiesOf([{ Sid: "Wide", Effect: "Allow", Action: ["s3:ListBucket"], Resource }]),
  ).toThrow("the statement Wide is too large for a policy of IAM");
});

test("findings are reported where the baseline wants it, as the account's own", () => {
  const report = (securityHub: boolean) =>
    readStatements(access({ ...off, notifications: { securityHub } }), at).filter(
      ({ Sid }) => Sid === "ReportFindings",
    );
  expect(report(false)).toEqual([]);
  expect(report(true)).toMatchObject([
    {
      Action: ["securityhub:BatchImportFindings"],
      Resource: [`arn:aws:securityhub:*:${at.account}:product/${at.account}/default`],
    },
  ]);
});
