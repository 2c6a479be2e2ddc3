import { expect, test } from "vitest";
import type { Diagnostic } from "../document.ts";
import { parse } from "../parse.ts";

const overHttp = { Bool: { "aws:SecureTransport": "false" } };
const tls = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*", Condition: overHttp };

/** `[code, severity, path, didYouMean]` of everything that is reported. */
type Finding = readonly [string, Diagnostic["severity"], string, string?];

function findings(document: object | string): readonly Finding[] {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  return parse(text).diagnostics.map(({ code, severity, path, didYouMean }) =>
    didYouMean === undefined ? [code, severity, path] : [code, severity, path, didYouMean],
  );
}

test.each<{ name: string; statement: object; found: readonly Finding[] }>([
  {
    name: "a misspelt condition key",
    statement: { ...tls, Condition: { ...overHttp, Null: { "aws:SecureTransprt": "true" } } },
    found: [
      [
        "policy.unknown-condition-key",
        "warning",
        'Statement[0].Condition.Null["aws:SecureTransprt"]',
        "aws:SecureTransport",
      ],
    ],
  },
  {
    name: "tag keys and keys of other services are left alone",
    statement: {
      ...tls,
      Condition: { ...overHttp, StringEquals: { "aws:principaltag/Team": "x", "saml:aud": "y" } },
    },
    found: [],
  },
  {
    name: "an operator in another case",
    statement: { ...tls, Condition: { bool: { "aws:SecureTransport": "false" } } },
    found: [
      [
        "policy.operator-case",
        "warning",
        'Statement[0].Condition.bool["aws:SecureTransport"]',
        "Bool",
      ],
    ],
  },
  {
    name: "an operator that does not exist",
    statement: {
      ...tls,
      Condition: { ...overHttp, "ForAnyValue:StringLikesIfExists": { "aws:UserAgent": "x" } },
    },
    found: [
      [
        "policy.unknown-operator",
        "warning",
        'Statement[0].Condition["ForAnyValue:StringLikesIfExists"]["aws:UserAgent"]',
        "ForAnyValue:StringLikeIfExists",
      ],
    ],
  },
  {
    name: "a value that is no boolean",
    statement: { ...tls, Condition: { ...overHttp, BoolIfExists: { "aws:ViaAWSService": "no" } } },
    found: [
      [
        "policy.condition-value",
        "warning",
        'Statement[0].Condition.BoolIfExists["aws:ViaAWSService"]',
      ],
    ],
  },
  {
    name: "true and false together",
    statement: { ...tls, Condition: { Bool: { "aws:SecureTransport": ["true", "false"] } } },
    found: [
      [
        "policy.condition-always-true",
        "warning",
        'Statement[0].Condition.Bool["aws:SecureTransport"]',
      ],
    ],
  },
  {
    name: "one key twice in different case",
    statement: {
      ...tls,
      Condition: { Bool: { "aws:SecureTransport": "false", "AWS:securetransport": "false" } },
    },
    found: [
      [
        "policy.repeated-condition-key",
        "warning",
        'Statement[0].Condition.Bool["AWS:securetransport"]',
      ],
    ],
  },
  {
    name: "a placeholder among the values",
    statement: { ...tls, Condition: { ...overHttp, StringLike: { "aws:UserAgent": "<agent>" } } },
    found: [
      ["policy.placeholder", "warning", 'Statement[0].Condition.StringLike["aws:UserAgent"]'],
    ],
  },
])("$name", ({ statement, found }) => {
  expect(findings({ Version: "2012-10-17", Statement: [statement] })).toEqual(found);
});
