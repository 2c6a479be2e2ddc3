import { expect, test } from "vitest";
import { pointOf, reader } from "../../../../test/controls/access-points.ts";
import {
  allBlocked,
  judge,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { AccessPoint } from "../model/access-point.ts";
import { absent, present } from "../model/reading.ts";
import { accessPoints } from "./access-points.ts";

const partner = "444455556666";
const allow = { Effect: "Allow", Action: "s3:GetObject", Resource: `${reader}/object/*` };
const to = (principal: unknown) => policyOf({ ...allow, Principal: principal });
const own = to({ AWS: ["111122223333", "arn:aws:iam::111122223333:role/app"] });
const open = present({ ...allBlocked.value, blockPublicPolicy: false, ignorePublicAcls: false });

const why =
  "origin and public access block of an access point are fixed when it is made, and only the owners know whom its policy is for; a better one has to be made first, and its clients moved";

interface Look {
  readonly policy?: ReturnType<typeof policyOf>;
  readonly baseline?: object;
}

function look(points: readonly AccessPoint[], { policy, baseline = {} }: Look = {}) {
  const readings = { accessPoints: present(points), policy: policy ?? absent };
  return judge(accessPoints, readings, { baseline: { "access-points": baseline } });
}

test("a bucket to which nothing leads is not judged", () => {
  expect(look([])).toEqual({
    kind: "not-applicable",
    why: "no access point of this account leads to the bucket, and the bucket policy leaves nothing to any",
  });
});

test.each<{ name: string; point: Partial<AccessPoint>; baseline?: object }>([
  { name: "without a policy", point: {} },
  { name: "for its own account", point: { policy: own, isPublic: present(false) } },
  { name: "for a service", point: { policy: to({ Service: "datasync.amazonaws.com" }) } },
  {
    name: "for everyone of one organization",
    point: {
      policy: policyOf({
        ...allow,
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
      }),
    },
  },
  {
    name: "for a service on behalf of its own account, whatever else it names",
    point: {
      policy: policyOf({
        ...allow,
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": `arn:aws:cloudfront::${partner}:distribution/*` },
        },
      }),
    },
  },
  {
    name: "for an identity provider of no account",
    point: { policy: to({ Federated: "cognito-identity.amazonaws.com" }) },
  },
  { name: "of a VPC, where one is wanted", point: { origin: "VPC" }, baseline: { origin: "vpc" } },
  { name: "of a VPC for everyone, which is not public", point: { origin: "VPC", policy: to("*") } },
  {
    name: "for an account that the baseline knows",
    point: { policy: to({ AWS: `arn:aws:iam::${partner}:root` }) },
    baseline: { accounts: [partner] },
  },
])("clean: an access point $name", ({ point, baseline = {} }) => {
  expect(look([pointOf(point)], { baseline })).toEqual({
    kind: "compliant",
    evidence: "reader: public access is blocked, and policies let in known accounts only",
  });
});

const everyone =
  "has a policy whose statement 1 is public: it allows everyone, and no condition limits that to fixed values";

