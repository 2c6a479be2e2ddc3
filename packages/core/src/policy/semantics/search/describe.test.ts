import { expect, test } from "vitest";
import { baseOperators } from "../../operators/index.ts";
import { parse } from "../../syntax/parse.ts";
import { statementInWords } from "./describe.ts";

const read = { Effect: "Deny", Principal: "*", Action: "s3:GetObject", Resource: "*" };

function inWords(change: object): string | undefined {
  const parsed = parse(
    JSON.stringify({ Version: "2012-10-17", Statement: { ...read, ...change } }),
  );
  const [statement] = parsed.kind === "parsed" ? parsed.policy.statements : [];
  return statement && statementInWords(statement);
}

test.each<readonly [object, string]>([
  [{}, "s3:GetObject on * by anyone is denied"],
  [{ Effect: "Allow" }, "s3:GetObject on * by anyone is allowed"],
  [
    {
      Principal: undefined,
      NotPrincipal: { AWS: "111122223333", Service: ["logging.s3.amazonaws.com"] },
      Action: undefined,
      NotAction: ["s3:GetObject", "s3:PutObject"],
      Resource: undefined,
      NotResource: "arn:aws:s3:::b",
    },
    "every action but s3:GetObject, s3:PutObject on every resource but arn:aws:s3:::b by anyone but 111122223333, logging.s3.amazonaws.com is denied",
  ],
])("%j reads: %s", (change, words) => {
  expect(inWords(change)).toBe(words);
});

test.each<readonly [object, string]>([
  [{ Null: { "aws:SourceIp": "true" } }, "aws:SourceIp is absent"],
  [{ Null: { "aws:SourceIp": "false" } }, "aws:SourceIp is present"],
  [{ stringequals: { "aws:SourceVpc": "v" } }, "stringequals aws:SourceVpc v holds"],
  [
    { "ForAnyValue:StringEquals": { "aws:TagKeys": ["a", "b"] } },
    "ForAnyValue:StringEquals aws:TagKeys a or b holds",
  ],
  [
    { NumericLessThan: { "s3:TlsVersion": "1.2" }, Bool: { "aws:SecureTransport": "true" } },
    "s3:TlsVersion is less than 1.2 and aws:SecureTransport is true",
  ],
  [
    { BoolIfExists: { "aws:SecureTransport": "false" } },
    "(aws:SecureTransport is absent or is false)",
  ],
  [{ StringNotEquals: { "aws:SourceVpc": "v" } }, "(aws:SourceVpc is absent or is not v)"],
])("%j reads: when %s", (Condition, words) => {
  expect(inWords({ Condition })).toBe(`s3:GetObject on * by anyone is denied when ${words}`);
});

const phrases: Readonly<Record<string, string>> = {
  StringEquals: "is",
  StringNotEquals: "is not",
  StringEqualsIgnoreCase: "is, in any case,",
  StringNotEqualsIgnoreCase: "is not, in any case,",
  StringLike: "is like",
  StringNotLike: "is not like",
  NumericEquals: "is",
  NumericNotEquals: "is not",
  NumericLessThan: "is less than",
  NumericLessThanEquals: "is at most",
  NumericGreaterThan: "is greater than",
  NumericGreaterThanEquals: "is at least",
  DateEquals: "is",
  DateNotEquals: "is not",
  DateLessThan: "is before",
  DateLessThanEquals: "is at latest",
  DateGreaterThan: "is after",
  DateGreaterThanEquals: "is at earliest",
  Bool: "is",
  BinaryEquals: "is",
  IpAddress: "is in",
  NotIpAddress: "is not in",
  ArnEquals: "is",
  ArnNotEquals: "is not",
  ArnLike: "is like",
  ArnNotLike: "is not like",
};

test("every operator reads as words", () => {
  const named = baseOperators.filter(({ family }) => family !== "null");
  const read = named.map(({ name, negated }) => {
    const words = inWords({ Condition: { [name]: { k: "v" } } });
    const comparison = negated ? /\(k is absent or (.*) v\)$/ : / when k (.*) v$/;
    return [name, comparison.exec(words ?? "")?.[1]];
  });
  expect(Object.fromEntries(read)).toEqual(phrases);
});
