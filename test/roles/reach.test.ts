import { hubFunctions, hubPolicy, readStatements, writeStatements } from "@bucket-warden/core/iam";
import type { RequestClass } from "@bucket-warden/core/policy";
import { sandboxBaseline } from "@bucket-warden/sandbox/deployment";
import { describe, expect, test } from "vitest";
import { membersOf } from "./cloudformation.ts";
import {
  accessFor,
  externalId,
  hubPlace,
  memberStack,
  organization,
  policiesIn,
  templateFor,
} from "./organization.ts";
import { type AllowStatement, reachOf } from "./reach.ts";

const [hub, account, stranger] = ["999988887777", "111122223333", "444455556666"];
const region = "eu-west-1";

/** Everything that can be switched on, log files included. */
const baseline = {
  ...sandboxBaseline,
  "object-lock": { mode: "approve" },
  "account-public-access": { mode: "approve", organizationPolicy: "read" },
  limits: { readAccessLogs: true },
};
const stack = memberStack(templateFor(baseline), { hub, account, region });
const remediation = statementsOf("RemediationRole");
const logBucket = `bucket-warden-logs-${account}-${region}`;

type Some = Pick<RequestClass, "actions" | "resources"> & { readonly where?: Where };
type Where = RequestClass["where"];

function requests({ where = [], ...some }: Some): RequestClass {
  // The two kinds of classes differ in their resources, and both members come from the caller.
  return { manner: "at all", callers: "signed", assuming: [], where, ...some } as RequestClass;
}

function is(key: string, value: string): Where {
  return [{ operator: "StringEquals", key, values: [value] }];
}

const everything = { actions: "every", resources: "bucket-and-objects" } as const;
const objects = { actions: "every", resources: "objects" } as const;
const on = (arn: string, ...actions: readonly string[]) => ({ actions, resources: { arn } });
const onBucket = (...actions: readonly string[]) =>
  ({ actions, resources: "bucket-and-objects" }) as const;

const role = `arn:aws:iam::${account}:role/bucket-warden-remediation`;
const key = `arn:aws:kms:${region}:${account}:key/1`;
const trail = `arn:aws:cloudtrail:${region}:${account}:trail/all`;
const vault = `arn:aws:glacier:${region}:${account}:vaults/records`;

const never: readonly { readonly what: string; readonly some: Some; readonly bucket?: string }[] = [
  { what: "does anything to an object, today or with a future action", some: objects },
  {
    what: "changes or deletes a log file",
    some: onBucket("s3:PutObject", "s3:DeleteObject", "s3:PutObjectAcl", "s3:RestoreObject"),
    bucket: logBucket,
  },
  { what: "lists a bucket that is not for logs", some: onBucket("s3:ListBucket") },
  {
    what: "deletes a bucket, its policy, or what it keeps",
    some: onBucket(
      "s3:DeleteBucket",
      "s3:DeleteBucketPolicy",
      "s3:DeleteObject",
      "s3:DeleteObjectVersion",
      "s3:PutLifecycleConfiguration",
    ),
  },
  {
    what: "locks or unlocks an object",
    some: onBucket(
      "s3:PutObjectRetention",
      "s3:PutObjectLegalHold",
      "s3:BypassGovernanceRetention",
    ),
  },
  {
    what: "copies a bucket elsewhere or opens another way into it",
    some: onBucket(
      "s3:PutReplicationConfiguration",
      "s3:PutBucketNotification",
      "s3:PutInventoryConfiguration",
      "s3:PutBucketWebsite",
      "s3:PutBucketAcl",
      "s3:CreateAccessPoint",
      "s3:PutAccessPointPolicy",
    ),
  },
  {
    what: "does anything to a bucket of another account",
    some: { ...everything, where: is("s3:ResourceAccount", stranger) },
  },
  {
    what: "does anything to a bucket whose account S3 does not tell",
    some: {
      ...everything,
      where: [{ operator: "Null", key: "s3:ResourceAccount", values: ["true"] }],
    },
  },
  {
    what: "opens the block of another account",
    some: {
      ...on("*", "s3:PutAccountPublicAccessBlock"),
      where: is("s3:ResourceAccount", stranger),
    },
  },
  {
    what: "touches a role, its own among them",
    some: on(
      role,
      "iam:AttachRolePolicy",
      "iam:PutRolePolicy",
      "iam:DetachRolePolicy",
      "iam:DeleteRolePermissionsBoundary",
      "iam:UpdateAssumeRolePolicy",
      "iam:PassRole",
      "iam:CreatePolicyVersion",
      "sts:AssumeRole",
    ),
  },
  {
    what: "uses or changes a key",
    some: on(
      key,
      "kms:Decrypt",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:CreateGrant",
      "kms:PutKeyPolicy",
      "kms:DisableKey",
      "kms:ScheduleKeyDeletion",
    ),
  },
  {
    what: "looks at a key of another organization",
    some: {
      ...on(`arn:aws:kms:${region}:${stranger}:key/1`, "kms:DescribeKey"),
      where: is("aws:ResourceOrgID", "o-strangers00"),
    },
  },
  {
    what: "stops or narrows a trail",
    some: on(
      trail,
      "cloudtrail:StopLogging",
      "cloudtrail:DeleteTrail",
      "cloudtrail:UpdateTrail",
      "cloudtrail:PutEventSelectors",
    ),
  },
  {
    what: "unlocks or empties a vault",
    some: on(vault, "glacier:AbortVaultLock", "glacier:DeleteArchive", "glacier:DeleteVault"),
  },
];

