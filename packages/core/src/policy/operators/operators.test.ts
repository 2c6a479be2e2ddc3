import { expect, test } from "vitest";
import type { Truth } from "../match/truth.ts";
import type { Comparison } from "./family.ts";
import { baseOperators, type ConditionValue, holds, operatorOf, plain } from "./index.ts";

/** Operator, values in the policy, values in the request (`undefined`: no such key), and what holds. */
type Row = readonly [string, readonly string[], readonly string[] | undefined, Truth];

const rows: Readonly<Record<string, readonly Row[]>> = {
  "a string operator compares with regard to case unless its name says otherwise": [
    ["StringEquals", ["a"], ["a"], "yes"],
    ["StringEquals", ["a"], ["A"], "no"],
    ["StringEquals", ["a*"], ["ab"], "no"],
    ["StringEqualsIgnoreCase", ["aB"], ["Ab"], "yes"],
    ["StringEqualsIgnoreCase", ["Ä"], ["ä"], "unknown"],
    ["StringEqualsIgnoreCase", ["k"], ["\u212a"], "unknown"],
    ["StringNotEqualsIgnoreCase", ["aB"], ["Ab"], "no"],
    ["StringLike", ["a*c?"], ["abbcd"], "yes"],
    ["StringLike", ["a?"], ["a"], "no"],
    ["StringNotLike", ["a*"], ["abc"], "no"],
  ],
  "several values are alternatives, and for a negated operator none of them may match": [
    ["StringEquals", ["a", "b"], ["b"], "yes"],
    ["StringEquals", ["a", "b"], ["c"], "no"],
    ["StringNotEquals", ["a", "b"], ["b"], "no"],
    ["StringNotEquals", ["a", "b"], ["c"], "yes"],
  ],
  "a missing key fails a positive operator and satisfies a negated one": [
    ["StringEquals", ["a"], undefined, "no"],
    ["StringNotEquals", ["a"], undefined, "yes"],
    ["StringEquals", ["a"], [], "no"],
    ["StringEqualsIfExists", ["a"], undefined, "yes"],
    ["StringEqualsIfExists", ["a"], ["b"], "no"],
    ["StringNotEqualsIfExists", ["a"], undefined, "yes"],
    ["Bool", ["false"], undefined, "no"],
    ["BoolIfExists", ["false"], undefined, "yes"],
    ["NotIpAddress", ["10.0.0.0/8"], undefined, "yes"],
    ["ArnNotEquals", ["arn:aws:iam::1:root"], undefined, "yes"],
    ["NumericLessThan", ["1.2"], undefined, "no"],
    ["NumericLessThanIfExists", ["1.2"], undefined, "yes"],
    ["DateNotEquals", ["2026-01-01"], undefined, "yes"],
  ],
  "ForAllValues holds for nothing at all, ForAnyValue does not": [
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "b", "a"], "yes"],
    ["ForAllValues:StringEquals", ["a", "b"], ["a", "c"], "no"],
    ["ForAllValues:StringEquals", ["a"], undefined, "yes"],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], "yes"],
    ["ForAnyValue:StringEquals", ["a", "b"], ["c", "d"], "no"],
    ["ForAnyValue:StringEquals", ["a"], undefined, "no"],
    ["ForAnyValue:StringEqualsIfExists", ["a"], undefined, "yes"],
    ["ForAnyValue:StringNotEquals", ["a"], undefined, "no"],
    ["ForAnyValue:StringNotEquals", ["a"], ["a", "b"], "yes"],
    ["ForAllValues:StringNotEquals", ["a"], ["a", "b"], "no"],
    ["ForAllValues:StringNotLike", ["a*"], ["b", "c"], "yes"],
    ["ForAllValues:StringEquals", ["a"], [""], "unknown"],
    ["ForAllValues:StringEquals", [""], [""], "yes"],
    ["ForAnyValue:StringEquals", ["a"], [""], "no"],
    ["ForAnyValue:StringEquals", ["a"], ["a", ""], "yes"],
    ["ForAnyValue:StringLike", ["*"], [""], "unknown"],
  ],
  "several request values without a set operator are not documented": [
    ["StringEquals", ["a"], ["a", "a"], "unknown"],
  ],
  "a number is a number, however it is written": [
    ["NumericEquals", ["1.0"], ["1"], "yes"],
    ["NumericEquals", ["-0"], ["0"], "yes"],
    ["NumericNotEquals", ["1"], ["2"], "yes"],
    ["NumericLessThan", ["1.2"], ["1.1"], "yes"],
    ["NumericLessThan", ["10"], ["9"], "yes"],
    ["NumericLessThan", ["1.2"], ["1.2"], "no"],
    ["NumericLessThanEquals", ["1.2"], ["1.2"], "yes"],
    ["NumericLessThanEquals", ["1.2"], ["1.3"], "no"],
    ["NumericGreaterThan", ["600000"], ["600001"], "yes"],
    ["NumericGreaterThan", ["600000"], ["600000"], "no"],
    ["NumericGreaterThanEquals", ["600000"], ["600000"], "yes"],
    ["NumericGreaterThanEquals", ["600000"], ["599999"], "no"],
    ["NumericEquals", ["abc"], ["1"], "no"],
    ["NumericNotEquals", ["abc"], ["1"], "unknown"],
    ["NumericNotEquals", ["abc", "1"], ["1"], "no"],
    ["NumericEquals", ["1e3"], ["1000"], "unknown"],
    ["NumericEquals", ["9007199254740993"], ["9007199254740992"], "unknown"],
  ],
  "a date is ISO 8601 or UNIX seconds": [
    ["DateEquals", ["2026-01-01"], ["2026-01-01T00:00:00Z"], "yes"],
    ["DateEquals", ["1767225600"], ["2026-01-01T00:00:00.000Z"], "yes"],
    ["DateEquals", ["2026-01-01T01:00+01:00"], ["2026-01-01T00:00:00Z"], "yes"],
    ["DateNotEquals", ["2026-01-01"], ["2026-01-02"], "yes"],
    ["DateLessThan", ["2026-01-02"], ["2026-01-01"], "yes"],
    ["DateLessThan", ["2026-01-01"], ["2026-01-01"], "no"],
    ["DateLessThanEquals", ["2026-01-01"], ["2026-01-01"], "yes"],
    ["DateGreaterThan", ["2026-01-01"], ["2026-01-02"], "yes"],
    ["DateGreaterThanEquals", ["2026-01-01"], ["2025-12-31"], "no"],
    ["DateEquals", ["2026-02-31"], ["2026-03-03"], "no"],
    ["DateEquals", ["soon"], ["2026-01-01"], "no"],
    ["DateEquals", ["2026"], ["2026-01-01"], "unknown"],
    ["DateEquals", ["2026-01-01T00:00:00"], ["2026-01-01"], "unknown"],
    ["DateEquals", ["1767225600000"], ["2026-01-01"], "unknown"],
  ],
  "a boolean is true or false in any case": [
    ["Bool", ["false"], ["false"], "yes"],
    ["Bool", ["False"], ["false"], "yes"],
    ["Bool", ["true"], ["false"], "no"],
    ["Bool", ["true", "false"], ["false"], "yes"],
    ["Bool", ["no", "0"], ["false"], "no"],
    ["Bool", [`\${aws:SecureTransport}`], ["false"], "unknown"],
  ],
  "binary values compare byte for byte": [
    ["BinaryEquals", ["QmluYXJ5"], ["QmluYXJ5"], "yes"],
    ["BinaryEquals", ["QmluYXJ5"], ["QmluYXJ6"], "no"],
    ["BinaryEquals", ["QQ=="], ["QR=="], "yes"],
    ["BinaryEquals", ["not base64"], ["not base64"], "no"],
  ],
  "an address is in a range by its leading bits, IPv4 and IPv6 apart": [
    ["IpAddress", ["203.0.113.0/24"], ["203.0.113.255"], "yes"],
    ["IpAddress", ["203.0.113.0/24"], ["203.0.114.0"], "no"],
    ["IpAddress", ["203.0.113.0/24"], ["203.0.112.255"], "no"],
    ["IpAddress", ["203.0.113.7/24"], ["203.0.113.1"], "yes"],
    ["IpAddress", ["203.0.113.7"], ["203.0.113.7"], "yes"],
    ["IpAddress", ["0.0.0.0/0"], ["255.1.2.3"], "yes"],
    ["IpAddress", ["0.0.0.0/0"], ["2001:db8::1"], "no"],
    ["NotIpAddress", ["0.0.0.0/0"], ["2001:db8::1"], "yes"],
    ["NotIpAddress", ["10.0.0.0/8", "192.0.2.0/24"], ["192.0.2.9"], "no"],
    ["IpAddress", ["2001:DB8:1234:5678::/64"], ["2001:db8:1234:5678:9::"], "yes"],
    ["IpAddress", ["2001:db8::/33"], ["2001:db8:8000::"], "no"],
    ["IpAddress", ["::/0"], ["::1"], "yes"],
    ["IpAddress", ["64:ff9b::192.0.2.1"], ["64:ff9b::c000:201"], "yes"],
    ["IpAddress", ["::ffff:192.0.2.1"], ["192.0.2.1"], "unknown"],
    ["IpAddress", ["10.0.0.0/33"], ["10.0.0.1"], "no"],
    ["IpAddress", ["10.0.0"], ["10.0.0.0"], "no"],
    ["IpAddress", ["010.0.0.1"], ["10.0.0.1"], "no"],
    ["IpAddress", ["1::2::3"], ["1::2:0:3"], "no"],
    ["IpAddress", ["1:2:3:4:5:6:7"], ["1:2:3:4:5:6:7:0"], "no"],
    ["IpAddress", ["1:2:3:4:5:6:7:8::"], ["1:2:3:4:5:6:7:8"], "no"],
    ["IpAddress", ["10.0.0.0/8/8"], ["10.0.0.0"], "no"],
    ["NotIpAddress", ["10.0.0"], ["10.0.0.0"], "unknown"],
    ["NotIpAddress", ["10.1.2.3"], ["::/0"], "unknown"],
    ["IpAddress", ["10.0.0.0/8"], ["10.1.2.3/32"], "no"],
  ],
  "an ARN compares part by part": [
    ["ArnEquals", ["arn:aws:iam::*:role/x"], ["arn:aws:iam::111122223333:role/x"], "yes"],
    ["ArnLike", ["arn:aws:iam::1111*:role/x"], ["arn:aws:iam::111122223333:role/x"], "yes"],
    ["ArnLike", ["arn:aws:iam::*"], ["arn:aws:iam::111122223333:role/x"], "no"],
    ["ArnLike", ["arn:aws:s*:::b"], ["arn:aws:s3:::b"], "yes"],
    ["ArnLike", ["arn:aws:*:b"], ["arn:aws:s3:::b"], "no"],
    ["ArnLike", ["arn:aws:sns:*:*:a:?"], ["arn:aws:sns:eu-west-1:1:a:b"], "yes"],
    ["ArnNotLike", ["arn:aws:iam::*:role/*"], ["arn:aws:iam::1:user/u"], "yes"],
    ["ArnNotEquals", ["arn:aws:iam::1:user/*"], ["arn:aws:iam::1:user/u"], "no"],
    ["ArnLike", ["*"], ["arn:aws:iam::1:user/u"], "unknown"],
    ["ArnLike", ["role/x"], ["arn:aws:iam::1:role/x"], "no"],
    ["ArnNotLike", ["role/x"], ["arn:aws:iam::1:role/x"], "unknown"],
  ],
  "Null asks whether the key is there": [
    ["Null", ["true"], undefined, "yes"],
    ["Null", ["true"], ["x"], "no"],
    ["Null", ["false"], undefined, "no"],
    ["Null", ["False"], ["x", "y"], "yes"],
    ["Null", ["true", "false"], undefined, "yes"],
    ["Null", ["no"], undefined, "no"],
  ],
  "an empty list matches nothing, and where that is the aim the outcome is not documented": [
    ["Bool", [], ["false"], "no"],
    ["Bool", [], undefined, "no"],
    ["Null", [], undefined, "no"],
    ["BoolIfExists", [], undefined, "unknown"],
    ["BoolIfExists", [], ["true"], "no"],
    ["StringNotEquals", [], ["a"], "unknown"],
    ["ForAllValues:StringEquals", [], ["a"], "unknown"],
  ],
};

