import { expect, test } from "vitest";
import type { Principal } from "../semantics/request.ts";
import type { PrincipalEntry } from "../syntax/document.ts";
import { accountEntry, isDeadPrincipal, matchesPrincipal } from "./principal.ts";
import type { Truth } from "./truth.ts";

const account = "111122223333";
const callers = {
  anonymous: { kind: "anonymous" },
  root: { kind: "root", account },
  user: { kind: "user", account, arn: "arn:aws:iam::111122223333:user/ann" },
  session: {
    kind: "role-session",
    account,
    arn: "arn:aws:sts::111122223333:assumed-role/app/one",
    roleArn: "arn:aws:iam::111122223333:role/app",
  },
  federated: { kind: "federated", account, provider: "cognito-identity.amazonaws.com" },
  service: { kind: "service", service: "logging.s3.amazonaws.com" },
  canonical: { kind: "canonical-user", account, id: "79a5" },
} as const satisfies Record<string, Principal>;

const aws = (value: string): PrincipalEntry => ({ kind: "aws", value });

/** Who is named for certain; `doubt` whom the entry may name or not. */
test.each<{ entry: PrincipalEntry; names: readonly string[]; doubt?: readonly string[] }>([
  { entry: { kind: "everyone" }, names: Object.keys(callers) },
  { entry: aws(account), names: ["root", "user", "session", "federated", "canonical"] },
  {
    entry: aws("arn:aws:iam::111122223333:root"),
    names: ["root", "user", "session", "federated", "canonical"],
  },
  { entry: aws("444455556666"), names: [] },
  { entry: aws("arn:aws:iam::444455556666:root"), names: [] },
  { entry: aws(callers.user.arn), names: ["user"] },
  { entry: aws("arn:aws:iam::111122223333:user/Ann"), names: [] },
  { entry: aws(callers.session.arn), names: ["session"] },
  { entry: aws(callers.session.roleArn), names: ["session"] },
  { entry: aws("cognito-identity.amazonaws.com"), names: ["federated"] },
  { entry: aws("AROAJQABLZS4A3QDU576Q"), names: [] },
  { entry: { kind: "service", value: "logging.s3.amazonaws.com" }, names: ["service"] },
  { entry: { kind: "service", value: "s3.amazonaws.com" }, names: [] },
  { entry: { kind: "federated", value: "cognito-identity.amazonaws.com" }, names: ["federated"] },
  {
    entry: { kind: "canonical-user", value: "79a5" },
    names: ["canonical"],
    doubt: ["root", "user", "session", "federated"],
  },
  {
    entry: { kind: "canonical-user", value: "0" },
    names: [],
    doubt: ["root", "user", "session", "federated"],
  },
])("$entry names $names, perhaps $doubt", ({ entry, names, doubt = [] }) => {
  const found = Object.entries(callers).map(([name, one]) => [name, matchesPrincipal(entry, one)]);
  const expected = Object.keys(callers).map((name): [string, Truth] => {
    if (names.includes(name)) return [name, "yes"];
    return [name, doubt.includes(name) ? "unknown" : "no"];
  });
  expect(found).toEqual(expected);
});

test.each([
  ["111122223333", "111122223333"],
  ["arn:aws-us-gov:iam::111122223333:root", "111122223333"],
  ["arn:aws:iam::111122223333:user/root", undefined],
  ["arn:aws:sts::111122223333:root", undefined],
  ["1111222233334", undefined],
  ["x111122223333", undefined],
  ["111122223333x", undefined],
])("%s stands for the account %s", (value, expected) => {
  expect(accountEntry(value)).toBe(expected);
});

test.each<readonly [string, boolean]>([
  ["AROAJQABLZS4A3QDU576Q", true],
  ["AIDACKCEVSQ6C2EXAMPLE", true],
  ...["AGPA", "AIPA", "ANPA", "ANVA", "ASIA", "AKIA"].map(
    (kind) => [`${kind}JQABLZS4A3QDU576Q`, true] as const,
  ),
  ["AROA", false],
  ["ABIAJQABLZS4A3QDU576Q", false],
  ["AROA12345678901", false],
  ["AROA123456789012", true],
  ["AROAJQABLZS4A3QDU576Q:session", false],
  ["xAROAJQABLZS4A3QDU576Q", false],
  ["arn:aws:iam::111122223333:role/AROAJQABLZS4A3QDU576Q", false],
])("%s is the id of a deleted principal: %s", (value, dead) => {
  expect(isDeadPrincipal(value)).toBe(dead);
});
