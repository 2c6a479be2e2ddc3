import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import { fromAccount, fromInvoices, open } from "../../../../test/controls/delivery.ts";
import { account, everything, grant, service, us } from "../../../../test/controls/logging.ts";
import {
  bucket,
  encryptionOf,
  judge,
  logs,
  logTargetOf,
  ordinary,
  policyOf,
  repair,
  type Situation,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { LogTarget } from "../model/facets.ts";
import { absent, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { logTargetHealth } from "./log-target-health.ts";

function health(more: Partial<LogTarget>, situation: Situation = {}): Assessment {
  const logReceiver = logTargetOf({ policy: policyOf(grant), ...more });
  return judge(logTargetHealth, { logReceiver }, { on: logs, ...situation });
}

const healthy: Assessment = {
  kind: "compliant",
  evidence: `nothing stops the delivery of logs into ${logs.name}, and nobody else is let in by its grants`,
};

const noReceiver: Assessment = {
  kind: "not-applicable",
  why: "neither the baseline nor the bucket policy says that access logs arrive here",
};

function sick(why: string, needs: string, command?: string): Assessment {
  const hold = { mode: "report-only", why: `it takes ${needs}` } as const;
  const allowance = command === undefined ? hold : { ...hold, command };
  return { kind: "drift", summary: why, allowance, intents: [] };
}

// The names of a log bucket and of a folder in it are often made of the same words.
test.each([
  { baseline: logsUnder(`${logs.name}/{bucket}/`), folder: `${logs.name}/*` },
  { baseline: logsUnder("access/{bucket}/"), folder: "access/*" },
])("a grant for the folder $folder serves every bucket of the account", ({ baseline, folder }) => {
  const policy = policyOf({ ...grant, Resource: everything.replace(/\*$/, folder) });
  expect(health({ policy }, { baseline })).toEqual(healthy);
  const elsewhere = policyOf({ ...grant, Resource: everything.replace(/\*$/, "other/*") });
  expect(health({ policy: elsewhere }, { baseline }).kind).toBe("not-applicable");
});

function logsUnder(prefix: string): object {
  return { ...ordinary, "access-logging": { ...ordinary["access-logging"], prefix } };
}

test("a bucket that receives no access logs is not asked to be fit for them", () => {
  expect(judge(logTargetHealth, { logReceiver: absent })).toEqual(noReceiver);
});

test.each<{ name: string; target: Partial<LogTarget> }>([
  { name: "with the grant that we write", target: {} },
  { name: "whose grant names the account only", target: { policy: withGrant(fromAccount) } },
  {
    name: "whose grant spells the key in another way",
    target: { policy: withGrant({ StringLike: { "AWS:sourceaccount": account } }) },
  },
  {
    name: "where a Deny keeps strangers from a grant without a condition",
    target: {
      policy: policyOf(open, {
        ...open,
        Effect: "Deny",
        Condition: { StringNotEquals: { "aws:SourceAccount": account } },
      }),
    },
  },
  { name: "without any encryption rule", target: { encryption: absent } },
  { name: "that logs into a third one", target: { logsInto: ["b"] } },
  {
    name: "whose owners grant other things to others",
    target: { policy: policyOf(grant, { ...open, Principal: { AWS: account }, Action: "s3:*" }) },
  },
])("a log bucket $name is healthy", ({ target }) => {
  expect(health(target)).toEqual(healthy);
});

function withGrant(condition: object) {
  return policyOf({ ...open, Condition: condition });
}

const noLogging = `aws s3api put-bucket-logging --bucket ${logs.name} --bucket-logging-status '{}'`;
const backToAes = (rule: object) =>
  `aws s3api put-bucket-encryption --bucket ${logs.name} --server-side-encryption-configuration '${JSON.stringify({ Rules: [rule] })}'`;
const aes = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } };
const { value: kms } = encryptionOf("aws:kms");

