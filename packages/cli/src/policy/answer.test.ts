import { expect, test } from "vitest";
import { checkLine, fixLine } from "./answer.ts";

const deny = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::photos", "arn:aws:s3:::photos/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function policyOf(...statements: readonly object[]): object {
  return { Version: "2012-10-17", Statement: statements };
}

function lineOf(members: object): string {
  return JSON.stringify({ id: "7", bucket: "photos", guarantee: "ssl-only", ...members });
}

test.each([
  { name: "a policy as an object", members: { policy: policyOf(deny) }, verdict: "proven" },
  {
    name: "a policy as text",
    members: { policy: JSON.stringify(policyOf(deny)) },
    verdict: "proven",
  },
  { name: "no policy", members: { policy: null }, verdict: "refuted" },
  { name: "no member policy", members: {}, verdict: "refuted" },
  {
    name: "a half Deny",
    members: { policy: policyOf({ ...deny, Resource: "arn:aws:s3:::photos/*" }) },
    verdict: "refuted",
  },
  {
    name: "an operator that nobody knows",
    members: {
      policy: policyOf({ ...deny, Condition: { Boole: { "aws:SecureTransport": "false" } } }),
    },
    verdict: "undecided",
  },
  {
    name: "an element that IAM does not know",
    members: { policy: policyOf({ ...deny, Conditions: {} }) },
    verdict: "invalid",
  },
  { name: "text that is no JSON", members: { policy: "{" }, verdict: "invalid" },
  {
    name: "the bucket of another partition",
    members: { policy: policyOf(deny), partition: "aws-cn" },
    verdict: "refuted",
  },
])("check: $name is $verdict", ({ members, verdict }) => {
  expect(checkLine(lineOf(members))).toMatchObject({ id: "7", verdict });
});

test("a refutation shows the request that slips through, and says it in words", () => {
  const policy = policyOf({ ...deny, Resource: "arn:aws:s3:::photos/*" });
  expect(checkLine(lineOf({ policy }))).toMatchObject({
    witness: {
      principal: { kind: "anonymous" },
      action: "s3:ListBucket",
      resource: "arn:aws:s3:::photos",
      context: { "aws:SecureTransport": ["false"] },
    },
    reason: "anonymous may call s3:ListBucket on arn:aws:s3:::photos over plain HTTP",
    diagnostics: [{ code: "tls.bucket-resource-missing" }],
  });
});

test.each([
  { name: "no JSON", line: "garbage", id: "", says: "line: it is not JSON" },
  { name: "an array", line: "[]", id: "", says: "line" },
  { name: "no bucket", line: '{"id":3,"guarantee":"ssl-only"}', id: "3", says: "line.bucket" },
  { name: "no guarantee", line: '{"id":"a","bucket":"photos"}', id: "a", says: "line.guarantee" },
  {
    name: "an unknown guarantee",
    line: lineOf({ guarantee: "tls" }),
    id: "7",
    says: 'guarantee: "tls" is not a guarantee',
  },
  {
    name: "a parameter that the guarantee does not take",
    line: lineOf({ params: { minimum: "1.3" } }),
    id: "7",
    says: "guarantee ssl-only, parameter minimum",
  },
  {
    name: "a bad parameter",
    line: lineOf({ guarantee: "tls-minimum", params: { minimum: "1.4" } }),
    id: "7",
    says: "guarantee tls-minimum, parameter minimum",
  },
])("a line with $name is answered as invalid, with the place", ({ line, id, says }) => {
  const answer = checkLine(line);
  expect(answer).toMatchObject({ id, verdict: "invalid" });
  expect(answer.reason).toContain(says);
  expect(fixLine(line)).toMatchObject({ id, changed: false, refused: { code: "invalid-line" } });
});

test("fix gives back what it got: text for text, an object for an object", () => {
  const half = policyOf({ ...deny, Resource: "arn:aws:s3:::photos/*" });
  const fromObject = fixLine(lineOf({ policy: half }));
  expect(fromObject).toMatchObject({
    id: "7",
    changed: true,
    policy: { Statement: [{ Effect: "Deny" }, { Sid: "BucketWardenSslOnly" }] },
  });
  const fromText = fixLine(lineOf({ policy: JSON.stringify(half) }));
  expect(JSON.parse(String(fromText.policy))).toEqual(fromObject.policy);
  expect(checkLine(lineOf({ policy: fromText.policy }))).toMatchObject({ verdict: "proven" });
});

test("fix leaves alone what gives the guarantee, and says why it refuses the rest", () => {
  expect(fixLine(lineOf({ policy: policyOf(deny) }))).toEqual({ id: "7", changed: false });
  expect(fixLine(lineOf({ policy: "{" }))).toMatchObject({
    changed: false,
    refused: { code: "invalid-policy" },
  });
});
