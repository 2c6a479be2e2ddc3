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
import { publicAccessBlock } from "./public-access-block.ts";

/** Neither the account nor its organization blocks anything. */
const alone = { accountPublicAccess: absent };

const compliant: Assessment = {
  kind: "compliant",
  evidence: "all four flags of the public access block are on",
};

function drift(summary: string): Assessment {
  const intents = [{ document: "publicAccessBlock", kind: "block-public-access" }] as const;
  return { kind: "drift", summary, allowance: { mode: "automatic" }, intents };
}

function without(...flags: readonly (keyof PublicAccessBlock)[]) {
  const off = Object.fromEntries(flags.map((flag) => [flag, false]));
  return present<PublicAccessBlock>({ ...allBlocked.value, ...off, configuration: {} });
}

interface Row {
  readonly name: string;
  readonly block: Known<PublicAccessBlock>;
  readonly expected: Assessment;
}

const drifted: readonly Row[] = [
  {
    name: "no block at all",
    block: absent,
    expected: drift("the bucket has no public access block"),
  },
  {
    name: "no flag on",
    block: without(
      "blockPublicAcls",
      "ignorePublicAcls",
      "blockPublicPolicy",
      "restrictPublicBuckets",
    ),
    expected: drift(
      "the public access block lacks BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets",
    ),
  },
  {
    name: "new ACLs open",
    block: without("blockPublicAcls"),
    expected: drift("the public access block lacks BlockPublicAcls"),
  },
  {
    name: "old ACLs open",
    block: without("ignorePublicAcls"),
    expected: drift("the public access block lacks IgnorePublicAcls"),
  },
  {
    name: "new policies open",
    block: without("blockPublicPolicy"),
    expected: drift("the public access block lacks BlockPublicPolicy"),
  },
  {
    name: "old policies open, which is what matters most",
    block: without("restrictPublicBuckets"),
    expected: drift("the public access block lacks RestrictPublicBuckets"),
  },
];

test("all four flags on are compliant", () => {
  expect(judge(publicAccessBlock, { ...alone, publicAccessBlock: allBlocked })).toEqual(compliant);
});

test.each(drifted)("$name: drift, completed once and for all", ({ block, expected }) => {
  const readings = { ...alone, publicAccessBlock: block };
  expect(judge(publicAccessBlock, readings)).toEqual(expected);
  expect(repair(publicAccessBlock, readings)).toEqual({
    written: [{ document: "publicAccessBlock", after: allBlocked.value }],
    held: [],
    later: compliant,
    writtenAgain: [],
  });
});

test.each([
  { allowed: ["invoices"], mode: "approval" },
  { allowed: ["*-site"], mode: "automatic" },
])("where $allowed may be websites, closing invoices is $mode", ({ allowed, mode }) => {
  const assessment = judge(
    publicAccessBlock,
    { ...alone, publicAccessBlock: absent },
    { baseline: { website: { allowed } } },
  );
  expect(assessment).toMatchObject({ kind: "drift", allowance: { mode } });
});

test("a member that nobody here knows stays", () => {
  const configuration = { BlockPublicAcls: true, FutureFlag: "kept" };
  const block = present<PublicAccessBlock>({
    ...without("blockPublicPolicy").value,
    configuration,
  });
  const { written } = repair(publicAccessBlock, { ...alone, publicAccessBlock: block });
  expect(written).toMatchObject([
    { after: { configuration: { ...allBlocked.value.configuration, FutureFlag: "kept" } } },
  ]);
});

const byAccount: Assessment = {
  kind: "compliant",
  evidence: "all four flags are in force for the whole account",
};
const readsAll = { baseline: { "account-public-access": { organizationPolicy: "read" } } };
const ownOnly = { baseline: { "public-access-block": { level: "bucket" } } };

test.each([absent, without("restrictPublicBuckets")])(
  "what the account blocks need not be blocked again ($state)",
  (block) => {
    const readings = { publicAccessBlock: block, accountPublicAccess: allBlocked };
    expect(judge(publicAccessBlock, readings)).toEqual(byAccount);
    expect(repair(publicAccessBlock, readings).written).toEqual([]);
  },
);

test("of account and bucket the more restrictive counts, flag by flag", () => {
  const own = without("blockPublicAcls", "ignorePublicAcls");
  const account = (...flags: readonly (keyof PublicAccessBlock)[]) => ({
    publicAccessBlock: own,
    accountPublicAccess: without(...flags),
  });
  const covered = account("blockPublicPolicy", "restrictPublicBuckets");
  expect(judge(publicAccessBlock, covered)).toEqual(byAccount);
  const open = account("ignorePublicAcls");
  expect(judge(publicAccessBlock, open)).toEqual(
    drift("the public access block lacks IgnorePublicAcls"),
  );
  expect(repair(publicAccessBlock, open).written).toEqual([
    { document: "publicAccessBlock", after: allBlocked.value },
  ]);
});

test.each([
  { word: "all", account: absent, expected: byAccount },
  {
    word: "none",
    account: allBlocked,
    expected: drift("the bucket has no public access block"),
  },
] as const)("an S3 policy with $word stands in place of the account's block", (row) => {
  const { word, account, expected } = row;
  const around = { accountPublicAccess: account, organizationPublicAccess: present(word) };
  const readings = { publicAccessBlock: absent, ...around };
  expect(judge(publicAccessBlock, readings, readsAll)).toEqual(expected);
});

test("where the baseline wants the bucket's own block, the account's is not even read", () => {
  const readings = { publicAccessBlock: absent, accountPublicAccess: unknown("denied") };
  expect(judge(publicAccessBlock, readings, ownOnly)).toEqual(
    drift("the bucket has no public access block"),
  );
});

test.each(unreadRows(publicAccessBlock))("$facet unread ($reason) is not judged", (row) => {
  const { facet, reason } = row;
  const known = { ...alone, publicAccessBlock: allBlocked, organizationPublicAccess: absent };
  const readings = { ...known, [facet]: unknown(reason) };
  expect(judge(publicAccessBlock, readings, readsAll)).toEqual(unread(facet, reason));
});
