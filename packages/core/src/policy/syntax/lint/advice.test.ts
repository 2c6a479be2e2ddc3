import { expect, test } from "vitest";
import { parse } from "../parse.ts";

const bucket = "arn:aws:s3:::b";
const overHttp = { Bool: { "aws:SecureTransport": "false" } };
const sse = "s3:x-amz-server-side-encryption";
const get = {
  Effect: "Allow",
  Principal: { AWS: "111122223333" },
  Action: "s3:GetObject",
  Resource: `${bucket}/*`,
};
const tls = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucket, `${bucket}/*`],
  Condition: overHttp,
};
const { Action: _action, ...tlsWithoutAction } = tls;
const { Resource: _resource, ...tlsWithoutResource } = tls;

/** `code: did you mean` of everything that is reported about such statements. */
function advice(...statements: readonly object[]): readonly string[] {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return parse(text).diagnostics.map(({ code, didYouMean }) =>
    didYouMean === undefined ? code : `${code}: ${didYouMean}`,
  );
}

const mismatch = "policy.action-resource-mismatch";

test.each<readonly [string, object, readonly string[]]>([
  [
    "all actions but one of objects, on the bucket",
    { ...get, Action: undefined, NotAction: "s3:GetObject", Resource: bucket },
    [],
  ],
  [
    "an action of objects on all but the bucket",
    { ...get, Resource: undefined, NotResource: bucket },
    [],
  ],
  ["no resource at all", { ...get, Resource: [] }, ["policy.empty-list"]],
  [
    "an action that no bucket policy sees, on everything",
    { ...get, Action: "s3:ListAllMyBuckets", Resource: "*" },
    [mismatch],
  ],
  ["an action of buckets on everything", { ...get, Action: "s3:ListBucket", Resource: "*" }, []],
  [
    "an action of buckets on an access point",
    {
      ...get,
      Action: "s3:ListBucket",
      Resource: "arn:aws:s3:eu-west-1:111122223333:accesspoint/a",
    },
    [],
  ],
  [
    "an action of objects on what a variable stands for",
    { ...get, Resource: "arn:aws:s3:::${aws:username}" },
    [],
  ],
  [
    "an action of buckets under any bucket",
    { ...get, Action: "s3:ListBucket", Resource: "*/a" },
    [mismatch, "policy.resource-not-arn"],
  ],
  [
    "an action of objects on a bucket without its ARN",
    { ...get, Resource: "b" },
    [mismatch, "policy.resource-not-arn"],
  ],
  [
    "an action of buckets on a folder in a folder",
    { ...get, Action: "s3:ListBucket", Resource: `${bucket}/a/b` },
    [`${mismatch}: ${bucket}`],
  ],
])("%s: %s", (_what, statement, expected) => {
  expect(advice(statement)).toEqual(expected);
});

test.each<readonly [string, object, string]>([
  ["an action of objects", { ...get, Resource: bucket }, "s3:GetObject applies to objects, and"],
  [
    "an action of buckets",
    { ...get, Action: "s3:ListBucket" },
    "s3:ListBucket applies to buckets, and",
  ],
  [
    "an action of neither",
    { ...get, Action: "s3:ListAllMyBuckets" },
    "applies to neither buckets nor objects, and",
  ],
  [
    "an action left out",
    { ...tlsWithoutAction, NotAction: "s3:PutObject" },
    "for example s3:PutObject",
  ],
  [
    "actions of tomorrow left out",
    { ...tlsWithoutAction, NotAction: "s3:ActionOfTheFutur?" },
    "for example actions that S3 does not have yet",
  ],
  ["the bucket left out", { ...tls, Resource: `${bucket}/*` }, "on the bucket itself open"],
  ["the objects left out", { ...tls, Resource: bucket }, "on objects open"],
])("about %s the words are right: %s", (_what, statement, words) => {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const messages = parse(text).diagnostics.map(({ message }) => message);
  expect(messages.join("; ")).toContain(words);
});

const unknown = "policy.unknown-operator";
const on = (operator: string, key: string, ...values: readonly string[]) => ({
  ...get,
  Condition: { [operator]: { [key]: values } },
});

