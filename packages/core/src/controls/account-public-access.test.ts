import { expect, test } from "vitest";
import {
  allBlocked,
  judge,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { PublicAccessBlock } from "../model/facets.ts";
import { absent, type Known, present } from "../model/reading.ts";
import type { Assessment } from "../model/verdict.ts";
import { accountPublicAccess } from "./account-public-access.ts";

const asking = { baseline: { "account-public-access": { organizationPolicy: "read" } } };
const ofAccount = "the public access block of the account turns on all four flags";
const intents = [{ document: "accountPublicAccess", kind: "block-account-public-access" }] as const;
const why = "it can cut off every public bucket of the account at once";

function drift(summary: string): Assessment {
  return { kind: "drift", summary, allowance: { mode: "approval", why }, intents };
}

function without(...flags: readonly (keyof PublicAccessBlock)[]) {
  const off = Object.fromEntries(flags.map((flag) => [flag, false]));
  return present<PublicAccessBlock>({ ...allBlocked.value, ...off, configuration: {} });
}

test("all four flags of the account are compliant", () => {
  const assessment = judge(accountPublicAccess, { accountPublicAccess: allBlocked });
  expect(assessment).toEqual({ kind: "compliant", evidence: ofAccount });
});

const drifted: readonly { name: string; block: Known<PublicAccessBlock>; summary: string }[] = [
  { name: "no block at all", block: absent, summary: "the account has no public access block" },
  {
    name: "old policies open",
    block: without("restrictPublicBuckets"),
    summary: "the public access block of the account lacks RestrictPublicBuckets",
  },
  {
    name: "ACLs open",
    block: without("blockPublicAcls", "ignorePublicAcls"),
    summary: "the public access block of the account lacks BlockPublicAcls, IgnorePublicAcls",
  },
];

test.each(drifted)("$name: nothing is written until a person asks", ({ block, summary }) => {
  const readings = { accountPublicAccess: block };
  expect(judge(accountPublicAccess, readings)).toEqual(drift(summary));
  const { written, held } = repair(accountPublicAccess, readings);
  expect(written).toEqual([]);
  expect(held).toMatchObject([{ control: "account-public-access", kind: "approval", why }]);
});

test.each(drifted)("$name: completed once a person asks, and done then", ({ block }) => {
  const readings = { accountPublicAccess: block };
  expect(repair(accountPublicAccess, readings, { asked: true })).toEqual({
    written: [{ document: "accountPublicAccess", after: allBlocked.value }],
    held: [],
    later: { kind: "compliant", evidence: ofAccount },
    writtenAgain: [],
  });
});

test("a member that nobody here knows stays", () => {
  const configuration = { BlockPublicAcls: true, FutureFlag: "kept" };
  const block = present({ ...without("blockPublicPolicy").value, configuration });
  const readings = { accountPublicAccess: block };
  expect(repair(accountPublicAccess, readings, { asked: true }).written).toMatchObject([
    { after: { configuration: { ...allBlocked.value.configuration, FutureFlag: "kept" } } },
  ]);
});

// https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_s3.html
test.each([{ block: absent }, { block: without("blockPublicAcls") }, { block: allBlocked }])(
  "a policy of the organization that blocks everything is enough ($block.state)",
  ({ block }) => {
    const readings = {
      accountPublicAccess: block,
      organizationPublicAccess: present("all" as const),
    };
    expect(judge(accountPublicAccess, readings, asking)).toEqual({
      kind: "compliant",
      evidence: "a policy of the organization turns on all four flags",
    });
  },
);

test("a policy of the organization that blocks nothing makes the account's block worthless", () => {
  const organizationPublicAccess = present("none" as const);
  const readings = { accountPublicAccess: allBlocked, organizationPublicAccess };
  expect(judge(accountPublicAccess, readings, asking)).toMatchObject({
    kind: "drift",
    summary: "a policy of the organization turns the public access block off",
    allowance: { mode: "blocked", needs: "a change of the S3 policy in AWS Organizations" },
  });
  const { written, held } = repair(accountPublicAccess, readings, { ...asking, asked: true });
  expect([written, held.map(({ kind }) => kind)]).toEqual([[], ["blocked"]]);
});

test("without a policy of the organization the account's own block counts", () => {
  const readings = { accountPublicAccess: allBlocked, organizationPublicAccess: absent };
  expect(judge(accountPublicAccess, readings, asking)).toEqual({
    kind: "compliant",
    evidence: ofAccount,
  });
});

test("the organization is not asked unless the baseline says so", () => {
  const readings = {
    accountPublicAccess: absent,
    organizationPublicAccess: present("all" as const),
  };
  expect(judge(accountPublicAccess, readings).kind).toBe("drift");
});

test.each(unreadRows(accountPublicAccess))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const known = { accountPublicAccess: allBlocked, organizationPublicAccess: absent };
  const readings = { ...known, [facet]: unknown(reason) };
  expect(judge(accountPublicAccess, readings, asking)).toEqual(unread(facet, reason));
});
