import { expect, test } from "vitest";
import type { Principal } from "../request.ts";
import { callerTruth } from "./caller-keys.ts";
import { atomOf } from "./condition.ts";

const account = "444455556666";
const user: Principal = { kind: "user", account, arn: "arn:aws:iam::444455556666:user/alice" };

/** Whether a condition holds for all users: of an account that nobody names, or of this one. */
test.each<readonly [string, string, string, string, string]>([
  ["StringEquals", "aws:PrincipalType", "User", "yes", "yes"],
  ["StringEquals", "aws:PrincipalType", "Account", "no", "no"],
  ["StringLike", "aws:PrincipalType", "U*", "yes", "yes"],
  ["Bool", "aws:PrincipalIsAWSService", "false", "yes", "yes"],
  ["StringEquals", "aws:PrincipalServiceName", "s3.amazonaws.com", "no", "no"],
  ["StringEquals", "aws:PrincipalAccount", "111122223333", "no", "no"],
  ["StringNotEquals", "aws:PrincipalAccount", "111122223333", "yes", "yes"],
  ["StringEquals", "aws:PrincipalAccount", "1111*", "no", "no"],
  ["StringLike", "aws:PrincipalAccount", "111122223333", "no", "no"],
  ["StringLike", "aws:PrincipalAccount", "4444*", "unknown", "yes"],
  ["StringNotLike", "aws:PrincipalAccount", "1111????????", "unknown", "yes"],
  ["NumericEquals", "aws:PrincipalAccount", "111122223333", "unknown", "no"],
  ["Null", "aws:PrincipalAccount", "true", "no", "no"],
  ["stringequals", "aws:PrincipalAccount", "111122223333", "unknown", "unknown"],
  ["StringEquals", "aws:username", "alice", "unknown", "unknown"],
  ["stringequals", "aws:username", "alice", "unknown", "unknown"],
  ["Null", "aws:username", "false", "yes", "yes"],
])("%s %s %s holds for any user: %s, for those of one account: %s", (...row) => {
  const [operator, key, value, any, ofOne] = row;
  const atom = atomOf({ operator, key, values: [value] }, "2012-10-17");
  expect(callerTruth(atom, { example: user, unnamed: true })).toBe(any);
  expect(callerTruth(atom, { example: user, unnamed: false })).toBe(ofOne);
});

test("a key that no such caller has leaves no doubt, whoever it is", () => {
  const example = { kind: "service", service: "logging.s3.amazonaws.com" } as const;
  const written = { operator: "StringLike", key: "aws:PrincipalAccount", values: ["1111*"] };
  expect(callerTruth(atomOf(written, "2012-10-17"), { example, unnamed: true })).toBe("no");
});

test("one value with a wildcard among others is enough for a doubt", () => {
  const values = ["111122223333", "5*"];
  const written = { operator: "StringLike", key: "aws:PrincipalAccount", values };
  const atom = atomOf(written, "2012-10-17");
  expect(callerTruth(atom, { example: user, unnamed: true })).toBe("unknown");
});
