import fc from "fast-check";
import type { Principal, Request } from "../../packages/core/src/policy/semantics/request.ts";

import {
  condition,
  conditionBlock,
  context,
  emptyList,
  type Knobs,
  nearMiss,
  oneOrMore,
  types,
} from "./condition.ts";
import { FEDERATED_USER, ROLE, USER } from "./names.ts";

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
const SESSION = "arn:aws:sts::111122223333:assumed-role/app/one";
const PROVIDER = "cognito-identity.amazonaws.com";
const SERVICE = "logging.s3.amazonaws.com";
const CANONICAL_ID = "79a59df900b949e55d96a1e698fbaced";

function principal(): fc.Arbitrary<Principal> {
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
    { kind: "federated", provider: FEDERATED_USER, account },
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
    FEDERATED_USER,
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
