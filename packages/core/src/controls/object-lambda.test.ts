import { expect, test } from "vitest";
import { objectLambdaOf, plain, redact } from "../../../../test/controls/points.ts";
import {
  allBlocked,
  judge,
  policyOf,
  repair,
  unknown,
  unread,
  unreadRows,
} from "../../../../test/controls/readings.ts";
import type { ObjectLambda } from "../model/object-lambda.ts";
import { absent, present } from "../model/reading.ts";
import { objectLambda } from "./object-lambda.ts";

const listed = {
  "object-lambda": {
    allowed: [
      { name: "redacted", function: redact, supportingAccessPoint: plain },
      { name: "red*" },
    ],
  },
};

function look(points: readonly ObjectLambda[], baseline: object = listed) {
  return judge(objectLambda, { objectLambdas: present(points) }, { baseline });
}

const inventory = `redacted calls ${redact} before ${plain}`;
const why =
  "only the owners know which function is meant to see the objects, and the public access block of an access point is fixed when it is made";

function drift(summary: string): object {
  return { kind: "drift", summary, allowance: { mode: "report-only", why }, intents: [] };
}

test("clean: the evidence is an inventory", () => {
  expect(look([objectLambdaOf(), objectLambdaOf({ name: "red-2" })])).toEqual({
    kind: "compliant",
    evidence: `as the baseline lists them: ${inventory}; ${inventory.replace("redacted", "red-2")}`,
  });
});

test.each([
  { name: "by its very ARN", allowed: [{ name: "redacted", function: redact }] },
  { name: "by a pattern, for any version", allowed: [{ name: "*", function: `${redact}*` }] },
  { name: "by its name alone", allowed: [{ name: "redacted" }] },
])("listed in other words: $name", ({ allowed }) => {
  expect(look([objectLambdaOf()], { "object-lambda": { allowed } }).kind).toBe("compliant");
});

test.each([
  { name: "nothing", points: absent },
  { name: "an empty list", points: present([]) },
])("absent: $name", ({ points }) => {
  expect(judge(objectLambda, { objectLambdas: points })).toEqual({
    kind: "not-applicable",
    why: "there is no Object Lambda access point here",
  });
});

test("without a word in the baseline none is meant", () => {
  expect(look([objectLambdaOf()], {})).toEqual(drift("redacted is not listed in the baseline"));
});

const other = redact.replace("redact", "copy");
const foreign = redact.replace("111122223333", "444455556666");
const open = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3-object-lambda:GetObject",
  Resource: "*",
};
const partner = { ...open, Principal: { AWS: "444455556666" } };

test.each([
  {
    name: "the right name but another function",
    point: { transformations: [{ actions: ["GetObject"], functionArn: other }] },
    summary: `redacted calls ${other}, and the baseline lists ${redact}`,
  },
  {
    name: "the right name but another access point",
    point: { supportingAccessPoint: `${plain}-2` },
    summary: `redacted stands before ${plain}-2, and the baseline lists ${plain}`,
  },
  {
    name: "a public policy, as read here",
    point: { policy: policyOf(open), isPublic: present(false) },
    summary:
      "redacted has a policy whose statement 1 is public: it allows everyone, and no condition limits that to fixed values",
  },
  {
    name: "a policy that S3 calls public",
    point: { policy: policyOf({ ...open, Effect: "Deny" }), isPublic: present(true) },
    summary: "redacted has a policy that S3 calls public",
  },
  {
    name: "a policy for another account",
    point: { policy: policyOf(partner), isPublic: present(false) },
    summary: "redacted has a policy that lets in 444455556666",
  },
  {
    name: "flags that are off",
    point: { publicAccessBlock: present({ ...allBlocked.value, blockPublicPolicy: false }) },
    summary: "redacted lacks BlockPublicPolicy in its public access block",
  },
])("drifted: $name", ({ point, summary }) => {
  expect(look([objectLambdaOf(point)])).toEqual(drift(summary));
});

test("a function and an access point of another account are told, unless the baseline trusts it", () => {
  const point = objectLambdaOf({
    name: "red-2",
    supportingAccessPoint: plain.replace("111122223333", "444455556666"),
    transformations: [{ actions: ["GetObject"], functionArn: foreign }],
  });
  expect(look([point])).toEqual(
    drift(
      `red-2 calls a function of another account (${foreign}), and stands before an access point of another account (${point.supportingAccessPoint})`,
    ),
  );
  const trusting = { "object-lambda": { allowed: [{ name: "*" }], accounts: ["444455556666"] } };
  expect(look([point], trusting).kind).toBe("compliant");
});

const notable = objectLambdaOf({
  transformations: [{ actions: ["GetObject"], functionArn: redact }],
  allowedFeatures: ["GetObject-Range", "GetObject-PartNumber", "HeadObject-Range"],
  metricsEnabled: false,
});
const notes =
  "answers HeadObject-Range past its function, and hands GetObject-Range, GetObject-PartNumber to its function as parts, and has no CloudWatch metrics";

test("what is only worth knowing makes no drift, and is said beside it", () => {
  expect(look([notable])).toEqual({
    kind: "compliant",
    evidence: `as the baseline lists them: ${inventory}; redacted ${notes}`,
  });
  expect(look([notable], {})).toEqual(
    drift(`redacted is not listed in the baseline, and ${notes}`),
  );
});

test("a policy that IAM does not define is in doubt, and stays so beside drift", () => {
  const point = objectLambdaOf({ policy: present({ text: "[]" }), isPublic: present(false) });
  const doubt =
    'redacted has a policy that IAM does not define (the first character of a policy must be "{")';
  expect(look([point])).toEqual({ kind: "undecided", why: doubt });
  expect(look([point], {})).toEqual(drift(`redacted is not listed in the baseline; ${doubt}`));
});

// S3 promises one, and a later kind of transformation may do without.
test("a transformation without a function is in doubt, whatever the baseline says of functions", () => {
  const nameless = { transformations: [{ actions: ["GetObject", "HeadObject"] }] };
  const doubt = "redacted names no function for GetObject, HeadObject";
  for (const allowed of [[{ name: "redacted", function: redact }], [{ name: "redacted" }]]) {
    const assessment = look([objectLambdaOf(nameless)], { "object-lambda": { allowed } });
    expect(assessment).toEqual({ kind: "undecided", why: doubt });
  }
  expect(look([objectLambdaOf(nameless)], {})).toEqual(
    drift(`redacted is not listed in the baseline; ${doubt}`),
  );
});

test("one that transforms nothing hands out the objects as they are, which the baseline may not mean", () => {
  const bare = [objectLambdaOf({ transformations: [] })];
  expect(look(bare)).toEqual(drift(`redacted calls no function, and the baseline lists ${redact}`));
  expect(look(bare, { "object-lambda": { allowed: [{ name: "redacted" }] } })).toEqual({
    kind: "compliant",
    evidence: `as the baseline lists them: redacted calls no function before ${plain}`,
  });
});

test("it is only told, also when a person asks: nothing is ever written", () => {
  const readings = { objectLambdas: present([objectLambdaOf()]) };
  const repaired = repair(objectLambda, readings, { baseline: {}, asked: true });
  expect([repaired.written, repaired.writtenAgain]).toEqual([[], []]);
  expect(repaired.held.map(({ kind }) => kind)).toEqual(["flagged"]);
});

test.each(unreadRows(objectLambda))(
  "$facet unread ($reason) is not judged",
  ({ facet, reason }) => {
    expect(judge(objectLambda, { [facet]: unknown(reason) })).toEqual(unread(facet, reason));
  },
);
