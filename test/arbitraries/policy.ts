import fc from "fast-check";
import type { Principal, Request } from "../../packages/core/src/policy/semantics/request.ts";

/**
 * Generators of bucket policies and of requests that nearly match them: few names, drawn again and
 * again, since texts drawn freely never meet. Whatever a policy says, its requests come close to it.
 */

/** A policy as an object, in any spelling that parses. */
export function policyDocument(knobs: Knobs = {}): fc.Arbitrary<Document> {
  const version = fc.constantFrom("2012-10-17", "2012-10-17", "2008-10-17", undefined);
  const statements = fc.array(statement(knobs), { minLength: 1, maxLength: knobs.statements ?? 4 });
  return fc.tuple(version, statements).map(([Version, list]) => ({
    ...(Version === undefined ? {} : { Version }),
    Statement: list.length === 1 && list[0] !== undefined ? list[0] : list,
  }));
}

export interface Knobs {
  readonly statements?: number;
  /** Empty lists, malformed values, unknown operators and what else AWS says little about. */
  readonly wild?: boolean;
}

export interface Document {
  readonly Version?: string;
  readonly Statement: object | readonly object[];
}

/** A request for the bucket of these policies. */
export function request(): fc.Arbitrary<Request> {
  return fc.record({
    principal: principal(),
    action: fc.constantFrom(...ACTIONS, "S3:getobject"),
    resource: fc.constantFrom(...RESOURCES),
    context: context(),
  });
}

const ACCOUNTS = ["111122223333", "444455556666"];
const ROLE = "arn:aws:iam::111122223333:role/app";
const SESSION = "arn:aws:sts::111122223333:assumed-role/app/one";
const USER = "arn:aws:iam::111122223333:user/team/ann";
const PROVIDER = "cognito-identity.amazonaws.com";
const SERVICE = "logging.s3.amazonaws.com";
const CANONICAL_ID = "79a59df900b949e55d96a1e698fbaced";

export function principal(): fc.Arbitrary<Principal> {
  const org = { orgId: "o-exampleorg1" };
  const [account = ""] = ACCOUNTS;
  return fc.constantFrom<Principal>(
    { kind: "anonymous" },
    ...ACCOUNTS.map((one) => ({ kind: "root", account: one }) as const),
    { kind: "user", arn: USER, account, ...org },
    { kind: "user", arn: "arn:aws:iam::111122223333:user/bob", account },
    { kind: "role-session", arn: SESSION, roleArn: ROLE, account, ...org },
    { kind: "role-session", arn: SESSION, roleArn: `${ROLE}s`, account },
    { kind: "federated", provider: PROVIDER, account },
    { kind: "service", service: SERVICE },
    { kind: "canonical-user", id: CANONICAL_ID, account },
  );
}

const ACTIONS = ["s3:GetObject", "s3:GetObjectAcl", "s3:PutObject", "s3:ListBucket", "s3:NewThing"];
const RESOURCES = [
  "arn:aws:s3:::b",
  "arn:aws:s3:::b/",
  "arn:aws:s3:::b/a/c",
  "arn:aws:s3:::b/ann/x",
  "arn:aws:s3:::b/*",
  "arn:aws:s3:::bb/a:c",
];

function statement(knobs: Knobs): fc.Arbitrary<object> {
  return fc
    .tuple(
      fc.record({ Effect: fc.constantFrom("Allow", "Deny") }),
      principalElement(),
      element("Action", fc.oneof(nearMiss(fc.constantFrom(...ACTIONS, "s3:*")), star()), knobs),
      element("Resource", fc.oneof(resourcePattern(), star()), knobs),
      fc.option(conditionBlock(knobs), { nil: {} }),
    )
    .map((parts) => Object.assign({}, ...parts) as object);
}

function star(): fc.Arbitrary<string> {
  return fc.constant("*");
}

function principalElement(): fc.Arbitrary<object> {
  const aws = fc.constantFrom(
    ...ACCOUNTS,
    "arn:aws:iam::111122223333:root",
    "arn:aws-cn:iam::444455556666:root",
    ROLE,
    SESSION,
    USER,
    "*",
    "AROAJQABLZS4A3QDU576Q",
  );
  const named = fc
    .record(
      {
        AWS: oneOrMore(aws),
        Service: oneOrMore(fc.constantFrom(SERVICE, "s3.amazonaws.com")),
        Federated: fc.constantFrom(PROVIDER, "accounts.google.com"),
        CanonicalUser: fc.constantFrom(CANONICAL_ID, "0"),
      },
      { requiredKeys: [] },
    )
    .filter((entries) => Object.keys(entries).length > 0);
  const value = fc.oneof(fc.constant("*"), fc.constant({ AWS: "*" }), named);
  return fc.oneof(
    { weight: 3, arbitrary: value.map((Principal) => ({ Principal })) },
    { weight: 1, arbitrary: named.map((NotPrincipal) => ({ NotPrincipal })) },
  );
}

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
function element(
  name: string,
  pattern: fc.Arbitrary<string>,
  { wild = false }: Knobs,
): fc.Arbitrary<object> {
  const value = wild ? fc.oneof(oneOrMore(pattern), emptyList()) : oneOrMore(pattern);
  return fc
    .tuple(fc.constantFrom(name, name, name, `Not${name}`), value)
    .map(([key, patterns]) => ({ [key]: patterns }));
}

function resourcePattern(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 3, arbitrary: nearMiss(fc.constantFrom(...RESOURCES)) },
    fc.constantFrom(
      `arn:aws:s3:::b/\${aws:username}/*`,
      `arn:aws:s3:::b/\${aws:PrincipalTag/dir, 'ann'}/?`,
      `arn:aws:s3:::b/\${*}`,
    ),
  );
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

function oneOrMore<T>(item: fc.Arbitrary<T>): fc.Arbitrary<T | readonly T[]> {
  return fc.oneof(item, fc.array(item, { minLength: 1, maxLength: 3 }));
}

function emptyList(): fc.Arbitrary<readonly never[]> {
  return fc.constant([]);
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

const types = Object.values(TYPES);
const everyKey = types.flatMap((type) => type.keys);

type Type = (typeof types)[number];

function conditionBlock(knobs: Knobs): fc.Arbitrary<object> {
  const one = fc.constantFrom(...types).chain((type) => condition(type, knobs));
  return fc
    .array(one, { maxLength: 2 })
    .map((blocks) => ({ Condition: Object.assign({}, ...blocks) }));
}

/** One operator with one key. */
function condition(type: Type, { wild = false }: Knobs): fc.Arbitrary<object> {
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

/**
 * A policy of one statement in which everything but one condition certainly matches, and a request
 * that mostly has the key: what the operators do is not hidden behind other parts that fail.
 */
export function oneCondition(knobs: Knobs = {}): fc.Arbitrary<readonly [Document, Request]> {
  return fc.constantFrom(...types).chain((type) => {
    const texts: readonly string[] = knobs.wild ? [...type.values, ...type.patterns] : type.values;
    const actual = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...texts).map((one) => [one]) },
      fc.array(fc.constantFrom(...texts), { maxLength: 3 }),
    );
    return fc
      .tuple(condition(type, knobs), fc.constantFrom<string>(...type.keys), actual, request())
      .map(([Condition, key, values, base]) => {
        const everything = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
        const document = { Version: "2012-10-17", Statement: { ...everything, Condition } };
        return [document, { ...base, context: { ...base.context, [key]: values } }] as const;
      });
  });
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

function context(): fc.Arbitrary<Record<string, readonly string[]>> {
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