describe("whatever the baseline asks for, the remediation role never", () => {
  test.each(never)("$what", ({ some, bucket }) => {
    expect(reachOf(remediation, requests(some), bucket)).toBe("never");
  });
});

test("log files may be read where a baseline asks for it, and nowhere else", () => {
  const own = requests({ ...onBucket("s3:GetObject"), where: is("s3:ResourceAccount", account) });
  expect(reachOf(remediation, own, logBucket)).toEqual({
    request: expect.stringContaining("may call s3:GetObject on"),
  });
  expect(reachOf(remediation, own, "payroll")).toBe("never");
});

test("the reader never writes anything to S3", () => {
  const reader = statementsOf("ReaderRole");
  const writes = writeStatements(accessFor(baseline), place()).flatMap(({ Action }) => Action);
  expect(writes.length).toBeGreaterThan(8);
  expect(reachOf(reader, requests(onBucket(...writes)))).toBe("never");
  expect(reachOf(reader, requests(objects))).toBe("never");
});

describe("what would be a mistake is found", () => {
  const [write] = remediation.filter(({ Action }) => Action.includes("s3:PutBucketPolicy"));
  if (write === undefined) throw new Error("nothing writes");
  const { Condition: _, ...unconditional } = write;
  const { Condition: __, ...anywhere } = { ...write, Resource: ["*"] };
  const elsewhere = { ...everything, where: is("s3:ResourceAccount", stranger) };

  test.each([
    { mistake: "every action of S3", planted: { ...write, Action: ["s3:*"] }, some: objects },
    {
      mistake: "every action that begins alike",
      planted: { ...write, Action: ["s3:Put*"] },
      some: objects,
      where: account,
    },
    { mistake: "a write on any resource", planted: anywhere, some: elsewhere },
    { mistake: "a write whose condition was lost", planted: unconditional, some: elsewhere },
    {
      mistake: "a write whose condition lets the missing key pass",
      planted: {
        ...write,
        Condition: { StringEqualsIfExists: write.Condition?.["StringEquals"] ?? {} },
      },
      some: {
        ...everything,
        where: [{ operator: "Null", key: "s3:ResourceAccount", values: ["true"] }],
      },
    },
    {
      mistake: "the deletion of a policy",
      planted: { ...write, Action: [...write.Action, "s3:DeleteBucketPolicy"] },
      some: onBucket("s3:DeleteBucketPolicy"),
    },
    {
      mistake: "objects beside the bucket",
      planted: { ...write, Action: ["s3:DeleteObject"], Resource: ["arn:aws:s3:::*/*"] },
      some: objects,
    },
  ])("$mistake", ({ planted, some }) => {
    const found = reachOf([...remediation, planted], requests(some));
    expect(found).toEqual({ request: expect.stringMatching(/may call s3:/) });
  });
});

describe("the functions of the hub never", () => {
  const own = hubPlace({ account: hub, region });
  const all: readonly AllowStatement[] = hubFunctions.flatMap(
    (name) => hubPolicy(name, own, accessFor(baseline)).Statement,
  );

  test.each([
    {
      what: "delete what the ledger remembers",
      some: on(
        own.ledgerTable,
        "dynamodb:DeleteItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:DeleteTable",
        "dynamodb:UpdateTable",
        "dynamodb:UpdateTimeToLive",
        "dynamodb:UpdateContinuousBackups",
        "dynamodb:PartiQLDelete",
      ),
    },
    {
      what: "let the record of a task expire",
      some: {
        ...on(own.ledgerTable, "dynamodb:UpdateItem"),
        where: is("dynamodb:LeadingKeys", "task#1"),
      },
    },
    {
      what: "throw the stop switch",
      some: on(own.stopParameter, "ssm:PutParameter", "ssm:DeleteParameter"),
    },
    {
      what: "throw away tasks unseen",
      some: on(own.taskQueue, "sqs:PurgeQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes"),
    },
    {
      what: "throw away looks unseen",
      some: on(own.lookQueue, "sqs:PurgeQueue", "sqs:DeleteQueue", "sqs:SetQueueAttributes"),
    },
    {
      what: "take on another role",
      some: on(`arn:aws:iam::${account}:role/admin`, "sts:AssumeRole"),
    },
    {
      what: "take on a role of another organization",
      some: {
        ...on(`arn:aws:iam::${stranger}:role/bucket-warden-remediation`, "sts:AssumeRole"),
        where: is("aws:ResourceOrgID", "o-strangers00"),
      },
    },
    { what: "do anything to S3 by themselves", some: everything },
  ])("$what", ({ some }) => {
    expect(reachOf(all, requests(some))).toBe("never");
  });

  test("not even history, which only reads, sends or takes on anything", () => {
    const history = hubPolicy("history", own, accessFor(baseline)).Statement;
    const actions = history.flatMap(({ Action }) => Action);
    expect(actions).toEqual(["dynamodb:GetItem", "dynamodb:Query"]);
  });
});