test.each<{ name: string; point: Partial<AccessPoint>; baseline?: object; fault: string }>([
  {
    name: "with a hole in its block",
    point: { publicAccessBlock: open },
    fault: "lacks IgnorePublicAcls, BlockPublicPolicy in its public access block",
  },
  { name: "with a public policy", point: { policy: to("*") }, fault: everyone },
  { name: "with the same in other words", point: { policy: to({ AWS: ["*"] }) }, fault: everyone },
  {
    name: "that S3 calls public, whatever we think",
    point: { policy: own, isPublic: present(true) },
    fault: "has a policy that S3 calls public",
  },
  {
    name: "for another account",
    point: { policy: to({ AWS: partner }) },
    fault: `has a policy that lets in ${partner}`,
  },
  {
    name: "for a role of another account, in a VPC",
    point: { origin: "VPC", policy: to({ AWS: `arn:aws:iam::${partner}:role/loader` }) },
    fault: `has a policy that lets in ${partner}`,
  },
  {
    name: "for a service on behalf of another account",
    point: {
      policy: policyOf({
        ...allow,
        Principal: { Service: "cloudfront.amazonaws.com" },
        Condition: {
          ArnLike: { "AWS:SourceArn": `arn:aws:cloudfront::${partner}:distribution/*` },
        },
      }),
    },
    fault: `has a policy that lets in ${partner}`,
  },
  {
    name: "for everyone of another account, in a VPC",
    point: {
      origin: "VPC",
      policy: policyOf({
        ...allow,
        Principal: "*",
        Condition: { StringEquals: { "aws:PrincipalAccount": ["111122223333", partner] } },
      }),
    },
    fault: `has a policy that lets in ${partner}`,
  },
  {
    name: "for everyone whose role is of another account, in a VPC",
    point: {
      origin: "VPC",
      policy: policyOf({
        ...allow,
        Principal: "*",
        Condition: { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${partner}:role/loader` } },
      }),
    },
    fault: `has a policy that lets in ${partner}`,
  },
  {
    name: "for an identity provider of another account",
    point: { policy: to({ Federated: `arn:aws:iam::${partner}:saml-provider/corp` }) },
    fault: `has a policy that lets in ${partner}`,
  },
  {
    name: "of the Internet, where a VPC is wanted",
    point: {},
    baseline: { origin: "vpc" },
    fault: "can be reached from outside of a VPC (its origin is Internet)",
  },
  {
    name: "of an origin that nobody knows, where a VPC is wanted",
    point: { origin: "Satellite" },
    baseline: { origin: "vpc" },
    fault: "can be reached from outside of a VPC (its origin is Satellite)",
  },
])("drifted: an access point $name is told, and nothing is written", (row) => {
  const assessment = look([pointOf(row.point)], { baseline: row.baseline ?? {} });
  expect(assessment).toEqual({
    kind: "drift",
    summary: `the access point reader ${row.fault}`,
    allowance: { mode: "report-only", why },
    intents: [],
  });
  const readings = { accessPoints: present([pointOf(row.point)]), policy: absent };
  const situation = { baseline: { "access-points": row.baseline ?? {} }, asked: true };
  expect(repair(accessPoints, readings, situation)).toMatchObject({
    written: [],
    held: [{ control: "access-points", kind: "flagged", why }],
    writtenAgain: [],
  });
});

test("all that are wrong are named with all that is wrong, and the sound one is not", () => {
  const points = [
    pointOf({ name: "first", publicAccessBlock: open, policy: to("*") }),
    pointOf({ name: "second" }),
    pointOf({ name: "third", policy: to({ AWS: partner }) }),
  ];
  expect(look(points)).toMatchObject({
    summary: `the access point first lacks IgnorePublicAcls, BlockPublicPolicy in its public access block, and ${everyone}; the access point third has a policy that lets in ${partner}`,
  });
});

test.each<{ name: string; point: Partial<AccessPoint>; doubt: string }>([
  {
    name: "a policy that IAM does not define",
    point: { policy: present({ text: "[]" }) },
    doubt: 'has a policy that IAM does not define (the first character of a policy must be "{")',
  },
  {
    name: "a block of which S3 does not speak",
    point: { publicAccessBlock: absent },
    doubt: "has a public access block of which S3 does not speak",
  },
])("in doubt: $name", ({ point, doubt }) => {
  expect(look([pointOf(point)])).toEqual({
    kind: "undecided",
    why: `the access point reader ${doubt}`,
  });
});

const delegate = {
  Effect: "Allow",
  Principal: { AWS: "*" },
  Action: "*",
  Resource: ["arn:aws:s3:::invoices", "arn:aws:s3:::invoices/*"],
};
const delegating = (...conditions: readonly object[]) =>
  policyOf(...conditions.map((condition) => ({ ...delegate, Condition: condition })));
const account = (...ids: readonly string[]) => ({
  StringEquals: { "s3:DataAccessPointAccount": ids },
});

test("a bucket policy that leaves all to access points says so, for the grants are there", () => {
  const policy = delegating(account("111122223333"));
  const note = "the bucket policy leaves grants to access points of this account (statement 1)";
  expect(look([], { policy })).toEqual({
    kind: "compliant",
    evidence: `no access point of this account leads to the bucket; ${note}`,
  });
  expect(look([pointOf()], { policy })).toEqual({
    kind: "compliant",
    evidence: `reader: public access is blocked, and policies let in known accounts only; ${note}`,
  });
});

test("of the accounts that one condition names, only those count that every other one leaves", () => {
  const arns = { ArnLike: { "s3:DataAccessPointArn": arnOf("111122223333") } };
  const both = { ...account("111122223333", partner), ...arns };
  const neither = { ...account(partner), ...arns };
  expect(look([], { policy: delegating(both, neither) })).toMatchObject({
    kind: "compliant",
    evidence: expect.stringMatching(
      /leaves grants to access points of this account .statement 1.$/,
    ),
  });
});

const arnOf = (id: string) => `arn:aws:s3:*:${id}:accesspoint/*`;

test.each([
  { name: "by account", condition: account("111122223333", partner) },
  { name: "in small letters", condition: { StringLike: { "S3:dataaccesspointaccount": partner } } },
  { name: "by ARN", condition: { ArnLike: { "s3:DataAccessPointArn": arnOf(partner) } } },
  {
    name: "by account and origin",
    condition: {
      StringEquals: { "s3:AccessPointNetworkOrigin": "VPC", "s3:DataAccessPointAccount": partner },
    },
  },
])(
  "grants left to another account are drift, and a note where the baseline knows it ($name)",
  (row) => {
    const policy = delegating(row.condition);
    expect(look([], { policy })).toMatchObject({
      kind: "drift",
      summary: expect.stringContaining(
        `the bucket policy leaves grants to access points of ${partner} (statement 1)`,
      ),
    });
    expect(look([], { policy, baseline: { accounts: [partner] } })).toMatchObject({
      kind: "compliant",
      evidence: expect.stringContaining(
        `access points of ${partner}, which cannot be listed from here (statement 1)`,
      ),
    });
  },
);

test.each([
  {
    name: "a wildcard for the account",
    condition: { ArnLike: { "s3:DataAccessPointArn": arnOf("*") } },
  },
  {
    name: "a wildcard in the account",
    condition: { StringLike: { "s3:DataAccessPointAccount": "4444*" } },
  },
  {
    name: "all accounts but one",
    condition: { StringNotEquals: { "s3:DataAccessPointAccount": partner } },
  },
  {
    name: "requests without an access point as well",
    condition: { StringEqualsIfExists: { "s3:DataAccessPointAccount": "111122223333" } },
  },
  {
    name: "any access point of a VPC",
    condition: { StringEquals: { "s3:AccessPointNetworkOrigin": "VPC" } },
  },
])("grants left to $name cannot be judged from here", ({ condition }) => {
  expect(look([pointOf()], { policy: delegating(account("111122223333"), condition) })).toEqual({
    kind: "undecided",
    why: "the bucket policy leaves grants to access points of any account, which cannot be listed (statement 2)",
  });
});

test.each([
  {
    name: "a Deny for all but access points",
    statement: {
      ...delegate,
      Effect: "Deny",
      Condition: { StringNotEquals: { "s3:DataAccessPointAccount": partner } },
    },
  },
  {
    name: "an Allow that is called so",
    statement: { ...delegate, Sid: "DelegateToAccessPoints", Principal: { AWS: "111122223333" } },
  },
])("$name leaves nothing to access points", ({ statement }) => {
  expect(look([], { policy: policyOf(statement) }).kind).toBe("not-applicable");
});

test("a doubt about the bucket policy stands behind a fault", () => {
  const points = [pointOf({ publicAccessBlock: open })];
  expect(look(points, { policy: present({ text: "[]" }) })).toMatchObject({
    kind: "drift",
    summary: expect.stringMatching(/block; the bucket policy is not one that IAM defines/),
  });
});

test.each(unreadRows(accessPoints))(
  "$facet unread ($reason) is not judged",
  ({ facet, reason }) => {
    const readings = { accessPoints: present([]), policy: absent, [facet]: unknown(reason) };
    expect(judge(accessPoints, readings)).toEqual(unread(facet, reason));
  },
);