for (const [law, table] of Object.entries(rows)) {
  test.each(table)(`${law}: %s %j for %j is %s`, (name, wanted, actual, expected) => {
    const operator = operatorOf(name);
    expect(operator && holds(operator, wanted, actual)).toBe(expected);
  });
}

const without = { unresolved: "void" } as const;
const doubtful = { unresolved: "unknown" } as const;

test.each<readonly [string, readonly ConditionValue[], string | undefined, Truth]>([
  ["StringEquals", [without], "a", "no"],
  ["StringEquals", ["a", without], "a", "unknown"],
  ["StringEquals", ["b", without], "a", "no"],
  ["StringEquals", [doubtful, without], "a", "unknown"],
  ["StringEquals", [doubtful], "a", "unknown"],
  ["StringEquals", ["a", doubtful], "a", "yes"],
  ["StringNotEquals", [without], "a", "unknown"],
  ["StringNotEquals", ["a", without], "a", "no"],
  ["StringEquals", [without], undefined, "no"],
  ["StringNotEquals", ["a", without], undefined, "unknown"],
  ["StringNotEquals", [doubtful], undefined, "yes"],
  ["StringNotEquals", [plain("a")], undefined, "yes"],
  ["StringEquals", [[...plain("home/"), { text: "*", literal: true }]], "home/*", "yes"],
])("%s with %j, where variables were replaced or not, for %j is %s", (...row) => {
  const [name, wanted, actual, expected] = row;
  const operator = operatorOf(name);
  expect(operator && holds(operator, wanted, actual === undefined ? undefined : [actual])).toBe(
    expected,
  );
});

