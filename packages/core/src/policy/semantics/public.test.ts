import { expect, test } from "vitest";
import { parse } from "../syntax/parse.ts";
import { evaluate } from "./evaluate.ts";
import { publicAccess } from "./public.ts";

const read = {
  Effect: "Allow",
  Principal: "*",
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::b/*",
};

function judge(...statements: readonly unknown[]) {
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (parsed.kind === "invalid") throw new Error(JSON.stringify(parsed.diagnostics));
  const result = publicAccess(parsed.policy);
  for (const { witness } of result.kind === "public" ? result.statements : []) {
    if (witness !== undefined) expect(evaluate(parsed.policy, witness).kind).toBe("allow");
  }
  return result;
}

test.each([
  { name: "everyone", statement: read },
  { name: '{"AWS":"*"}', statement: { ...read, Principal: { AWS: "*" } } },
  {
    name: "everyone but a few",
    statement: {
      ...read,
      Principal: undefined,
      NotPrincipal: { AWS: "arn:aws:iam::111122223333:root" },
    },
  },
  {
    name: "a referer",
    statement: { ...read, Condition: { StringLike: { "aws:Referer": "https://x/*" } } },
  },
  {
    name: "a wide range",
    statement: { ...read, Condition: { IpAddress: { "aws:SourceIp": "8.0.0.0/7" } } },
  },
  {
    name: "one wide range among narrow ones",
    statement: {
      ...read,
      Condition: { IpAddress: { "aws:SourceIp": ["10.0.0.0/8", "2001::/16"] } },
    },
  },
  {
    name: "all but some addresses",
    statement: { ...read, Condition: { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } } },
  },
  {
    name: "an account with a wildcard",
    statement: { ...read, Condition: { StringLike: { "aws:SourceAccount": "1111*" } } },
  },
  {
    name: "a condition that an absent key fulfils",
    statement: { ...read, Condition: { StringEqualsIfExists: { "aws:SourceVpc": "vpc-1" } } },
  },
  {
    name: "a variable",
    statement: {
      ...read,
      Condition: { StringEquals: { "aws:SourceVpc": "${aws:PrincipalTag/vpc}" } },
    },
  },
  {
    name: "everyone beside an account",
    statement: { ...read, Principal: { AWS: ["111122223333", "*"] } },
  },
  ...[
    ["an operator in another case", "stringequals", "aws:SourceVpc", "vpc-1"],
    ["a fixed referer", "StringEquals", "aws:Referer", "https://x/"],
    ["no value at all", "StringEquals", "aws:SourceVpc", []],
    [
      "all values of the request, of which it may have none",
      "ForAllValues:StringEquals",
      "aws:SourceVpc",
      "vpc-1",
    ],
    ["a range for a key that is no address", "IpAddress", "aws:SourceVpc", "10.0.0.0/8"],
    ["a number in place of a text", "NumericEquals", "aws:SourceAccount", "111122223333"],
    ["one wildcard among fixed values", "StringLike", "aws:SourceVpc", ["vpc-1", "vpc-2*"]],
    ["an address that is none", "IpAddress", "aws:SourceIp", "everywhere"],
    ["every session of a role", "StringLike", "aws:userid", "AROAJQABLZS4A3QDU576Q:*"],
    ["one session of a role", "StringEquals", "aws:userid", "AROAJQABLZS4A3QDU576Q:one"],
    ["every user id", "StringLike", "aws:userid", "AIDA*"],
    ["an access point without ARN", "StringLike", "s3:DataAccessPointArn", "a"],
    ...["*111122223333", "111122223333*"].map((account) => [
      "access points of several accounts",
      "ArnLike",
      "s3:DataAccessPointArn",
      `arn:aws:s3:eu-west-1:${account}:accesspoint/a`,
    ]),
    ["an empty text, which may be no value", "ForAnyValue:StringEquals", "aws:TagKeys", ""],
  ].map(([name, operator, key, value]) => ({
    name,
    statement: { ...read, Condition: { [String(operator)]: { [String(key)]: value } } },
  })),
])("public: $name", ({ statement }) => {
  expect(judge(statement)).toMatchObject({ kind: "public", statements: [{ statement: 0 }] });
});

test.each([
  {
    name: "a role",
    statement: { ...read, Principal: { AWS: "arn:aws:iam::111122223333:role/r" } },
  },
  { name: "a service", statement: { ...read, Principal: { Service: "cloudfront.amazonaws.com" } } },
  { name: "a Deny", statement: { ...read, Effect: "Deny" } },
  {
    name: "one VPC",
    statement: { ...read, Condition: { StringEquals: { "aws:SourceVpc": "vpc-1" } } },
  },
  {
    name: "one organization",
    statement: { ...read, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } } },
  },
  {
    name: "a range",
    statement: { ...read, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
  },
  {
    name: "the access points of one account",
    statement: {
      ...read,
      Condition: {
        ArnLike: { "s3:DataAccessPointArn": "arn:aws:s3:eu-west-1:111122223333:accesspoint/*" },
      },
    },
  },
  {
    name: "one user",
    statement: { ...read, Condition: { StringEquals: { "aws:userid": "AIDACKCEVSQ6C2EXAMPLE" } } },
  },
  {
    name: "a federated caller whose name looks like the session of a role",
    statement: { ...read, Condition: { StringEquals: { "aws:userid": "111122223333:AROA1:one" } } },
  },
])("not public: $name", ({ statement }) => {
  expect(judge(statement)).toEqual({ kind: "not-public" });
});

test("the witness is what a stranger may do", () => {
  expect(judge(read)).toEqual({
    kind: "public",
    statements: [
      {
        statement: 0,
        why: "it allows everyone, and no condition limits that to fixed values",
        witness: {
          principal: { kind: "anonymous" },
          action: "s3:GetObject",
          resource: "arn:aws:s3:::b/example.txt",
          context: {},
        },
      },
    ],
  });
});

test("a Deny does not make a policy less public to S3, but it leaves no witness", () => {
  const deny = { ...read, Effect: "Deny" };
  const why = "it allows everyone, and no condition limits that to fixed values";
  expect(judge(read, deny)).toStrictEqual({
    kind: "public",
    statements: [{ statement: 0, why }],
  });
});

test.each([
  {
    statement: { ...read, Principal: undefined, NotPrincipal: { AWS: "111122223333" } },
    why: "it allows everyone but a few (NotPrincipal), and no condition limits that to fixed values",
  },
  {
    statement: {
      ...read,
      Condition: {
        StringLike: { "aws:SourceAccount": ["1111*", "2222*"], "aws:Referer": "https://x/*" },
        IpAddress: { "aws:SourceIp": "8.0.0.0/7" },
      },
    },
    why: "it allows everyone, and what should limit that is not fixed: StringLike aws:SourceAccount 1111*, 2222*; IpAddress aws:SourceIp 8.0.0.0/7",
  },
])("it says why: $why", ({ statement, why }) => {
  expect(judge(statement)).toMatchObject({ statements: [{ why }] });
});
