import fc from "fast-check";
import { ROLE, USER } from "./names.ts";

export interface Knobs {
  readonly statements?: number;
  /** Empty lists, malformed values, unknown operators and what else AWS says little about. */
  readonly wild?: boolean;
}

/** Per type: what policies compare with, and what requests have. Values of one type meet often. */
const TYPES = {
  String: {
    keys: ["aws:PrincipalOrgID", "aws:UserAgent", "aws:principaltype", "aws:PrincipalAccount"],
    operators: [
      "StringEquals",
      "StringNotEquals",
      "StringEqualsIgnoreCase",
      "StringNotEqualsIgnoreCase",
      "StringLike",
      "StringNotLike",
    ],
    values: ["o-exampleorg1", "User", "ann", "ANN", "a*n", "a?n", "", "111122223333"],
    patterns: [`\${aws:username}`, `\${aws:PrincipalTag/dir}`, `a\${*}n`, `\${aws:userid, 'ann'}`],
  },
  Numeric: {
    keys: ["s3:TlsVersion", "s3:signatureAge"],
    operators: [
      "NumericEquals",
      "NumericNotEquals",
      "NumericLessThan",
      "NumericLessThanEquals",
      "NumericGreaterThan",
      "NumericGreaterThanEquals",
    ],
    values: ["1.2", "1.20", "1.3", "0", "-0", "600000", "9007199254740993"],
    patterns: ["1e3", "abc"],
  },
  Date: {
    keys: ["aws:CurrentTime", "aws:EpochTime"],
    operators: [
      "DateEquals",
      "DateNotEquals",
      "DateLessThan",
      "DateLessThanEquals",
      "DateGreaterThan",
      "DateGreaterThanEquals",
    ],
    values: [
      "2026-01-01",
      "2026-01-01T00:00:00Z",
      "2026-01-01T02:00+02:00",
      "1767225600",
      "2025-12-31T23:59:59.999Z",
      "2024-02-29",
    ],
    patterns: ["2026", "2026-02-30", "2026-01-01T00:00:00", "2026-01-01T24:00:00Z", "now"],
  },
  Bool: {
    keys: ["aws:SecureTransport", "aws:PrincipalIsAWSService"],
    operators: ["Bool"],
    values: ["true", "false", "False"],
    patterns: ["no"],
  },
  Binary: {
    keys: ["aws:UserAgent"],
    operators: ["BinaryEquals"],
    values: ["QQ==", "QR==", "QmluYXJ5"],
    patterns: ["Q"],
  },
  Ip: {
    keys: ["aws:SourceIp"],
    operators: ["IpAddress", "NotIpAddress"],
    values: [
      "10.1.2.1",
      "10.1.2.3",
      "10.1.2.4",
      "2001:db8::1",
      "2001:DB8:0:0:0:0:0:1",
      "::ffff:10.1.2.3",
    ],
    patterns: ["10.0.0.0/8", "10.1.2.2/31", "0.0.0.0/0", "2001:db8::/33", "::/0", "10.1", "::/129"],
  },
  Arn: {
    keys: ["aws:PrincipalArn", "aws:SourceArn"],
    operators: ["ArnEquals", "ArnNotEquals", "ArnLike", "ArnNotLike"],
    values: [ROLE, USER, "arn:aws:s3:::b", "arn:aws:s3:::b:c"],
    patterns: ["arn:aws:iam::*:role/*", "arn:*:iam::111122223333:*", "arn:aws:s3:::*", "*", "b"],
  },
  Null: {
    keys: ["aws:SecureTransport", "aws:PrincipalOrgID", "aws:PrincipalArn", "s3:TlsVersion"],
    operators: ["Null"],
    values: ["true", "false"],
    patterns: ["True", "0"],
  },
} as const;

export const types = Object.values(TYPES);
const everyKey = types.flatMap((type) => type.keys);

type Type = (typeof types)[number];

/** The `Condition` of a statement. */
export function conditionBlock(knobs: Knobs): fc.Arbitrary<object> {
  const one = fc.constantFrom(...types).chain((type) => condition(type, knobs));
  return fc
    .array(one, { maxLength: 2 })
    .map((blocks) => ({ Condition: Object.assign({}, ...blocks) }));
}

/** One operator with one key. */
export function condition(type: Type, { wild = false }: Knobs): fc.Arbitrary<object> {
  const texts: readonly string[] = wild ? [...type.values, ...type.patterns] : type.values;
  const near = type === TYPES.String || type === TYPES.Arn;
  const value = near ? nearMiss(fc.constantFrom(...texts)) : fc.constantFrom(...texts);
  const values = oneOrMore(value);
  return fc
    .tuple(
      operatorName(fc.constantFrom<string>(...type.operators), wild),
      fc.constantFrom<string>(...type.keys),
      wild ? fc.oneof({ weight: 9, arbitrary: values }, emptyList()) : values,
    )
    .map(([operator, key, wanted]) => ({ [operator]: { [key]: wanted } }));
}

function operatorName(name: fc.Arbitrary<string>, wild: boolean): fc.Arbitrary<string> {
  const prefix = fc.constantFrom("", "", "", "ForAllValues:", "ForAnyValue:");
  const suffix = fc.constantFrom("", "", "IfExists");
  const odd = fc.constantFrom("Bogus", "bool", "NullIfExists", "BoolNotEquals", "StringNot");
  const whole = fc.tuple(prefix, name, suffix).map((parts) => {
    // Null takes neither; those that do are not operators and belong to the wild ones.
    return parts[1] === "Null" && !wild ? "Null" : parts.join("");
  });
  return wild ? fc.oneof({ weight: 19, arbitrary: whole }, odd) : whole;
}

/** The keys of a request, of which many are those that policies ask for. */
export function context(): fc.Arbitrary<Record<string, readonly string[]>> {
  const entry = fc
    .constantFrom(...types)
    .chain((type) =>
      fc.tuple(
        fc.oneof(fc.constantFrom<string>(...type.keys), fc.constantFrom<string>(...everyKey)),
        fc.oneof(
          { weight: 8, arbitrary: fc.constantFrom<string>(...type.values).map((one) => [one]) },
          fc.array(fc.constantFrom<string>(...type.values), { maxLength: 3 }),
        ),
      ),
    );
  const tags: readonly (readonly string[])[] = [["ann"], ["a*"], ["a", "b"]];
  const tag = fc.tuple(fc.constant("aws:PrincipalTag/dir"), fc.constantFrom(...tags));
  return fc
    .array(fc.oneof({ weight: 6, arbitrary: entry }, tag), { maxLength: 5 })
    .map((entries) => Object.fromEntries(entries));
}

/** The text, mostly as it is, or with one character made a wildcard, or with a wildcard put in. */
export function nearMiss(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const wildcard = fc.constantFrom("*", "?");
  return fc.oneof(
    text,
    fc.tuple(text, fc.nat(40), wildcard, fc.nat(3)).map(([whole, place, sign, width]) => {
      // The service prefix stays, or the grammar would not take the text for an action.
      const at = Math.min(whole.length, 3 + (place % Math.max(1, whole.length - 2)));
      return whole.slice(0, at) + sign + whole.slice(at + width);
    }),
  );
}

export function oneOrMore<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | readonly T[]> {
  return fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
}

export function emptyList(): fc.Arbitrary<readonly never[]> {
  return fc.constant([]);
}
