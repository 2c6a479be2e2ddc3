import fc from "fast-check";
import type {
  Guarantee,
  OneOrMore,
  OwnStatement,
  RequestClass,
} from "../../packages/core/src/policy/guarantees/guarantee.ts";
import { s3Actions } from "../../packages/core/src/policy/match/s3-actions.ts";
import { holds, operatorOf } from "../../packages/core/src/policy/operators/index.ts";
import { contextOf } from "../../packages/core/src/policy/semantics/context.ts";
import { evaluate } from "../../packages/core/src/policy/semantics/evaluate.ts";
import type { Principal, Request } from "../../packages/core/src/policy/semantics/request.ts";
import type { Condition, Policy } from "../../packages/core/src/policy/syntax/document.ts";
import { FEDERATED_USER } from "./names.ts";

/**
 * Policies that give a guarantee in roundabout ways: the canonical statement is split again and again
 * along principals, actions, resources and condition keys, and then perhaps spoiled by one mistake.
 * Random policies never come near a proof; these are always one step away from it.
 */
export interface Blueprint {
  readonly statements: readonly Shape[];
}

interface Shape {
  readonly Effect: "Deny";
  readonly Principal?: unknown;
  readonly NotPrincipal?: unknown;
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource?: readonly string[];
  readonly NotResource?: readonly string[];
  readonly Condition: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const bucket = "arn:aws:s3:::b";
const encryption = "s3:x-amz-server-side-encryption";
const customerAlgorithm = "s3:x-amz-server-side-encryption-customer-algorithm";

/** A statement of the guarantee, with every list written as a list. */
function shapeOf({ Action, Resource, Condition = {} }: OwnStatement): Shape {
  const blocks = Object.entries(Condition).map(([operator, block]) => {
    const values = Object.entries(block).map(([key, value]) => [key, listOf(value)] as const);
    return [operator, Object.fromEntries(values)] as const;
  });
  return {
    Effect: "Deny",
    Principal: "*",
    Action: listOf(Action),
    Resource: listOf(Resource),
    Condition: Object.fromEntries(blocks),
  };
}

function listOf(value: OneOrMore): readonly string[] {
  return typeof value === "string" ? [value] : value;
}

type Split = (shape: Shape) => readonly Shape[] | undefined;

const accounts = ["111122223333", "222233334444"];
const named = [
  ...accounts,
  "arn:aws:iam::111122223333:user/ann",
  "arn:aws:iam::111122223333:role/app",
  "arn:aws:iam::222233334444:role/team/ops",
  "arn:aws:sts::222233334444:assumed-role/ops/one",
];

function split(): fc.Arbitrary<Split> {
  return fc.oneof(byPrincipal(), byAction(), byResource(), byCondition());
}

function byPrincipal(): fc.Arbitrary<Split> {
  const names = fc.subarray(named, { minLength: 1, maxLength: 2 });
  return names.map((AWS) => (shape) => {
    if (shape.Principal !== "*") return undefined;
    const { Principal: _, ...rest } = shape;
    return [
      { ...rest, Principal: { AWS } },
      { ...rest, NotPrincipal: { AWS } },
    ];
  });
}

function byAction(): fc.Arbitrary<Split> {
  const patterns = ["s3:Get*", "s3:PutObject", "S3:list*", "s3:*Object", "s3:??tObject*"];
  return fc.subarray(patterns, { minLength: 1, maxLength: 2 }).map((chosen) => (shape) => {
    if (shape.Action?.[0] !== "s3:*") return undefined;
    const { Action: _, ...rest } = shape;
    return [
      { ...rest, Action: chosen },
      { ...rest, NotAction: chosen },
    ];
  });
}

function byResource(): fc.Arbitrary<Split> {
  const patterns = [bucket, `${bucket}/a*`, `${bucket}/*.txt`, `${bucket}/?`, `${bucket}*e*`];
  return fc.subarray(patterns, { minLength: 1, maxLength: 2 }).map((chosen) => (shape) => {
    if (shape.Resource === undefined) return undefined;
    const { Resource, ...rest } = shape;
    const whole = Resource.length > 1 || Resource[0] === "*" || Resource[0] === `${bucket}/*`;
    if (!whole) return undefined;
    return [
      { ...rest, Resource: chosen },
      { ...rest, NotResource: chosen },
    ];
  });
}

type Pair = readonly [operator: string, opposite: string, key: string, ...values: string[]];

/** Two conditions of which exactly one holds, whether the key is there or not. */
const opposites: readonly Pair[] = [
  ["StringLike", "StringNotLike", "aws:UserAgent", "curl/*", "?"],
  ["StringEquals", "StringNotEquals", "aws:SourceVpce", "vpce-1"],
  ["StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "aws:UserAgent", "Curl/X"],
  ["IpAddress", "NotIpAddress", "aws:SourceIp", "10.0.0.0/8", "2001:db8::/32"],
  ["IpAddress", "NotIpAddress", "aws:SourceIp", "10.1.0.0/16"],
  ["ArnLike", "ArnNotLike", "aws:PrincipalArn", "arn:aws:iam::*:role/a*"],
  // Not all of an account: federated callers have an ARN that nobody knows, which would be a doubt.
  ["StringLike", "StringNotLike", "aws:PrincipalArn", "arn:aws:iam::1*:role/*", "*/ann"],
  ["StringEquals", "StringNotEquals", "aws:PrincipalAccount", "222233334444"],
  ["StringEquals", "StringNotEquals", "aws:PrincipalOrgID", "o-exampleorg1"],
  ["NumericLessThan", "NumericGreaterThanEqualsIfExists", "s3:signatureAge", "60000"],
  ["NumericLessThanEqualsIfExists", "NumericGreaterThan", "s3:signatureAge", "90000"],
  ["NumericEquals", "NumericNotEquals", "s3:signatureAge", "60000", "90000"],
  ["Bool", "StringNotEquals", "aws:MultiFactorAuthPresent", "true"],
  ["DateLessThan", "DateGreaterThanEqualsIfExists", "aws:TokenIssueTime", "2026-05-01T00:00:00Z"],
  ["BoolIfExists", "ForAnyValue:StringNotEquals", "aws:MultiFactorAuthPresent", "false"],
  ["ForAllValues:StringLike", "ForAnyValue:StringNotLike", "aws:SourceVpce", "vpce-*"],
];

/** What a class may ask of its requests: one of the conditions by which coverings are split. */
export function classCondition(): fc.Arbitrary<Condition> {
  const pairs = opposites.map(([operator, opposite, key, ...values]) =>
    [operator, opposite].map((one) => ({ operator: one, key, values })),
  );
  return fc.constantFrom(...pairs.flat());
}

function byCondition(): fc.Arbitrary<Split> {
  return fc.constantFrom(...opposites).map(([operator, opposite, key, ...values]) => (shape) => {
    const { Condition } = shape;
    if (Condition[operator] !== undefined || Condition[opposite] !== undefined) return undefined;
    return [
      { ...shape, Condition: { ...Condition, [operator]: { [key]: values } } },
      { ...shape, Condition: { ...Condition, [opposite]: { [key]: values } } },
    ];
  });
}

export function coverings(
  promise: Guarantee,
  { mistakes = true }: { readonly mistakes?: boolean } = {},
): fc.Arbitrary<Blueprint> {
  const splits = fc.array(fc.tuple(fc.nat(7), split()), { maxLength: 5 });
  const spoiled = mistakes
    ? fc.option(mistake(), { nil: undefined, freq: 2 })
    : fc.constant(undefined);
  return fc.tuple(splits, spoiled).map(([steps, spoil]) => {
    let statements: readonly Shape[] = promise.statements.map(shapeOf);
    for (const [place, divide] of steps) statements = divided(statements, place, divide);
    return { statements: spoil === undefined ? statements : spoil(statements) };
  });
}

function divided(all: readonly Shape[], place: number, divide: Split): readonly Shape[] {
  const at = place % all.length;
  return all.flatMap((shape, index) => (index === at ? (divide(shape) ?? [shape]) : [shape]));
}

/** Drops a statement, or gives one some condition or pattern more, which makes it match less. */
function mistake(): fc.Arbitrary<(all: readonly Shape[]) => readonly Shape[]> {
  const narrower = fc
    .tuple(fc.nat(7), split())
    .map(([place, divide]) => (all: readonly Shape[]) => {
      const at = place % all.length;
      return all.flatMap((shape, index) =>
        index === at ? (divide(shape) ?? []).slice(0, 1) : [shape],
      );
    });
  const fewer = fc
    .nat(7)
    .map((place) => (all: readonly Shape[]) => all.filter((_, at) => at !== place % all.length));
  return fc.oneof(narrower, fewer).map((spoil) => (all) => {
    const left = spoil(all);
    return left.length === 0 ? all : left;
  });
}

/** Whether the request is one that the guarantee is about, and the policy certainly does not deny it. */
export function slips(policy: Policy, promise: Guarantee, request: Request): boolean {
  const { kind } = evaluate(policy, request);
  return (kind === "allow" || kind === "neither") && isMeant(promise, request);
}

/** Whether the request is one that the guarantee is about, and the policy does not certainly deny it. */
export function maySlip(policy: Policy, promise: Guarantee, request: Request): boolean {
  return evaluate(policy, request).kind !== "deny" && isMeant(promise, request);
}

function isMeant(promise: Guarantee, request: Request): boolean {
  return promise.mustDeny.some((requests) => isIn(requests, request, promise));
}

function isIn(requests: RequestClass, request: Request, { bucket: name }: Guarantee): boolean {
  const { principal, action, resource } = request;
  const onBucket = resource === `arn:aws:s3:::${name}`;
  if (!onBucket && !resource.startsWith(`arn:aws:s3:::${name}/`)) return false;
  if (onBucket && requests.resources === "objects") return false;
  const target = s3Actions.find((one) => one.name === action)?.appliesTo;
  if (target !== undefined && (target === "bucket") !== onBucket) return false;
  if (requests.actions !== "every" && !requests.actions.includes(action)) return false;
  if (principal.kind === "service" && requests.callers !== "everyone") return false;
  if (principal.kind === "anonymous" && requests.callers === "signed") return false;
  const context = contextOf(request);
  return requests.where.every(({ operator, key, values }) => {
    const known = operatorOf(operator);
    return known !== undefined && holds(known, values, context.get(key.toLowerCase())) === "yes";
  });
}

const principals: readonly Principal[] = [
  { kind: "anonymous" },
  ...accounts.map((account) => ({ kind: "root", account }) as const),
  { kind: "user", arn: "arn:aws:iam::111122223333:user/ann", account: "111122223333" },
  { kind: "user", arn: "arn:aws:iam::999900001111:user/x", account: "999900001111" },
  session("111122223333", "app"),
  session("111122223333", "xyz"),
  session("222233334444", "team/ops"),
  session("999900001111", "a"),
  { kind: "federated", provider: "accounts.google.com", account: "111122223333" },
  { kind: "federated", provider: FEDERATED_USER, account: "111122223333" },
  { kind: "service", service: "logging.s3.amazonaws.com" },
];

function session(account: string, role: string): Principal {
  const name = role.slice(role.lastIndexOf("/") + 1);
  return {
    kind: "role-session",
    roleArn: `arn:aws:iam::${account}:role/${role}`,
    arn: `arn:aws:sts::${account}:assumed-role/${name}/one`,
    account,
    orgId: "o-exampleorg1",
  };
}

const actions = [
  "s3:GetObject",
  "s3:PutObject",
  "s3:ReplicateObject",
  "s3:ListBucket",
  "s3:PutBucketPolicy",
  "s3:Xyz",
  "s3:GetXyz",
];
const resources = [
  bucket,
  ...["a", "b", "abc", "e", "e.txt", "bc.txt", "a.txt", "zz"].map((key) => `${bucket}/${key}`),
];

const values: Readonly<Record<string, readonly string[]>> = {
  "aws:SecureTransport": ["false", "true"],
  "aws:UserAgent": ["curl/1", "x", "curl/x", "CURL/X", "Curl/X", "zz"],
  "aws:SourceVpce": ["vpce-1", "vpce-2"],
  "aws:SourceIp": ["10.0.0.1", "10.1.2.3", "11.0.0.0", "2001:db8::1", "2001:db9::"],
  "s3:signatureAge": ["1", "60000", "70000", "90000", "100000"],
  "aws:MultiFactorAuthPresent": ["true", "false"],
  "aws:TokenIssueTime": ["2026-04-30T23:59:59Z", "2026-05-01T00:00:00Z", "2027-01-01T00:00:00Z"],
  [encryption]: ["AES256", "aws:kms", "aws:fsx", "aws:kms:dsse"],
  [customerAlgorithm]: ["AES256"],
  "s3:TlsVersion": ["1.1", "1.2"],
};

/** Without these, few requests would be any that the guarantee is about. */
const usual: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "ssl-only": { "aws:SecureTransport": ["false"] },
  "tls-minimum": { "aws:SecureTransport": ["true"], "s3:TlsVersion": ["1.1"] },
  "presigned-max-age": { "s3:authType": ["REST-QUERY-STRING"], "s3:signatureAge": ["90001"] },
};

/** A few hundred requests that meet what the policy asks about; the seed chooses which. */
export function worldOf(policy: Policy, promise: Guarantee, seed: number): readonly Request[] {
  const asked = new Set([
    ...promise.mustDeny.flatMap(({ where }) => where.map(({ key }) => key)),
    ...policy.statements.flatMap(({ conditions }) => conditions.map(({ key }) => key)),
  ]);
  const keys = [...asked].filter((key) => values[key] !== undefined);
  let state = seed >>> 0;
  const draw = <T>(choices: readonly [T, ...T[]] | readonly T[]): T => {
    // Park and Miller's generator: the test only needs the same world for the same seed.
    state = (state * 48271 + 11) % 2147483647;
    const chosen = choices[state % choices.length];
    if (chosen === undefined) throw new Error("nothing to draw from");
    return chosen;
  };
  return Array.from({ length: 300 }, () => {
    const context: Record<string, readonly string[]> = {};
    for (const key of keys) {
      const value = draw(["", ...(values[key] ?? [])]);
      if (value !== "") context[key] = [value];
    }
    Object.assign(context, usual[promise.name]);
    return {
      principal: draw(principals),
      action: draw(actions),
      resource: draw(resources),
      context,
    };
  });
}
