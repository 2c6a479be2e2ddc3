import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import type { Guarantee, OwnStatement } from "../guarantees/guarantee.ts";
import { ensure, ensureStatement } from "./ensure.ts";
import { ownedSids } from "./owned.ts";
import { remove } from "./remove.ts";

const where = { bucket: "b", partition: "aws" };
const sslOnly = guarantee("ssl-only", {}, where);
const foreign =
  '{ "Sid":"reader",\t"Effect" : "Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role\\/r"},"Action":["s3:GetObject"],"Resource":"arn:aws:s3:::b/*"}';

const everything: OwnStatement = {
  Sid: "BucketWardenNothing",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
};

test("statements that would lock out the owner are refused", () => {
  const closed: Guarantee = { ...sslOnly, statements: [everything], sids: [everything.Sid] };
  expect(ensure(undefined, closed)).toMatchObject({ kind: "refused", code: "locks-out-owner" });
});

const dead = "AROAJQABLZS4A3QDU576Q";
const foreignOf = (principal: object) =>
  `{"Effect":"Allow","Principal":${JSON.stringify(principal)},"Action":"s3:GetObject","Resource":"arn:aws:s3:::b/*"}`;
const spoiltBy = (principal: object) =>
  JSON.stringify({ ...sslOnly.statements[0], Principal: principal });

test.each([
  {
    name: "one that is named in a statement that goes does no harm",
    statements: [spoiltBy({ AWS: dead }), foreign],
    result: { kind: "changed" },
  },
  {
    name: "one that is named in a statement that stays, beside one that goes",
    statements: [spoiltBy({ AWS: "111122223333" }), foreignOf({ AWS: dead })],
    result: {
      code: "dead-principal",
      why: `statement 2 names ${dead}, a principal that was deleted; S3 would refuse the whole policy`,
    },
  },
  {
    name: "a statement is called by its Sid as well, if it has one",
    statements: [foreign.replace("arn:aws:iam::111122223333:role\\/r", dead)],
    result: {
      code: "dead-principal",
      why: `statement 1 (reader) names ${dead}, a principal that was deleted; S3 would refuse the whole policy`,
    },
  },
  {
    name: "the same letters as a canonical user id are none",
    statements: [foreignOf({ CanonicalUser: dead })],
    result: { kind: "changed" },
  },
])("deleted principals: $name", ({ statements, result }) => {
  const text = `{"Statement":[${statements.join(",")}]}`;
  expect(ensure(text, sslOnly)).toMatchObject(result);
});

const invalid = "the policy is not one that AWS would accept";

test.each([
  { text: "not json", why: `${invalid}: document:` },
  {
    text: `{"Statement":[${foreign.replace('"s3:GetObject"', "")},{"Effect":"deny"}]}`,
    why: `${invalid}: Statement[1]`,
  },
])("an invalid policy is refused with the place of its first error: $why", ({ text, why }) => {
  const refusals = [ensure(text, sslOnly), ensureStatement(text, everything)];
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ kind: "refused", code: "invalid-policy" });
    expect(refusal.kind === "refused" && refusal.why.startsWith(why)).toBe(true);
  }
  expect(remove(text, ["x"])).toMatchObject({ kind: "refused", code: "invalid-policy" });
  expect(ownedSids(text)).toEqual([]);
});

test.each<readonly [string, boolean, Partial<OwnStatement>]>([
  ["reading the policy", true, { Action: "s3:GetBucketPolicy" }],
  ["writing the policy", true, { Action: "s3:PutBucketPolicy" }],
  ["deleting the policy", true, { Action: "s3:DeleteBucketPolicy" }],
  [
    "anything, perhaps",
    true,
    { Condition: { StringNotLike: { "aws:PrincipalArn": "*/${aws:username}" } } },
  ],
  ["objects only", false, { Resource: "arn:aws:s3:::b/*" }],
  ["objects and the bucket", true, { Resource: ["arn:aws:s3:::b/logs/*", "arn:aws:s3:::b"] }],
  ["plain HTTP", false, { Condition: { StringNotEquals: { "aws:SecureTransport": "true" } } }],
  ["older TLS", false, { Condition: { NumericNotEquals: { "s3:TlsVersion": "1.3" } } }],
  ["old signatures", false, { Condition: { NumericNotEquals: { "s3:signatureAge": "500" } } }],
  ["presigned URLs", false, { Condition: { StringNotEquals: { "s3:authType": "REST-HEADER" } } }],
  [
    "whoever is no role",
    false,
    { Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } } },
  ],
  [
    "whoever has no account",
    false,
    { Condition: { StringNotLike: { "aws:PrincipalAccount": "????????????" } } },
  ],
  [
    "outsiders",
    false,
    {
      Condition: {
        Bool: { "aws:PrincipalIsAWSService": "false" },
        StringNotEquals: { "aws:PrincipalOrgID": "o-exampleorg1" },
      },
    },
  ],
])("a statement that denies %s locks out the owner: %s", (_what, locksOut, part) => {
  expect(ensureStatement(undefined, { ...everything, ...part })).toMatchObject(
    locksOut ? { kind: "refused", code: "locks-out-owner" } : { kind: "changed" },
  );
});

test("what others have locked already is not held against ours", () => {
  const { Sid: _sid, ...foreignDeny } = everything;
  const text = `{"Statement":[${JSON.stringify(foreignDeny)}]}`;
  const narrow = { ...everything, Resource: "arn:aws:s3:::b/*" };
  expect(ensureStatement(text, narrow)).toMatchObject({ kind: "changed" });
});
