import { expect, test } from "vitest";
import { isPublicPolicy } from "./public-policy.ts";

const allow = (change: object) =>
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: "*", Action: "s3:GetObject", ...change }],
  });
const when = (operator: string, key: string, value: unknown) =>
  allow({ Condition: { [operator]: { [key]: value } } });

const cases: readonly [boolean, string, string][] = [
  [true, "an Allow for everybody", allow({})],
  [true, "an Allow for every AWS principal", allow({ Principal: { AWS: ["111122223333", "*"] } })],
  [
    true,
    "an Allow for all but some",
    allow({ Principal: undefined, NotPrincipal: { AWS: "111122223333" } }),
  ],
  [false, "an Allow for an account", allow({ Principal: { AWS: "111122223333" } })],
  [false, "an Allow for a service", allow({ Principal: { Service: "logging.s3.amazonaws.com" } })],
  [false, "a Deny for everybody", allow({ Effect: "Deny" })],
  [false, "an Allow within an organization", when("StringEquals", "aws:PrincipalOrgID", "o-1")],
  [false, "a key in other letters", when("StringEquals", "AWS:principalorgid", ["o-1", "o-2"])],
  [true, "an organization with a wildcard", when("StringLike", "aws:PrincipalOrgID", "o-*")],
  [true, "a variable as value", when("StringEquals", "aws:PrincipalArn", "${aws:PrincipalArn}")],
  [true, "a negated operator", when("StringNotEquals", "aws:SourceVpc", "vpc-1")],
  [true, "a key that identifies nobody", when("StringEquals", "aws:UserAgent", "me")],
  [false, "one address", when("IpAddress", "aws:SourceIp", "203.0.113.7")],
  [false, "a range of /8", when("IpAddress", "aws:SourceIp", "10.0.0.0/8")],
  [true, "a range of /7", when("IpAddress", "aws:SourceIp", ["203.0.113.7", "10.0.0.0/7"])],
  [false, "an IPv6 range of /32", when("IpAddress", "aws:SourceIp", "2001:db8::/32")],
  [true, "an IPv6 range of /31", when("IpAddress", "aws:SourceIp", "2001:db8::/31")],
];

test.each(cases)("public is %s for %s", (expected, _title, text) => {
  expect(isPublicPolicy(text)).toBe(expected);
});
