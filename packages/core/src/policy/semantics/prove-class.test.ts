import { expect, test } from "vitest";
import { guarantee } from "../guarantees/catalogue.ts";
import type { RequestClass } from "../guarantees/guarantee.ts";
import type { Condition } from "../syntax/document.ts";
import { parse } from "../syntax/parse.ts";
import { prove } from "./prove.ts";

const sslOnly = guarantee("ssl-only", {}, { bucket: "b", partition: "aws" });
const everything = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: ["arn:aws:s3:::b", "arn:aws:s3:::b/*"],
};

/** How far a policy denies the requests of a class of one's own. */
function judge(where: readonly Condition[], statements: readonly object[]): string {
  const requests: RequestClass = {
    manner: "somehow",
    actions: "every",
    resources: "bucket-and-objects",
    callers: "everyone",
    where,
    assuming: [],
  };
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
  if (statements.length > 0 && parsed.kind === "invalid") throw new Error("invalid");
  const policy = parsed.kind === "parsed" ? parsed.policy : undefined;
  const proof = prove(policy, { ...sslOnly, mustDeny: [requests] });
  return proof.kind === "refuted" ? proof.sentence : proof.kind;
}

const on = (operator: string, key: string, ...values: string[]): Condition => ({
  operator,
  key,
  values,
});
const get = "may call s3:GetObject on arn:aws:s3:::b/example.txt somehow";

test.each<readonly [string, Condition, string]>([
  [
    "an account that only the class names",
    on("StringEquals", "aws:PrincipalAccount", "999900001111"),
    `the user arn:aws:iam::999900001111:user/alice ${get}`,
  ],
  [
    "a service that only the class names",
    on("StringEquals", "aws:PrincipalServiceName", "sns.amazonaws.com"),
    `the AWS service sns.amazonaws.com ${get}`,
  ],
  [
    "callers of one type",
    on("StringEquals", "aws:PrincipalType", "Account"),
    `the root user of 444455556666 ${get}`,
  ],
  ["accounts like a pattern", on("StringLike", "aws:PrincipalAccount", "9*"), "undecided"],
  ["an operator that nobody knows", on("stringlike", "aws:UserAgent", "a"), "undecided"],
  [
    "a value that follows from the caller",
    on("StringLike", "aws:Referer", "${aws:userid}"),
    "undecided",
  ],
  ["letters beyond ASCII", on("StringEqualsIgnoreCase", "aws:Referer", "\u00e4"), "undecided"],
  ["a list without values", on("StringNotEquals", "aws:Referer"), "undecided"],
])("of %s, without a policy: %s", (_what, where, answer) => {
  expect(judge([where], [])).toBe(answer);
  expect(judge([where], [everything])).toBe("proven");
});

test("values that no sample stands for are in a class as well", () => {
  const where = [
    on("StringLike", "s3:TlsVersion", "1*"),
    on("NumericGreaterThan", "s3:TlsVersion", "5"),
  ];
  expect(judge(where, [])).toBe("undecided");
  expect(judge(where, [everything])).toBe("proven");
});

test("a class may ask about what follows from the bucket", () => {
  const where = [on("StringEquals", "aws:ResourceAccount", "111122223333")];
  expect(judge(where, [])).toBe(`anonymous ${get}`);
});

test("a variable without a value may leave a statement without effect", () => {
  const plain = [on("Bool", "aws:SecureTransport", "false")];
  const Condition = { StringNotEquals: { "aws:UserAgent": "${aws:username}" } };
  const present = { Null: { "aws:UserAgent": "false" } };
  const statements = [
    { ...everything, Condition },
    { ...everything, Condition: present },
  ];
  expect(judge(plain, statements)).toBe("undecided");
});
