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
  expect(judge(publicAccessBlock, { publicAccessBlock: allBlocked })).toEqual(compliant);
});

test.each(drifted)("$name: drift, completed once and for all", ({ block, expected }) => {
  const readings = { publicAccessBlock: block };
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
    { publicAccessBlock: absent },
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
  const { written } = repair(publicAccessBlock, { publicAccessBlock: block });
  expect(written).toMatchObject([
    { after: { configuration: { ...allBlocked.value.configuration, FutureFlag: "kept" } } },
  ]);
});

test.each(unreadRows(publicAccessBlock))("unread ($reason) is not judged", ({ facet, reason }) => {
  expect(judge(publicAccessBlock, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
});