test.each<{ name: string; target: Partial<LogTarget>; expected: Assessment }>([
  {
    name: "in another Region",
    target: { region: us },
    expected: sick(
      `the log bucket ${logs.name} is in us-east-1, the source in eu-west-1`,
      "a log bucket in eu-west-1",
    ),
  },
  {
    name: "with Object Lock",
    target: { objectLock: present({ configuration: {} }) },
    expected: sick(
      `the log bucket ${logs.name} has Object Lock, which stops log delivery`,
      "a log bucket without Object Lock",
    ),
  },
  {
    name: "that lets the requester pay",
    target: { requesterPays: true },
    expected: sick(
      `the log bucket ${logs.name} is Requester Pays, which stops log delivery`,
      "a log bucket whose owner pays",
      `aws s3api put-bucket-request-payment --bucket ${logs.name} --request-payment-configuration Payer=BucketOwner`,
    ),
  },
  {
    name: "under KMS",
    target: { encryption: present(kms) },
    expected: sick(
      `the log bucket ${logs.name} encrypts with aws:kms, which stops log delivery`,
      "SSE-S3 as default encryption of the log bucket",
      backToAes(aes),
    ),
  },
  {
    name: "under KMS, with SSE-C blocked",
    target: { encryption: present({ ...kms, blockedEncryptionTypes: ["SSE-C"] }) },
    expected: sick(
      `the log bucket ${logs.name} encrypts with aws:kms, which stops log delivery`,
      "SSE-S3 as default encryption of the log bucket",
      backToAes({ ...aes, BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] } }),
    ),
  },
  {
    name: "that logs into itself",
    target: { logsInto: [logs.name] },
    expected: sick(
      `the log bucket ${logs.name} logs into ${logs.name}: an endless loop`,
      `logging switched off on ${logs.name}`,
      noLogging,
    ),
  },
  {
    name: "whose logs come back by way of another one",
    target: { logsInto: ["b", logs.name] },
    expected: sick(
      `the log bucket ${logs.name} logs into b, then ${logs.name}: an endless loop`,
      `logging switched off on ${logs.name}`,
      noLogging,
    ),
  },
  {
    name: "whose policy denies uploads without a KMS header",
    target: {
      policy: policyOf(grant, {
        ...open,
        Effect: "Deny",
        Principal: "*",
        Condition: { StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" } },
      }),
    },
    expected: sick(
      `statement 2 of the policy of ${logs.name} denies log delivery`,
      '{"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}} in the Condition of that statement',
    ),
  },
])("a log bucket $name is reported with the remedy", ({ target, expected }) => {
  expect(health(target)).toEqual(expected);
});

test("a statement with the exception that is proposed denies no delivery any more", () => {
  const condition = { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } };
  const deny = { ...open, Effect: "Deny", Principal: "*", Condition: condition };
  expect(health({ policy: policyOf(grant, deny) })).toEqual(healthy);
});

const accountCondition = JSON.stringify(fromAccount);

test.each<{ name: string; statements: readonly object[]; why: string; needs: string }>([
  {
    name: "no condition",
    statements: [open],
    why: "statement 1 also takes logs of arn:aws:s3:::anybody in account 999988887777",
    needs: `the Condition ${accountCondition} in statement 1`,
  },
  {
    name: "the right Sid and every source",
    statements: [{ ...grant, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } } }],
    why: "statement 1 (BucketWardenLogDelivery) also takes logs of arn:aws:s3:::anybody in account 999988887777",
    needs: `the Condition ${accountCondition} in statement 1 (BucketWardenLogDelivery)`,
  },
  {
    name: "a source whose name anybody could take over",
    statements: [grant, { ...open, Condition: fromInvoices }],
    why: "statement 2 also takes logs of arn:aws:s3:::invoices in account 999988887777",
    needs: `the Condition ${accountCondition} in statement 2`,
  },
  {
    name: "two accounts",
    statements: [
      {
        ...open,
        Condition: { StringEquals: { "aws:SourceAccount": [account, "444455556666"] } },
      },
    ],
    why: "statement 1 also takes logs of arn:aws:s3:::anybody in account 444455556666",
    needs: `the Condition ${accountCondition} in statement 1`,
  },
  {
    name: "every action",
    statements: [{ ...grant, Sid: "All", Action: "s3:*" }],
    why: `statement 1 (All) also allows s3:GetObject, s3:DeleteObject, s3:PutObjectAcl to ${service}`,
    needs: '"s3:PutObject" as the only Action of statement 1 (All)',
  },
  {
    name: "every action on the bucket too",
    statements: [{ ...open, Action: "s3:*", Resource: "*", Condition: fromAccount }],
    why: `statement 1 also allows s3:GetObject, s3:DeleteObject, s3:PutObjectAcl, s3:ListBucket, s3:PutBucketPolicy to ${service}`,
    needs: '"s3:PutObject" as the only Action of statement 1',
  },
  {
    name: "a prefix and no condition",
    statements: [{ ...open, Resource: `${everything.slice(0, -1)}invoices/*` }],
    why: "statement 1 also takes logs of arn:aws:s3:::anybody in account 999988887777",
    needs: `the Condition ${accountCondition} in statement 1`,
  },
  {
    name: "every action under a prefix",
    statements: [
      {
        ...open,
        Action: "s3:*",
        Resource: `${everything.slice(0, -1)}invoices/*`,
        Condition: fromAccount,
      },
    ],
    why: `statement 1 also allows s3:GetObject, s3:DeleteObject, s3:PutObjectAcl to ${service}`,
    needs: '"s3:PutObject" as the only Action of statement 1',
  },
  {
    name: "everybody under a prefix",
    statements: [
      grant,
      { ...open, Principal: "*", Resource: `${everything.slice(0, -1)}invoices/*` },
    ],
    why: "statement 2 lets anybody write here, and so forge logs",
    needs: `${service} as the only Principal of statement 2`,
  },
  {
    name: "everybody",
    statements: [grant, { ...open, Principal: "*" }],
    why: "statement 2 lets anybody write here, and so forge logs",
    needs: `${service} as the only Principal of statement 2`,
  },
])("a grant with $name is too wide", ({ statements, why, needs }) => {
  const policy = policyOf(...statements);
  expect(health({ policy }, { on: bucket("team-logs") })).toEqual(sick(why, needs));
});

