import { expect, test } from "vitest";
import { parse } from "./parse.ts";
import { print } from "./print.ts";

const statement = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};
const everyone = { negated: false, entries: [{ kind: "everyone" }] };
const read = {
  index: 0,
  effect: "Deny",
  principal: everyone,
  action: { negated: false, patterns: ["s3:*"] },
  resource: { negated: false, patterns: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"] },
  conditions: [{ operator: "Bool", key: "aws:SecureTransport", values: ["false"] }],
};

test("a parsed policy has its statements with their places, and prints as it was", () => {
  const text = `{ "Statement":${JSON.stringify(statement)},\n"Id":"x", "Version" : "2012-10-17" }\n`;
  const result = parse(text);
  expect(result).toEqual({
    kind: "parsed",
    policy: {
      text,
      version: "2012-10-17",
      versionGiven: true,
      id: "x",
      statements: [{ ...read, span: { start: 14, end: 14 + JSON.stringify(statement).length } }],
      statementsAsArray: false,
    },
    diagnostics: [],
  });
  expect(result.kind === "parsed" && print(result.policy)).toBe(text);
});

test("without Version the language is that of 2008", () => {
  expect(parse(JSON.stringify({ Statement: [] }))).toStrictEqual({
    kind: "parsed",
    policy: {
      text: '{"Statement":[]}',
      version: "2008-10-17",
      versionGiven: false,
      statements: [],
      statementsAsArray: true,
    },
    diagnostics: [
      {
        code: "policy.empty-list",
        severity: "warning",
        path: "Statement",
        message: "there is no statement, so the policy says nothing",
      },
    ],
  });
});

test.each<{ name: string; change: object; expected: object }>([
  {
    name: "unquoted booleans and numbers are kept as their text",
    change: {
      Condition: { Bool: { "aws:SecureTransport": false }, NumericLessThan: { k: [1.5] } },
    },
    expected: {
      conditions: [
        { operator: "Bool", key: "aws:SecureTransport", values: ["false"] },
        { operator: "NumericLessThan", key: "k", values: ["1.5"] },
      ],
    },
  },
  {
    name: "NotPrincipal, NotAction and NotResource are complements",
    change: {
      Principal: undefined,
      NotPrincipal: { AWS: ["111122223333", "*"], Service: "logging.s3.amazonaws.com" },
      Action: undefined,
      NotAction: ["iam:*"],
      Resource: undefined,
      NotResource: "arn:aws:s3:::c/*",
    },
    expected: {
      principal: {
        negated: true,
        entries: [
          { kind: "aws", value: "111122223333" },
          { kind: "everyone" },
          { kind: "service", value: "logging.s3.amazonaws.com" },
        ],
      },
      action: { negated: true, patterns: ["iam:*"] },
      resource: { negated: true, patterns: ["arn:aws:s3:::c/*"] },
    },
  },
  {
    name: "a key called __proto__ is a key like any other",
    change: { Condition: JSON.parse('{"Bool":{"__proto__":"true"}}') },
    expected: { conditions: [{ operator: "Bool", key: "__proto__", values: ["true"] }] },
  },
])("$name", ({ change, expected }) => {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] });
  const result = parse(text);
  const [found] = result.kind === "parsed" ? result.policy.statements : [];
  expect(found).toStrictEqual({ ...read, ...expected, span: { start: 37, end: text.length - 2 } });
});
