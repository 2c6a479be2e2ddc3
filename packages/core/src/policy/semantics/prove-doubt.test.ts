import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import type { Guarantee, RequestClass } from "../guarantees/guarantee.ts";
import { parse } from "../syntax/parse.ts";
import { prove } from "./prove.ts";

const where = { bucket: "b", partition: "aws" };
const sslOnly = guarantee("ssl-only", {}, where);
const http = { Bool: { "aws:SecureTransport": "false" } };
const canonical = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
  Condition: http,
};
const { Principal: _principal, ...nobody } = canonical;
const { Resource: _resource, ...nothing } = canonical;

function also(
  condition: Record<string, Record<string, unknown>>,
  base: object = canonical,
): object {
  return { ...base, Condition: { ...http, ...condition } };
}

function judge(statements: readonly unknown[], promise: Guarantee = sslOnly): string {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  const proof = prove(parsed.policy, promise);
  switch (proof.kind) {
    case "proven":
      return "proven";
    case "refuted":
      return proof.sentence.replace(anObject, "an object");
    case "undecided":
      return `undecided: ${proof.why.replace(anObject, "an object")}`;
  }
}

const anObject = "arn:aws:s3:::b/example.txt over plain HTTP";
const unlikely = "undecided: only a request slips through that is unlikely to exist:";
const get = "may call s3:GetObject on an object";
const role = "arn:aws:iam::111122223333:role/team/ops";
const session = "arn:aws:sts::111122223333:assumed-role/ops/one";

