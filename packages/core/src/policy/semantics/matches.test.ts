import { expect, test } from "vitest";
import { parse } from "../syntax/parse.ts";
import { matches } from "./evaluate.ts";
import type { Match } from "./matches.ts";
import type { Request } from "./request.ts";

const request: Request = {
  principal: { kind: "root", account: "111122223333" },
  action: "s3:GetObject",
  resource: "arn:aws:s3:::b/k",
  context: { "aws:SecureTransport": ["false"], "aws:TagKeys": ["x", "y"] },
};
const whole = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const { Principal: _principal, ...nobody } = whole;
const { Action: _action, ...nothing } = whole;
const { Resource: _resource, ...nowhere } = whole;
const http = { Bool: { "aws:SecureTransport": "false" } };
const when = (condition: object) => ({ ...whole, Condition: { ...http, ...condition } });
const second = { element: "condition", condition: 1 } as const;

test.each<readonly [string, object, Match]>([
  ["all parts match", when({}), { kind: "yes" }],
  [
    "another action",
    { ...whole, Action: "s3:PutObject" },
    { kind: "no", part: { element: "action" } },
  ],
  [
    "another resource",
    { ...whole, Resource: "arn:aws:s3:::b" },
    { kind: "no", part: { element: "resource" } },
  ],
  [
    "another caller",
    { ...whole, Principal: { AWS: "444455556666" } },
    { kind: "no", part: { element: "principal" } },
  ],
  [
    "no caller",
    { ...whole, Principal: { AWS: [] } },
    { kind: "no", part: { element: "principal" } },
  ],
  ["no action", { ...whole, Action: [] }, { kind: "no", part: { element: "action" } }],
  ["no resource", { ...whole, Resource: [] }, { kind: "no", part: { element: "resource" } }],
  [
    "a condition that fails",
    when({ Null: { "aws:TagKeys": "true" } }),
    { kind: "no", part: second },
  ],
  [
    "a part that fails after one that is in doubt",
    {
      ...when({ Null: { "aws:TagKeys": "true" } }),
      Resource: "arn:aws:s3:::${aws:PrincipalTag/x, '*'}",
    },
    { kind: "no", part: second },
  ],
  [
    "all actions but none",
    { ...nothing, NotAction: [] },
    { kind: "undecided", part: { element: "action" }, why: "it names no action at all" },
  ],
  [
    "all resources but none",
    { ...nowhere, NotResource: [] },
    { kind: "undecided", part: { element: "resource" }, why: "it names no resource at all" },
  ],
  [
    "a resource that nobody knows",
    { ...whole, Resource: "arn:aws:s3:::${aws:TagKeys}" },
    {
      kind: "undecided",
      part: { element: "resource" },
      why: "a policy variable in its resource has no certain value in this request",
    },
  ],
  [
    "a canonical user",
    { ...whole, Principal: { CanonicalUser: "79a5" } },
    {
      kind: "undecided",
      part: { element: "principal" },
      why: "a canonical user id does not say which account it stands for",
    },
  ],
  [
    "all callers but none",
    { ...nobody, NotPrincipal: { AWS: [] } },
    {
      kind: "undecided",
      part: { element: "principal" },
      why: "a canonical user id does not say which account it stands for",
    },
  ],
  [
    "an unknown operator",
    when({ Booool: { "aws:TagKeys": "x" } }),
    { kind: "undecided", part: second, why: "the operator Booool is not known" },
  ],
  [
    "no values",
    when({ StringNotEquals: { "aws:UserAgent": [] } }),
    {
      kind: "undecided",
      part: second,
      why: "StringNotEquals on aws:UserAgent has an empty list of values",
    },
  ],
  [
    "a variable that nobody knows",
    when({ StringNotEquals: { "aws:SecureTransport": ["x", "${aws:TagKeys}"] } }),
    {
      kind: "undecided",
      part: second,
      why: "a policy variable in StringNotEquals on aws:SecureTransport has no certain value in this request",
    },
  ],
  [
    "several values",
    when({ StringEquals: { "AWS:TagKeys": "x" } }),
    {
      kind: "undecided",
      part: second,
      why: "StringEquals on AWS:TagKeys has no set operator, but the request has several values",
    },
  ],
  [
    "a value of another type",
    when({ NumericNotEquals: { "s3:max-keys": "abc", "aws:SecureTransport": "abc" } }),
    {
      kind: "undecided",
      part: { element: "condition", condition: 2 },
      why: "what NumericNotEquals on aws:SecureTransport means for these values is not documented",
    },
  ],
])("%s", (_name, statement, match) => {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statement }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  const [first] = parsed.policy.statements;
  expect(first && matches(first, request, parsed.policy.version)).toEqual(match);
});
