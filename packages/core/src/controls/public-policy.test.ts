import { expect, test } from "vitest";
import { argumentsOf, commandIn } from "../../../../test/controls/command-line.ts";
import {
  allBlocked,
  bucket,
  judge,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { PublicAccessBlock } from "../model/facets.ts";
import { absent, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { publicPolicy } from "./public-policy.ts";

const arn = "arn:aws:s3:::invoices";
const read = { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: `${arn}/*` };
const account = "111122223333";

const unblocked = { publicAccessBlock: absent, accountPublicAccess: absent };
const asking = { baseline: { "account-public-access": { organizationPolicy: "read" } } };

const compliant: Assessment = {
  kind: "compliant",
  evidence: "no statement of the policy is public",
};
const everyone = "it allows everyone, and no condition limits that to fixed values";

test("without a policy nothing is public", () => {
  expect(judge(publicPolicy, { policy: absent, ...unblocked })).toEqual({
    kind: "compliant",
    evidence: "there is no policy",
  });
});

test.each<{ name: string; statements: readonly object[] }>([
  { name: "for one account", statements: [{ ...read, Principal: { AWS: account } }] },
  { name: "for a service", statements: [{ ...read, Principal: { Service: "s3.amazonaws.com" } }] },
  { name: "that denies everyone", statements: [{ ...read, Effect: "Deny" }] },
  {
    name: "called PublicRead for one role",
    statements: [
      { ...read, Sid: "PublicRead", Principal: { AWS: `arn:aws:iam::${account}:role/app` } },
    ],
  },
  {
    name: "for everyone of one organization",
    statements: [
      { ...read, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } },
    ],
  },
])("a policy $name is compliant, with a block or without", ({ statements }) => {
  const policy = policyOf(...statements);
  expect(judge(publicPolicy, { policy, ...unblocked })).toEqual(compliant);
  expect(judge(publicPolicy, { policy, ...unblocked, publicAccessBlock: allBlocked })).toEqual(
    compliant,
  );
});

function drift(found: string, witness: string | undefined): Assessment {
  return {
    kind: "drift",
    summary: `${found}; it is in force`,
    ...(witness === undefined ? {} : { witness }),
    allowance: {
      mode: "report-only",
      why: "only the owners know whom a public statement is for",
      command: expect.stringContaining("put-public-access-block"),
    },
    intents: [],
  };
}

const byAnybody = `anybody may call s3:GetObject on ${arn}/example.txt`;

test.each<{ name: string; statements: readonly object[]; found: string; witness?: string }>([
  {
    name: "for everyone",
    statements: [{ ...read, Sid: "Downloads" }],
    found: `statement 1 (Downloads) is public: ${everyone}`,
    witness: byAnybody,
  },
  {
    name: "for everyone, in a list",
    statements: [{ ...read, Principal: { AWS: [account, "*"] } }],
    found: `statement 1 is public: ${everyone}`,
    witness: byAnybody,
  },
  {
    name: "called PrivateRead behind one that is private",
    statements: [
      { ...read, Principal: { AWS: account } },
      { ...read, Sid: "PrivateRead" },
    ],
    found: `statement 2 (PrivateRead) is public: ${everyone}`,
    witness: byAnybody,
  },
  {
    name: "that a Deny takes back, which S3 does not count",
    statements: [read, { ...read, Effect: "Deny" }],
    found: `statement 1 is public: ${everyone}`,
  },
])("a policy $name is drift, which only people can repair", ({ statements, found, witness }) => {
  const policy = policyOf(...statements);
  const open = { policy, ...unblocked };
  expect(judge(publicPolicy, open)).toEqual(drift(found, witness));
  expect(repair(publicPolicy, open, { asked: true })).toMatchObject({
    written: [],
    held: [{ control: "public-policy", kind: "flagged" }],
    writtenAgain: [],
  });
});

test.each<{ name: string; off: Partial<PublicAccessBlock>; now: string }>([
  { name: "complete", off: {}, now: "RestrictPublicBuckets still keeps strangers out" },
  {
    name: "complete but for new policies",
    off: { blockPublicPolicy: false },
    now: "RestrictPublicBuckets still keeps strangers out",
  },
  {
    name: "without RestrictPublicBuckets",
    off: { restrictPublicBuckets: false },
    now: "it is in force",
  },
])("under a block that is $name people hear: $now", ({ off, now }) => {
  const publicAccessBlock = present({ ...allBlocked.value, ...off });
  const assessment = judge(publicPolicy, {
    policy: policyOf(read),
    ...unblocked,
    publicAccessBlock,
  });
  expect(assessment).toMatchObject({ summary: expect.stringMatching(`; ${now}$`) });
  expect(commandIn(assessment) === undefined).toBe(now.startsWith("Restrict"));
});

test.each([
  { who: "the account", accountPublicAccess: allBlocked, organizationPublicAccess: absent },
  {
    who: "the organization",
    accountPublicAccess: absent,
    organizationPublicAccess: present("all" as const),
  },
] as const)("a block of $who keeps strangers out as well", ({ who: _, ...around }) => {
  const readings = { policy: policyOf(read), publicAccessBlock: absent, ...around };
  expect(judge(publicPolicy, readings, asking)).toMatchObject({
    summary: expect.stringMatching(/; RestrictPublicBuckets still keeps strangers out$/),
  });
});

test("a policy that IAM does not define is undecided", () => {
  const readings = { policy: present({ text: "[]" }), ...unblocked };
  expect(judge(publicPolicy, readings)).toEqual({
    kind: "undecided",
    why: expect.stringMatching(/^the bucket policy is not one that IAM defines/),
  });
});

test("the command is one that a shell takes as it is, and it names the bucket", () => {
  const open = { policy: policyOf(read), ...unblocked };
  expect(argumentsOf(commandIn(judge(publicPolicy, open, { on: bucket("my.site") })))).toEqual([
    "aws",
    "s3api",
    "put-public-access-block",
    "--bucket",
    "my.site",
    "--expected-bucket-owner",
    "111122223333",
    "--public-access-block-configuration",
    "BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true",
  ]);
});

test.each(unreadRows(publicPolicy))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const known = { policy: absent, ...unblocked, organizationPublicAccess: absent };
  const readings = { ...known, [facet]: unknown(reason) };
  expect(judge(publicPolicy, readings, asking)).toEqual(unread(facet, reason));
});