test.each<readonly [string, string, string]>([
  ["StringLikes", unknown, "StringLike"],
  ["StringLikesIfExists", unknown, "StringLikeIfExists"],
  ["ForAllValues:StringLikes", unknown, "ForAllValues:StringLike"],
  ["IfExistsStringLike", unknown, ""],
  ["forallvalues:stringlike", "policy.operator-case", "ForAllValues:StringLike"],
  ["foranyvalue:stringlikeifexists", "policy.operator-case", "ForAnyValue:StringLikeIfExists"],
])("the operator %s: %s, %s is meant", (operator, code, meant) => {
  const expected = meant === "" ? code : `${code}: ${meant}`;
  expect(advice(on(operator, "aws:UserAgent", "x"))).toEqual([expected]);
});

const algorithm = "kms.unknown-algorithm-value";

test.each<readonly [string, object, readonly string[]]>([
  ["a variable stands for any text", on("StringEquals", sse, "${aws:PrincipalTag/x}"), []],
  [
    "a variable stands for no number",
    on("NumericEquals", "s3:max-keys", "${aws:PrincipalTag/x}"),
    ["policy.condition-value"],
  ],
  ["true and false may be texts", on("StringEquals", "aws:UserAgent", "true", "false"), []],
  [
    "the algorithms that S3 has",
    on("StringEquals", sse, "AES256", "aws:kms", "aws:kms:dsse", "aws:fsx", "aws:backup"),
    [],
  ],
  ["a pattern of algorithms", on("StringLike", sse, "aws:kms*"), []],
  ["a pattern where none is looked for", on("StringEquals", sse, "aws:*"), [algorithm]],
])("%s: %s", (_what, statement, expected) => {
  expect(advice(statement)).toEqual(expected);
});

test("in a document of 2008 a variable is a text like any other", () => {
  const statement = on("StringEquals", sse, "${aws:PrincipalTag/x}");
  const codes = parse(JSON.stringify({ Statement: [statement] })).diagnostics.map(
    ({ code }) => code,
  );
  expect(codes).toEqual([algorithm]);
});

test.each<readonly [string, object, readonly string[]]>([
  ["a variable in the resource", { ...get, Resource: `${bucket}/\${aws:username}/*` }, []],
  [
    "a placeholder within the name",
    { ...get, Resource: "arn:aws:s3:::my-<bucket>/*" },
    ["policy.placeholder"],
  ],
  [
    "all resources but what is no ARN",
    { ...tlsWithoutResource, NotResource: "b/*" },
    ["policy.resource-not-arn"],
  ],
])("%s: %s", (_what, statement, expected) => {
  expect(advice(statement)).toEqual(expected);
});

test.each<readonly [string, readonly object[], readonly string[]]>([
  ["an Allow over HTTP", [{ ...get, Condition: overHttp }], []],
  [
    "a text where a switch is meant",
    [
      {
        ...tls,
        Action: "s3:GetObject",
        Condition: { StringEquals: { "aws:SecureTransport": "false" } },
      },
    ],
    [],
  ],
  [
    "an action left out",
    [{ ...tlsWithoutAction, NotAction: "s3:PutObject" }],
    ["tls.action-too-narrow: s3:*"],
  ],
  [
    "the bucket left out by one and kept by another",
    [
      { ...tls, Resource: `${bucket}/*` },
      { ...tlsWithoutResource, NotResource: "arn:aws:s3:::c" },
    ],
    [],
  ],
  [
    "something without an ARN",
    [{ ...tls, Resource: ["b/*", bucket, `${bucket}/*`] }],
    ["policy.resource-not-arn"],
  ],
  [
    "objects of an access point",
    [
      {
        ...tls,
        Resource: [
          bucket,
          `${bucket}/*`,
          "arn:aws:s3:eu-west-1:111122223333:accesspoint/a/object/*",
        ],
      },
    ],
    [],
  ],
])("a statement about plain HTTP on %s", (_what, statements, expected) => {
  expect(advice(...statements)).toEqual(expected);
});