test.each([
  {
    name: "what each of two statements leaves open the other one closes",
    statements: [
      also({ StringLike: { "aws:UserAgent": "curl/*" } }),
      also({ StringNotLike: { "aws:UserAgent": "curl/*" } }),
    ],
    answer: "proven",
  },
  {
    name: "a pattern of all ARNs of an account may miss its federated callers",
    statements: [
      {
        ...also({ StringLike: { "aws:PrincipalArn": "arn:aws:iam::1*" } }, nobody),
        Principal: { AWS: "111122223333" },
      },
      { ...nobody, NotPrincipal: { AWS: "111122223333" } },
    ],
    answer: `${unlikely} a caller federated by accounts.google.com ${get}`,
  },
  {
    name: "between two ranges there is a gap",
    statements: [
      also({ NumericLessThan: { "s3:signatureAge": "1000" } }),
      also({ NumericGreaterThanIfExists: { "s3:signatureAge": "1000" } }),
    ],
    answer: `the user arn:aws:iam::444455556666:user/alice ${get}, with s3:signatureAge = 1000`,
  },
  {
    name: "a tag that is compared as a number need not be one",
    statements: [
      also({ NumericLessThan: { "aws:PrincipalTag/level": "5" } }),
      also({ NumericGreaterThanEqualsIfExists: { "aws:PrincipalTag/level": "5" } }),
    ],
    answer: `the user arn:aws:iam::444455556666:user/alice ${get}, with aws:PrincipalTag/level = example`,
  },
  {
    name: "a negated comparison of a tag that is no number has no documented meaning",
    statements: [
      also({ NumericNotEquals: { "aws:PrincipalTag/level": "5" } }),
      also({ NumericEquals: { "aws:PrincipalTag/level": "5" } }),
    ],
    answer:
      "undecided: statement 1 is in doubt: what NumericNotEquals on aws:PrincipalTag/level means for these values is not documented",
  },
  {
    name: "a session of a role that is named as well escapes both exemptions",
    statements: [
      { ...nobody, NotPrincipal: { AWS: [session] } },
      { ...nobody, NotPrincipal: { AWS: [role] } },
    ],
    answer: `a session of the role ${role} ${get}`,
  },
  {
    name: "to name everybody of an account twice, as a user and as the rest, covers the account",
    statements: [
      { ...canonical, Principal: { AWS: "111122223333" } },
      { ...nobody, NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" } },
    ],
    answer: "proven",
  },
  {
    name: "the account that owns the bucket is not in its policy",
    statements: [also({ StringEquals: { "aws:ResourceAccount": "111122223333" } })],
    answer:
      "undecided: statement 1 is in doubt: aws:ResourceAccount follows from the bucket, about which the policy says nothing",
  },
  {
    name: "a key that does not exist has no value to slip through with",
    statements: [also({ StringNotEquals: { "aws:SecureTranport": "true" } })],
    answer: `${unlikely} anonymous ${get}, with aws:SecureTranport = true`,
  },
  {
    name: "a service key on a request of a person is unlikely",
    statements: [also({ StringNotEquals: { "aws:SourceAccount": "111122223333" } })],
    answer: `${unlikely} anonymous ${get}, with aws:SourceAccount = 111122223333`,
  },
  {
    name: "nobody sends a request in the past",
    statements: [also({ DateGreaterThan: { "aws:CurrentTime": "2024-01-01T00:00:00Z" } })],
    answer: `${unlikely} anonymous ${get}`,
  },
  {
    name: "a deadline in the future leaves what comes after it",
    statements: [also({ DateLessThan: { "aws:CurrentTime": "2030-01-01T00:00:00Z" } })],
    answer: `anonymous ${get}, with aws:CurrentTime = 2030-01-01T00:00:00.000Z`,
  },
  {
    name: "a variable in the resource proves nothing",
    statements: [{ ...canonical, Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/${aws:username}*"] }],
    answer:
      "undecided: statement 1 is in doubt: a policy variable in its resource depends on the request",
  },
  {
    name: "a statement in doubt does not matter beside one that settles it",
    statements: [
      also({ StringEquals: { "aws:UserAgent": "${aws:username}" } }),
      { ...canonical, Condition: { bool: { "aws:SecureTransport": "false" } } },
      canonical,
    ],
    answer: "proven",
  },
  {
    name: "a statement in doubt does not hide a slip that it cannot reach",
    statements: [
      { ...canonical, Resource: "arn:aws:s3:::b" },
      { ...canonical, Resource: "arn:aws:s3:::b/a/*", Condition: { bool: http.Bool } },
    ],
    answer: `anonymous ${get}`,
  },
  {
    name: "a canonical user id stands for an account, but which one is unknown",
    statements: [
      { ...canonical, Principal: { CanonicalUser: "79a59df900b949e55d96a1e698fbaced" } },
    ],
    answer: `anonymous ${get}`,
  },
  {
    name: "several values can fail two conditions by one value each",
    statements: [
      also({ "ForAllValues:StringLike": { "aws:TagKeys": "a*" } }),
      also({ "ForAllValues:StringNotLike": { "aws:TagKeys": "a*" } }),
    ],
    answer: `${unlikely} anonymous ${get}, with aws:TagKeys = a*`,
  },
  {
    name: "half an account number names no account",
    statements: [
      also({ StringLike: { "aws:PrincipalAccount": "1111*" } }),
      also({ StringNotLike: { "aws:PrincipalAccount": "1111*" } }),
    ],
    answer: `${unlikely} the user arn:aws:iam::444455556666:user/alice ${get}`,
  },
  {
    name: "ARNs of callers are told apart by wildcards",
    statements: [
      also({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } }),
      also({
        ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/a*", "arn:aws:iam::*:user/*"] },
      }),
    ],
    answer: `the user arn:aws:iam::444455556666:user/alice ${get}`,
  },
  {
    name: "an action of the future is not covered by a list of verbs",
    statements: [
      {
        ...canonical,
        Action: ["a", "b", "c", "d", "g", "h", "i", "l", "o", "p", "r", "t", "u"].map(
          (c) => `s3:${c}*`,
        ),
      },
    ],
    answer: "anonymous may call an action that S3 may yet add (s3:FutureAction) on an object",
  },
  {
    name: "an action that one statement spells out and another leaves out is no action of buckets",
    statements: [
      { ...canonical, Resource: "arn:aws:s3:::b/*" },
      {
        Effect: "Deny",
        Principal: "*",
        NotAction: "s3:GetObject",
        Resource: "arn:aws:s3:::b",
        Condition: http,
      },
    ],
    answer: "proven",
  },
  {
    name: "keys of one character, and all the others",
    statements: [
      { ...canonical, Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/?"] },
      { ...nothing, NotResource: ["arn:aws:s3:::b/?", "arn:aws:s3:::b/"] },
    ],
    answer: "proven",
  },
])("$name", ({ statements, answer }) => {
  expect(judge(statements)).toBe(answer);
});

test("in a document of 2008 a variable is plain text", () => {
  const text = JSON.stringify({
    Statement: [
      { ...canonical, Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/${x}"] },
      { ...nothing, NotResource: ["arn:aws:s3:::b/${x}"] },
    ],
  });
  const parsed = parse(text);
  expect(parsed.kind === "parsed" && prove(parsed.policy, sslOnly).kind).toBe("proven");
});

test("AWS services count when they are included", () => {
  const strict = guarantee("ssl-only", { services: "included" }, where);
  const exempting = [also({ BoolIfExists: { "aws:PrincipalIsAWSService": "false" } })];
  expect(judge(exempting)).toBe("proven");
  expect(judge(exempting, strict)).toBe(`the AWS service logging.s3.amazonaws.com ${get}`);
});

test("a service that slips past a pattern is one that there is", () => {
  const strict = guarantee("ssl-only", { services: "included" }, where);
  const statement = also({ StringNotLike: { "aws:PrincipalServiceName": "*.amazonaws.com" } });
  expect(judge([statement], strict)).toBe(
    "the AWS service logging.s3.amazonaws.com may call s3:GetObject on an object",
  );
});

test("a guarantee of one's own is a literal", () => {
  const noDeletes: Guarantee = {
    name: "no-deletes",
    sentence: "nobody but the lifecycle role deletes versions",
    ...where,
    mustDeny: [
      {
        manner: "as anyone but the lifecycle role",
        actions: ["s3:DeleteObjectVersion"],
        resources: "objects",
        callers: "everyone",
        where: [{ operator: "ArnNotLike", key: "aws:PrincipalArn", values: [role] }],
        assuming: [],
      },
    ],
    statements: [],
    sids: [],
  };
  const { Condition: _, ...always } = canonical;
  const statement = {
    ...always,
    Action: "s3:DeleteObject*",
    Condition: { ArnNotLike: { "aws:PrincipalArn": role } },
  };
  expect(judge([statement], noDeletes)).toBe("proven");
  expect(judge([canonical], noDeletes)).toBe(
    "anonymous may call s3:DeleteObjectVersion on arn:aws:s3:::b/example.txt as anyone but the lifecycle role",
  );
});

test.each([
  { name: "spelt out", spared: { NotAction: "s3:Frobnicate" } },
  { name: "by a pattern that fits no action of today", spared: { NotAction: "s3:Frob*" } },
])("a class may name an action that S3 does not have, and a statement spare it $name", (row) => {
  const [requests] = sslOnly.mustDeny;
  const own = { ...requests, actions: ["s3:GetObject", "s3:Frobnicate"] } as RequestClass;
  const { Action: _action, ...every } = canonical;
  expect(judge([{ ...every, ...row.spared }], { ...sslOnly, mustDeny: [own] })).toBe(
    "anonymous may call an action that S3 may yet add (s3:Frobnicate) on an object",
  );
});