describe("the function that faces the internet never", () => {
  const own = hubPlace({ account: hub, region });
  const { Statement } = hubPolicy("slack-action", own, accessFor(baseline));

  test.each([
    {
      what: "writes what the ledger holds of a task",
      some: {
        ...on(own.ledgerTable, "dynamodb:PutItem"),
        where: is("dynamodb:LeadingKeys", "task#1"),
      },
    },
    {
      what: "waives anything",
      some: {
        ...on(own.ledgerTable, "dynamodb:PutItem"),
        where: is("dynamodb:LeadingKeys", "bucket#111122223333#invoices"),
      },
    },
    { what: "queues work", some: on(own.taskQueue, "sqs:SendMessage") },
    { what: "tells people", some: on(own.topic, "sns:Publish") },
    {
      what: "takes on a role",
      some: on(`arn:aws:iam::${account}:role/${own.readerRole}`, "sts:AssumeRole"),
    },
    {
      what: "starts another function",
      some: on(own.slackWork.replace("slack-work", "sweep"), "lambda:InvokeFunction"),
    },
  ])("$what", ({ some }) => {
    expect(reachOf(Statement, requests(some))).toBe("never");
  });

  test("but it starts the one that works", () => {
    const some = on(own.slackWork, "lambda:InvokeFunction");
    expect(reachOf(Statement, requests(some))).toMatchObject({ request: expect.any(String) });
  });
});

describe("a member role is taken on by nobody", () => {
  const trust = trustOf("RemediationRole");
  const caller = `arn:aws:iam::${hub}:role/bucket-warden-remediate`;
  const takeOn = (where: Where): RequestClass => ({
    ...requests({ ...on("*", "sts:AssumeRole"), where }),
    callers: "everyone",
  });

  test.each([
    {
      who: "without the external id",
      where: [{ operator: "Null", key: "sts:ExternalId", values: ["true"] }],
    },
    { who: "with another external id", where: is("sts:ExternalId", "guessed") },
    { who: "from another organization", where: is("aws:PrincipalOrgID", "o-strangers00") },
    { who: "from another account", where: is("aws:PrincipalAccount", stranger) },
    {
      who: "of the hub but the one function",
      where: [{ operator: "ArnNotEquals", key: "aws:PrincipalArn", values: [caller] }],
    },
  ])("$who", ({ where }) => {
    expect(reachOf(trust, takeOn(where))).toBe("never");
  });

  test("but by that one", () => {
    const where = [
      ...is("sts:ExternalId", externalId),
      ...is("aws:PrincipalOrgID", organization),
      ...is("aws:PrincipalAccount", hub),
    ];
    expect(reachOf(trust, takeOn(where))).toEqual({
      request: expect.stringContaining("sts:AssumeRole"),
    });
  });
});

test("rules of this account and Region alone use the forwarder, to send to the hub", () => {
  const trust = trustOf("ForwarderRole");
  const assume = (where: Where): RequestClass => ({
    ...requests({ ...on("*", "sts:AssumeRole"), where }),
    callers: "everyone",
  });
  expect(reachOf(trust, assume(is("aws:SourceAccount", stranger)))).toBe("never");
  const foreign = `arn:aws:events:${region}:${account}:rule/somebody-elses`;
  expect(reachOf(trust, assume(is("aws:SourceArn", foreign)))).toBe("never");
  expect(statementsOf("ForwarderRole")).toEqual([
    {
      Sid: "SendToHub",
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: `arn:aws:events:${region}:${hub}:event-bus/bucket-warden`,
    },
  ]);
});

function place() {
  return { partition: "aws", account, organization };
}

function statementsOf(logicalName: string): readonly AllowStatement[] {
  return policiesIn(stack, logicalName).flatMap(
    (policy) => membersOf(policy)["Statement"] as readonly AllowStatement[],
  );
}

function trustOf(logicalName: string): readonly AllowStatement[] {
  const trust = stack.get(logicalName)?.properties["AssumeRolePolicyDocument"];
  return membersOf(trust)["Statement"] as readonly AllowStatement[];
}

test("the statements that are judged here are those that are generated", () => {
  const access = accessFor(baseline);
  expect(remediation).toEqual([
    ...readStatements(access, place()),
    ...writeStatements(access, place()),
  ]);
});