/** A value of the wrong type is `malformed`, on either side; what AWS leaves open is `unknown`. */
test.each<readonly [string, string, string, Comparison]>([
  ["NumericEquals", "abc", "1", "malformed"],
  ["NumericEquals", "1", "abc", "malformed"],
  ["NumericEquals", "x1", "1", "malformed"],
  ["NumericEquals", "1x", "1", "malformed"],
  ["NumericEquals", "1e", "1", "malformed"],
  ["NumericEquals", "x1e3", "1000", "malformed"],
  ["NumericEquals", "1e3x", "1000", "malformed"],
  ["NumericEquals", "1", "12.25e+10", "unknown"],
  ["NumericEquals", "123456789012345", "123456789012345", "yes"],
  ["NumericEquals", "1", "1234567890123456", "unknown"],
  ["DateEquals", "soon", "2026-01-01", "malformed"],
  ["DateEquals", "2026-01-01", "soon", "malformed"],
  ["DateEquals", "1 January 2026", "2026-01-01", "malformed"],
  ["DateEquals", "Thu 2026-01-01", "2026-01-01", "malformed"],
  ["DateEquals", "2026-01-01 00:00 GMT", "2026-01-01", "malformed"],
  ["DateEquals", "2026-13-01", "2026-01-01", "malformed"],
  ["DateEquals", "2026-01-01T00:00:00.000Z", "2026-01-01", "yes"],
  ["DateEquals", "2026-01-01T00:00:00.0000Z", "2026-01-01", "unknown"],
  ["DateEquals", "2026-01-01", "2026", "unknown"],
  ["DateEquals", "2026-01-01", "2026-01", "unknown"],
  ["DateEquals", "2026-01-01", "1767225600.25", "unknown"],
  ["Bool", "true", "false", "no"],
  ["Bool", "true", "maybe", "malformed"],
  ["Bool", "maybe", "true", "malformed"],
  ["Null", "true", "false", "no"],
  ["Null", "maybe", "true", "malformed"],
  ["BinaryEquals", "QUE=", "QUE=", "yes"],
  ["BinaryEquals", "QmluYXJ5", "QmluYXJ6", "no"],
  ["BinaryEquals", "QQ", "QQ==", "malformed"],
  ["BinaryEquals", "QQ==", "QQ", "malformed"],
  ["BinaryEquals", "Q=", "Q=", "malformed"],
  ["IpAddress", "10.0.0.0/32", "10.0.0.0", "yes"],
  ["IpAddress", "10.0.0.0/33", "10.0.0.0", "malformed"],
  ["IpAddress", "10.0.0.0/08", "10.0.0.0", "malformed"],
  ["IpAddress", "10.0.0.0/x8", "10.0.0.0", "malformed"],
  ["IpAddress", "10.0.0.0/8x", "10.0.0.0", "malformed"],
  ["IpAddress", "10.0.0.256", "10.0.1.0", "malformed"],
  ["IpAddress", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0", "yes"],
  ["IpAddress", "1::2::3", "1::2", "malformed"],
  ["IpAddress", "1::x", "1::", "malformed"],
  ["IpAddress", "12345::", "2345::", "malformed"],
  ["ArnLike", "role/x", "arn:aws:iam::1:role/x", "malformed"],
  ["ArnLike", "arn:aws:iam::1:role/x", "role/x", "malformed"],
])("%s compares %j with %j: %s", (name, wanted, actual, expected) => {
  expect(operatorOf(name)?.compare(plain(wanted), actual)).toBe(expected);
});

test.each(["bool", "BOOL", "StringEqual", "StringEqualsIfexists", "IfExists", "", "Null IfExists"])(
  "%j is no operator",
  (name) => {
    expect(operatorOf(name)).toBeUndefined();
  },
);

test.each(["NullIfExists", "ForAnyValue:Null", "ForAllValue:StringEquals", "__proto__"])(
  "%s does not exist",
  (name) => {
    expect(operatorOf(name)).toBeUndefined();
  },
);

test("only text and ARNs have policy variables, and nothing else is negated by its name", () => {
  const listed = baseOperators.map(({ compare: _compare, ...facts }) => facts);
  const rest = { negated: false, variables: false };
  const text = { family: "string", variables: true };
  const arn = { family: "arn", variables: true };
  const numeric = { family: "numeric", ...rest };
  const date = { family: "date", ...rest };
  const ip = { family: "ip", variables: false };
  expect(listed).toEqual([
    { name: "StringEquals", negated: false, ...text },
    { name: "StringNotEquals", negated: true, ...text },
    { name: "StringEqualsIgnoreCase", negated: false, ...text },
    { name: "StringNotEqualsIgnoreCase", negated: true, ...text },
    { name: "StringLike", negated: false, ...text },
    { name: "StringNotLike", negated: true, ...text },
    { name: "NumericEquals", ...numeric },
    { name: "NumericNotEquals", ...numeric, negated: true },
    { name: "NumericLessThan", ...numeric },
    { name: "NumericLessThanEquals", ...numeric },
    { name: "NumericGreaterThan", ...numeric },
    { name: "NumericGreaterThanEquals", ...numeric },
    { name: "DateEquals", ...date },
    { name: "DateNotEquals", ...date, negated: true },
    { name: "DateLessThan", ...date },
    { name: "DateLessThanEquals", ...date },
    { name: "DateGreaterThan", ...date },
    { name: "DateGreaterThanEquals", ...date },
    { name: "Bool", family: "bool", ...rest },
    { name: "BinaryEquals", family: "binary", ...rest },
    { name: "IpAddress", negated: false, ...ip },
    { name: "NotIpAddress", negated: true, ...ip },
    { name: "ArnEquals", negated: false, ...arn },
    { name: "ArnLike", negated: false, ...arn },
    { name: "ArnNotEquals", negated: true, ...arn },
    { name: "ArnNotLike", negated: true, ...arn },
    { name: "Null", family: "null", ...rest },
  ]);
});

test("a prefix and a suffix change how an operator is applied, not what it compares", () => {
  const applied = (name: string) => {
    const { compare: _compare, ...facts } = operatorOf(name) ?? {};
    return facts;
  };
  const like = { name: "StringLike", family: "string", negated: false, variables: true };
  expect(applied("StringLike")).toStrictEqual({ ...like, ifExists: false });
  expect(applied("StringLikeIfExists")).toStrictEqual({ ...like, ifExists: true });
  expect(applied("ForAnyValue:StringLikeIfExists")).toStrictEqual({
    ...like,
    ifExists: true,
    set: "ForAnyValue",
  });
});
