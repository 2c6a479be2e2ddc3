import { expect, test } from "vitest";
import type { RequestClass } from "../../guarantees/guarantee.ts";
import { parse } from "../../syntax/parse.ts";
import { closersOf, matchesCaller, matchesEveryCaller } from "./closers.ts";
import { deniesOf, type Model, modelOf } from "./model.ts";

const bucket = "arn:aws:s3:::b";
const ssl = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucket, `${bucket}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const http: RequestClass = {
  manner: "over plain HTTP",
  actions: "every",
  resources: "bucket-and-objects",
  callers: "everyone",
  where: [
    { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
    { operator: "StringEquals", key: "aws:UserAgent", values: ["curl"] },
  ],
  assuming: [],
};

function modelWith(change: object, requests = http, version = "2012-10-17"): Model {
  const parsed = parse(JSON.stringify({ Version: version, Statement: { ...ssl, ...change } }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  return modelOf({ bucket: "b", partition: "aws" }, requests, deniesOf(parsed.policy));
}

/** Whether the statement settles all requests to the bucket, and all to its objects. */
function closes(model: Model): readonly boolean[] {
  return (["bucket", "object"] as const).map(
    (target) => closersOf(model, target, { left: 100_000 }).length === 1,
  );
}

const condition = (operator: string, key: string, value: string) => ({
  Condition: { ...ssl.Condition, [operator]: { [key]: value, "aws:SecureTransport": "false" } },
});

test.each<readonly [string, object, boolean, boolean]>([
  ["the canonical statement", {}, true, true],
  ["one on the bucket", { Resource: [bucket, "arn:aws:s3:::c/*"] }, true, false],
  ["one on the objects", { Resource: `${bucket}/*` }, false, true],
  ["one pattern for both", { Resource: `${bucket}*` }, true, true],
  ["one on some objects", { Resource: `${bucket}/a*` }, false, false],
  ["one on objects with a slash at their end", { Resource: `${bucket}/*/` }, false, false],
  ["one on objects of another bucket", { Resource: "arn:aws:s3:::c/*" }, false, false],
  ["one with a wildcard within", { Resource: "arn:aws:s3:::?/*" }, false, false],
  ["one on everything", { Resource: "*" }, true, true],
  ["all but another bucket", { Resource: undefined, NotResource: "arn:aws:s3:::c" }, false, false],
  ["a variable in the resource", { Resource: "arn:aws:s3:::${aws:username}" }, false, false],
  ["some actions", { Action: "s3:Get*" }, false, false],
  [
    "all actions of another service left out",
    { Action: undefined, NotAction: "iam:*" },
    true,
    true,
  ],
  ["over TLS", { Condition: { Bool: { "aws:SecureTransport": "true" } } }, false, false],
  ["no condition at all", { Condition: undefined }, true, true],
  ["a key that is free", condition("StringNotEquals", "aws:Referer", "x"), false, false],
  ["a key that the class fixes", condition("StringEquals", "aws:UserAgent", "curl"), true, true],
  [
    "a key that the class fixes otherwise",
    condition("StringEquals", "aws:UserAgent", "x"),
    false,
    false,
  ],
  ["what the caller decides", condition("StringEquals", "aws:PrincipalType", "User"), true, true],
  ["the ARN of the caller", condition("StringLike", "aws:PrincipalArn", "*"), false, false],
  ["no ARN of the caller", condition("Null", "aws:PrincipalArn", "true"), false, false],
  [
    "the organization of the caller",
    condition("StringNotEqualsIfExists", "aws:PrincipalOrgID", ""),
    false,
    false,
  ],
])("%s settles the bucket: %s, its objects: %s", (_what, change, ofBucket, ofObjects) => {
  expect(closes(modelWith(change))).toEqual([ofBucket, ofObjects]);
});

test("named actions are settled when every one of them is covered", () => {
  const reading = { ...http, actions: ["s3:GetObject", "s3:GetObjectTagging"] } as const;
  expect(closes(modelWith({ Action: "s3:GetObject*" }, reading))).toEqual([true, true]);
  expect(closes(modelWith({ Action: "s3:GetObject" }, reading))).toEqual([false, false]);
});

test("a class without requests is not settled by a statement", () => {
  const none = { operator: "StringEquals", key: "aws:UserAgent", values: ["wget"] };
  const model = modelWith(condition("StringEquals", "aws:UserAgent", "curl"), {
    ...http,
    where: [...http.where, none],
  });
  expect(closes(model)).toEqual([false, false]);
});

test("without budget nothing is settled", () => {
  const model = modelWith(condition("StringEquals", "aws:UserAgent", "curl"));
  expect(closersOf(model, "bucket", { left: 0 })).toEqual([]);
});

const anonymous = { example: { kind: "anonymous" }, unnamed: false } as const;
const account = "111122223333";
const user = {
  example: { kind: "user", account, arn: `arn:aws:iam::${account}:user/ann` },
  unnamed: false,
} as const;
const isUser = { StringEquals: { "aws:PrincipalType": "User" } };

test.each<readonly [string, object, boolean, boolean, boolean]>([
  ["everyone", {}, true, true, true],
  ["everyone beside an account", { Principal: { AWS: [account, "*"] } }, true, true, true],
  ["an account", { Principal: { AWS: account } }, false, false, true],
  [
    "everyone but an account",
    { Principal: undefined, NotPrincipal: { AWS: account } },
    false,
    true,
    false,
  ],
  [
    "everyone but everyone",
    { Principal: undefined, NotPrincipal: { AWS: "*" } },
    false,
    false,
    false,
  ],
  ["users", { Condition: { ...ssl.Condition, ...isUser } }, false, false, true],
])("a statement about %s matches all: %s, anonymous: %s, a user: %s", (_who, change, ...found) => {
  const [deny] = modelWith(change).denies;
  if (deny === undefined) throw new Error("no statement");
  expect([
    matchesEveryCaller(deny),
    matchesCaller(deny, anonymous),
    matchesCaller(deny, user),
  ]).toEqual(found);
});
