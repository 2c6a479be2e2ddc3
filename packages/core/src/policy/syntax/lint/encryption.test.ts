import { expect, test } from "vitest";
import { parse } from "../parse.ts";

const sse = "s3:x-amz-server-side-encryption";
const keyId = `${sse}-aws-kms-key-id`;
const put = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::b/*",
};
const algorithm = "kms.unknown-algorithm-value";

/** `code: did you mean` of everything that is reported about such statements. */
function advice(...statements: readonly object[]): readonly string[] {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return parse(text).diagnostics.map(({ code, didYouMean }) =>
    didYouMean === undefined ? code : `${code}: ${didYouMean}`,
  );
}

const breaks = "kms.breaks-default-encryption";
const open = "kms.key-not-pinned";
const dsse = "kms.denies-dsse: aws:kms:dsse";
const forcing = (Condition: object, change: object = {}) => ({ ...put, Condition, ...change });
const kms = { StringNotEquals: { [sse]: "aws:kms" } };
const both = { StringNotEquals: { [sse]: ["aws:kms", "aws:kms:dsse"] } };

test.each<readonly [string, readonly object[], readonly string[]]>([
  ["in a Deny of uploads", [forcing(kms)], [breaks, open, dsse]],
  ["in an Allow", [forcing(kms, { Effect: "Allow" })], []],
  ["in a Deny of reading", [forcing(kms, { Action: "s3:GetObject" })], []],
  [
    "in a Deny of uploads and more",
    [forcing(kms, { Action: ["s3:GetObject", "s3:PutObject"] })],
    [breaks, open, dsse],
  ],
  [
    "in a Deny of all but reading",
    [forcing(kms, { Action: undefined, NotAction: "s3:GetObject" })],
    [breaks, open, dsse],
  ],
  [
    "in a Deny of all but uploads",
    [forcing(kms, { Action: undefined, NotAction: "s3:PutObject" })],
    [],
  ],
  [
    "beside a statement that pins the key",
    [forcing(both), forcing({ StringNotEqualsIfExists: { [keyId]: "k" } })],
    [breaks],
  ],
  ["by the wrong way round", [forcing({ StringEquals: { [sse]: "aws:kms" } })], []],
  ["of another kind", [forcing({ StringNotEquals: { [sse]: "AES256" } })], [breaks]],
  [
    "by a pattern of both kinds",
    [forcing({ StringNotLike: { [sse]: "aws:kms*" } })],
    [breaks, open],
  ],
  [
    "by a pattern of one kind",
    [forcing({ StringNotLike: { [sse]: "aws:kms" } })],
    [breaks, open, dsse],
  ],
  [
    "by an operator in another case",
    [forcing({ stringnotequals: { [sse]: "aws:kms" } })],
    ["policy.operator-case: StringNotEquals"],
  ],
  ["where the header has to be missing", [forcing({ Null: { [sse]: "true" } })], [breaks]],
  [
    "where the header is there or missing",
    [forcing({ Null: { [sse]: ["true", "false"] }, ...both })],
    [breaks, breaks, open],
  ],
  ["where the header has to be there", [forcing({ Null: { [sse]: "false" }, ...both })], [open]],
  [
    "where one header at least is another",
    [forcing({ "ForAnyValue:StringNotEquals": { [sse]: ["aws:kms", "aws:kms:dsse"] } })],
    [open],
  ],
  ["where the header is called true", [forcing({ StringEquals: { [sse]: "true" } })], [algorithm]],
  [
    "where the header is called false",
    [forcing({ StringEquals: { [sse]: "false" }, ...both })],
    [algorithm, breaks, open],
  ],
])("SSE-KMS forced %s", (_what, statements, expected) => {
  expect(advice(...statements)).toEqual(expected);
});
