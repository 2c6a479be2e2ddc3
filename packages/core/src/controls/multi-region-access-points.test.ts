import { expect, test } from "vitest";
import { multiRegionOf } from "../../../../test/controls/points.ts";
import {
  allBlocked,
  judge,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { MultiRegionAccessPoint } from "../model/multi-region.ts";
import { absent, present } from "../model/reading.ts";
import { multiRegionAccessPoints } from "./multi-region-access-points.ts";

const trusting = { "multi-region-access-points": { accounts: ["444455556666"] } };

function look(points: readonly MultiRegionAccessPoint[], baseline: object = {}) {
  const readings = { multiRegionAccessPoints: present(points) };
  return judge(multiRegionAccessPoints, readings, { baseline });
}

const why =
  "the public access block of a Multi-Region Access Point is fixed when it is made, and only the owners know whom its policy is for";

function drift(summary: string): object {
  return { kind: "drift", summary, allowance: { mode: "report-only", why }, intents: [] };
}

const open = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3::111122223333:accesspoint/x.mrap/object/*",
};
const own = { ...open, Principal: { AWS: "arn:aws:iam::111122223333:role/reader" } };
const partner = { ...open, Principal: { AWS: "arn:aws:iam::444455556666:root" } };
const fenced = { ...open, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } };
const isOpen = "is public: it allows everyone, and no condition limits that to fixed values";

test.each([
  { name: "no policy", point: {} },
  { name: "a policy for its own account", point: { established: policyOf(own) } },
  { name: "everyone, but of one organization", point: { established: policyOf(fenced) } },
  { name: "on its way", point: { status: "CREATING", isPublic: absent } },
])("clean: $name", ({ point }) => {
  expect(look([multiRegionOf(point)])).toEqual({
    kind: "compliant",
    evidence:
      "everywhere: public access is blocked, and policies and buckets stay in known accounts",
  });
});

test.each([
  {
    name: "there is none",
    points: present([]),
    text: "the account has no Multi-Region Access Point",
  },
  {
    name: "it is not known where they are managed",
    points: absent,
    text: "where Multi-Region Access Points are managed is known for the partition aws only, so here they are not looked for",
  },
])("absent: $name", ({ points, text }) => {
  const assessment = judge(multiRegionAccessPoints, { multiRegionAccessPoints: points });
  expect(assessment).toEqual({ kind: "not-applicable", why: text });
});

test.each([
  {
    name: "flags that are off",
    point: {
      publicAccessBlock: present({
        ...allBlocked.value,
        blockPublicAcls: false,
        restrictPublicBuckets: false,
      }),
    },
    summary: "everywhere lacks BlockPublicAcls, RestrictPublicBuckets in its public access block",
  },
  {
    name: "a public policy that is through, told once",
    point: { established: policyOf(open), proposed: policyOf(open), isPublic: present(true) },
    summary: `everywhere has a policy whose statement 1 ${isOpen}`,
  },
  {
    name: "a public policy that is on its way",
    point: { established: policyOf(own), proposed: policyOf(open) },
    summary: `everywhere has a proposed policy whose statement 1 ${isOpen}`,
  },
  {
    name: "a policy for a role of another account",
    point: { established: policyOf(partner) },
    summary: "everywhere has a policy that lets in 444455556666",
  },
  {
    name: "a bucket of another account",
    point: {
      buckets: [
        { name: "invoices", region: "eu-west-1", account: "111122223333" },
        { name: "theirs", region: "us-east-1", account: "444455556666" },
        { name: "unsaid", region: "us-east-2" },
      ],
    },
    summary: "everywhere routes to the bucket theirs (us-east-1) of 444455556666",
  },
  {
    name: "a state that needs somebody",
    point: { status: "INCONSISTENT_ACROSS_REGIONS" },
    summary: "everywhere is INCONSISTENT_ACROSS_REGIONS",
  },
])("drifted: $name", ({ point, summary }) => {
  expect(look([multiRegionOf(point)])).toEqual(drift(summary));
});

test("an account that the baseline trusts may be let in, and may own buckets", () => {
  const point = multiRegionOf({
    established: policyOf(partner),
    buckets: [{ name: "theirs", region: "us-east-1", account: "444455556666" }],
  });
  expect(look([point], trusting).kind).toBe("compliant");
});

test("trust in an account is none in everyone", () => {
  const point = multiRegionOf({ established: policyOf(partner, open) });
  expect(look([point], trusting)).toEqual(
    drift(`everywhere has a policy whose statement 2 ${isOpen}`),
  );
});

test("several are told in one sentence, the bad ones by name", () => {
  const points = [
    multiRegionOf({ name: "one", publicAccessBlock: allBlocked }),
    multiRegionOf({ name: "two", status: "PARTIALLY_CREATED" }),
    multiRegionOf({ name: "three", established: policyOf(partner) }),
  ];
  expect(look(points)).toEqual(
    drift("two is PARTIALLY_CREATED; three has a policy that lets in 444455556666"),
  );
});

test("a public access block that S3 does not show is in doubt", () => {
  expect(look([multiRegionOf({ publicAccessBlock: absent })])).toEqual({
    kind: "undecided",
    why: "everywhere has a public access block of which S3 does not speak",
  });
});

test("a policy that IAM does not define is in doubt", () => {
  const point = multiRegionOf({ established: present({ text: '{"Statement":[]' }) });
  expect(look([point])).toMatchObject({
    kind: "undecided",
    why: expect.stringMatching(/^everywhere has a policy that IAM does not define \(/),
  });
});

test("it is only told, also when a person asks: nothing is ever written", () => {
  const readings = {
    multiRegionAccessPoints: present([multiRegionOf({ status: "PARTIALLY_CREATED" })]),
  };
  const repaired = repair(multiRegionAccessPoints, readings, { asked: true });
  expect([repaired.written, repaired.writtenAgain]).toEqual([[], []]);
  expect(repaired.held.map(({ kind }) => kind)).toEqual(["flagged"]);
});

test.each(unreadRows(multiRegionAccessPoints))(
  "$facet unread ($reason) is not judged",
  ({ facet, reason }) => {
    const assessment = judge(multiRegionAccessPoints, { [facet]: unknown(reason) });
    expect(assessment).toEqual(unread(facet, reason));
  },
);
