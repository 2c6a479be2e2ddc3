import { expect, test } from "vitest";
import {
  account,
  deliveryUnder,
  everything,
  open,
  service,
  targetUnder,
} from "../../../../test/controls/delivery.ts";
import { alone } from "../../../../test/controls/logging.ts";
import {
  invoices,
  judge,
  logs,
  logTargetOf,
  policyOf,
} from "../../../../test/controls/readings.ts";
import type { PolicyText } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import { accessLogging } from "./access-logging.ts";
import type { Delivery } from "./log-delivery.ts";

const sse = "s3:x-amz-server-side-encryption";
const deny = { ...open, Effect: "Deny", Principal: "*", Action: "s3:*" };
const denied: Delivery = {
  kind: "denied",
  why: `statement 2 of the policy of ${logs.name} denies log delivery`,
};

test.each<{ name: string; statement: object }>([
  { name: "everything", statement: deny },
  { name: "the service", statement: { ...deny, Principal: { Service: service } } },
  {
    name: "uploads that do not name KMS",
    statement: { ...deny, Condition: { StringNotEquals: { [sse]: "aws:kms" } } },
  },
  {
    name: "uploads without a header",
    statement: { ...deny, Condition: { Null: { [sse]: "true" } } },
  },
  {
    name: "other networks",
    statement: { ...deny, Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
  },
  {
    name: "other organizations",
    statement: {
      ...deny,
      Condition: { StringNotEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    },
  },
  {
    name: "other accounts of the source",
    statement: { ...deny, Condition: { StringNotEquals: { "aws:SourceAccount": "444455556666" } } },
  },
])("a Deny of $name stops delivery in spite of the grant", ({ statement }) => {
  expect(deliveryUnder(policyOf(open, statement))).toEqual(denied);
  expect(targetUnder(policyOf(open, statement))).toBe("drift");
});

test.each<{ name: string; statement: object }>([
  {
    name: "plain HTTP",
    statement: { ...deny, Condition: { Bool: { "aws:SecureTransport": "false" } } },
  },
  { name: "reading", statement: { ...deny, Action: "s3:Get*" } },
  { name: "another folder", statement: { ...deny, Resource: `${everything.slice(0, -1)}x/*` } },
  { name: "one account", statement: { ...deny, Principal: { AWS: "444455556666" } } },
  {
    name: "other networks to all but AWS services",
    statement: {
      ...deny,
      Condition: {
        NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    },
  },
  {
    name: "encryption other than KMS that is asked for",
    statement: {
      ...deny,
      Condition: { Null: { [sse]: "false" }, StringNotEquals: { [sse]: "aws:kms" } },
    },
  },
])("a Deny of $name does not stop delivery", ({ statement }) => {
  expect(deliveryUnder(policyOf(open, statement))).toEqual({ kind: "granted" });
  expect(targetUnder(policyOf(open, statement))).toBe("compliant");
});

test("the log bucket is told which of its statements denies delivery", () => {
  const logTarget = logTargetOf({ policy: policyOf(open, deny) });
  const readings = {
    logging: absent,
    vendedLogs: absent,
    lastLog: absent,
    location: present(logs.region),
    logTarget,
  };
  const { why } = denied as { why: string };
  expect(judge(accessLogging, readings, { on: logs }).kind).toBe("not-applicable");
  expect(judge(accessLogging, readings, { on: logs, baseline: alone })).toEqual({
    kind: "drift",
    summary: "the bucket policy denies log delivery",
    witness: why,
    allowance: { mode: "blocked", why, needs: `a change of the policy of ${logs.name}` },
    intents: [],
  });
});

const doubtful: readonly { name: string; policy: Known<PolicyText>; why: string }[] = [
  {
    name: "is not one",
    policy: present({ text: "[]" }),
    why: `the policy of ${logs.name} is not one that IAM defines`,
  },
  {
    name: "grants by an operator that is not known",
    policy: policyOf({ ...open, Condition: { StringIs: { "aws:SourceAccount": account } } }),
    why: "the operator StringIs is not known",
  },
  {
    name: "denies by an operator that is not known",
    policy: policyOf(open, { ...deny, Condition: { StringIs: { "aws:SourceAccount": account } } }),
    why: "the operator StringIs is not known",
  },
];

test.each(doubtful)("where the policy $name, delivery is undecided", ({ policy, why }) => {
  expect(deliveryUnder(policy)).toEqual({ kind: "undecided", why });
  expect(targetUnder(policy)).toBe("undecided");
});

function sourceUnder(policy: Known<PolicyText>) {
  const enabled = { TargetBucket: logs.name, TargetPrefix: "invoices/" };
  const logging = present({ targetBucket: logs.name, targetPrefix: "invoices/", enabled });
  const readings = {
    logging,
    vendedLogs: absent,
    lastLog: absent,
    location: present(invoices.region),
    logTarget: logTargetOf({ policy }),
  };
  return judge(accessLogging, readings);
}

// Nobody knows whether logs arrive; "but are not delivered there" is a claim.
test.each(doubtful)("where the target's policy $name, its sources are undecided", (row) => {
  expect(sourceUnder(row.policy)).toEqual({ kind: "undecided", why: row.why });
});

// The data perimeter that AWS recommends; whether the key holds this organization is not known.
test.each([
  { "aws:SourceOrgID": "o-a1b2c3d4e5" },
  { "aws:sourceorgid": "o-a1b2c3d4e5" },
  { "aws:SourceOrgPaths": "o-a1b2c3d4e5/r-ab12/*" },
])("a Deny of services of other organizations by %j leaves delivery undecided", (organization) => {
  const perimeter = {
    ...deny,
    Condition: {
      StringNotEqualsIfExists: organization,
      Null: { "aws:SourceAccount": "false" },
      Bool: { "aws:PrincipalIsAWSService": "true" },
    },
  };
  const policy = policyOf(open, perimeter);
  const why = `statement 2 of the policy of ${logs.name} depends on the organization of the source`;
  expect(deliveryUnder(policy)).toEqual({ kind: "undecided", why });
  expect(targetUnder(policy)).toBe("undecided");
});

test("a Deny that is certain counts, whatever comes before it", () => {
  const doubtful = {
    ...deny,
    Condition: { StringNotEqualsIfExists: { "aws:SourceOrgID": "o-1" } },
  };
  const why = `statement 3 of the policy of ${logs.name} denies log delivery`;
  expect(deliveryUnder(policyOf(open, doubtful, deny))).toEqual({ kind: "denied", why });
  expect(deliveryUnder(policyOf(open, doubtful))).toMatchObject({ kind: "undecided" });
});

// Every source writes below the prefix of the baseline, so a grant on it serves them all.
test.each([
  { folder: "access/", verdict: "compliant" },
  { folder: "access/invoices/", verdict: "drift" },
  { folder: "other/", verdict: "drift" },
])("where sources log below access/, a grant on $folder is $verdict", ({ folder, verdict }) => {
  const statement = { ...open, Resource: `${everything.slice(0, -1)}${folder}*` };
  const logTarget = logTargetOf({ policy: policyOf(statement) });
  const readings = {
    logging: absent,
    vendedLogs: absent,
    lastLog: absent,
    location: present(logs.region),
    logTarget,
  };
  const logging = { target: logs.name, prefix: "access/{bucket}/" };
  const situation = { on: logs, baseline: { "access-logging": logging } };
  expect(judge(accessLogging, readings, situation).kind).toBe(verdict);
});