test("several faults are told in one sentence, with every command", () => {
  const assessment = health({ requesterPays: true, logsInto: [logs.name] });
  expect(assessment).toMatchObject({
    summary: `the log bucket ${logs.name} is Requester Pays, which stops log delivery; the log bucket ${logs.name} logs into ${logs.name}: an endless loop`,
  });
  const commands = (commandIn(assessment) ?? "").split(" && ");
  expect(commands.map((command) => argumentsOf(command)[2])).toEqual([
    "put-bucket-request-payment",
    "put-bucket-logging",
  ]);
});

const missing = `no statement of the policy of ${logs.name} lets ${service} write there`;

test("a missing grant is told once: by access-logging, which repairs it, unless that is off", () => {
  const why =
    "the policy does not let S3 deliver the logs of every bucket here, and access-logging says so";
  const forOne = withGrant({ ...fromInvoices, ...fromAccount });
  for (const policy of [absent, forOne]) {
    expect(health({ policy })).toEqual({ kind: "not-applicable", why });
  }
  const off = { ...ordinary, "access-logging": { ...ordinary["access-logging"], mode: "off" } };
  const needs = `the statement ${JSON.stringify(grant)} in its policy`;
  expect(health({ policy: absent }, { baseline: off })).toEqual(sick(missing, needs));
});

test("a log bucket that only its own policy calls one may be for few sources", () => {
  const on = bucket("team-logs");
  const resource = `${everything.slice(0, -1)}invoices/*`;
  const one = { ...open, Resource: resource, Condition: { ...fromInvoices, ...fromAccount } };
  expect(health({ policy: policyOf(one) }, { on })).toEqual(healthy);
  expect(health({ policy: policyOf(one), requesterPays: true }, { on }).kind).toBe("drift");
});

test("one that is for few sources may deny the others", () => {
  const on = bucket("team-logs");
  const resource = `${everything.slice(0, -1)}invoices/*`;
  const one = { ...open, Resource: resource, Condition: { ...fromInvoices, ...fromAccount } };
  const notThose = { ArnNotLike: { "aws:SourceArn": "arn:aws:s3:::invoices" } };
  const others = { ...open, Effect: "Deny", Condition: notThose };
  const elsewhere = { Effect: "Deny", Principal: "*", Action: "s3:*", NotResource: resource };
  expect(health({ policy: policyOf(one, others, elsewhere) }, { on })).toEqual(healthy);
  const all = { ...open, Effect: "Deny", Principal: "*" };
  expect(health({ policy: policyOf(one, others, all) }, { on })).toMatchObject({
    kind: "drift",
    summary: `statement 3 of the policy of ${logs.name} denies log delivery`,
  });
});

test.each([
  { name: "a Deny for the service", statement: { ...open, Effect: "Deny" } },
  {
    name: "an exception for the service",
    statement: {
      ...open,
      Effect: "Deny",
      Principal: "*",
      Condition: { StringNotEqualsIfExists: { "aws:PrincipalServiceName": service } },
    },
  },
  { name: "a Sid", statement: { ...open, Sid: service, Principal: { AWS: account } } },
])("a bucket that only names the service, in $name, receives no access logs", ({ statement }) => {
  const on = bucket("team-logs");
  expect(health({ policy: policyOf(statement), requesterPays: true }, { on })).toEqual(noReceiver);
});

test.each([
  { name: "is none that IAM defines", policy: present({ text: "[]" }) },
  {
    name: "depends on the organization",
    policy: policyOf(grant, {
      ...open,
      Effect: "Deny",
      Condition: { StringNotEquals: { "aws:SourceOrgID": "o-1" } },
    }),
  },
])("where the policy $name, health is undecided", ({ policy }) => {
  expect(health({ policy }).kind).toBe("undecided");
  // What is certain is said all the same.
  expect(health({ policy, requesterPays: true }).kind).toBe("drift");
});

test("nothing is ever written, also where a person asks", () => {
  const logReceiver = logTargetOf({ policy: policyOf(open), requesterPays: true });
  const situation = { on: logs, asked: true };
  const { written, held } = repair(logTargetHealth, { logReceiver }, situation);
  expect(written).toEqual([]);
  expect(held.map(({ kind }) => kind)).toEqual(["flagged"]);
});

test.each(unreadRows(logTargetHealth))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const readings = { [facet]: unknown(reason) };
  expect(judge(logTargetHealth, readings)).toEqual(unread(facet, reason));
});
