import { type Guarantee, parse, prove, type RequestClass } from "@bucket-warden/core/policy";

/** A statement of an identity or trust policy that allows something, as IAM takes it. */
export interface AllowStatement {
  readonly Effect: "Allow";
  readonly Principal?: object;
  readonly Action: string | readonly string[];
  readonly Resource?: readonly string[];
  readonly Condition?: Readonly<
    Record<string, Readonly<Record<string, string | readonly string[]>>>
  >;
}

/** `never`, or a request that one of the statements allows, or why nobody can tell. */
export type Reach = "never" | { readonly request: string } | { readonly undecided: string };

/**
 * Whether any request of a class is ever allowed. The prover knows what a policy denies, so it is asked
 * whether everything in the class is outside of what each statement allows: that is a policy too, one
 * that denies whatever has another action, another resource, another caller, or fails a condition.
 */
export function reachOf(
  statements: readonly AllowStatement[],
  requests: RequestClass,
  bucket = "payroll",
): Reach {
  const where = requests.where.map((it) => ({ ...it, key: standIn(it.key) }));
  const guarantee: Guarantee = {
    name: "out-of-reach",
    sentence: "it is out of reach",
    bucket,
    partition: "aws",
    mustDeny: [{ ...requests, where }],
    statements: [],
    sids: [],
  };
  for (const statement of statements) {
    const proof = prove(outsideOf(statement), guarantee);
    if (proof.kind === "refuted") return { request: proof.sentence };
    if (proof.kind === "undecided") return { undecided: proof.why };
  }
  return "never";
}

function outsideOf(allow: AllowStatement) {
  const { Principal, Action, Resource = ["*"], Condition = {} } = allow;
  const deny = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
  const { Principal: _, ...anyCaller } = deny;
  const { Action: __, ...anyAction } = deny;
  const { Resource: ___, ...anyResource } = deny;
  const Statement = [
    { ...anyAction, NotAction: Action },
    { ...anyResource, NotResource: Resource },
    ...(Principal === undefined ? [] : [{ ...anyCaller, NotPrincipal: Principal }]),
    ...Object.entries(Condition).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({
        ...deny,
        Condition: failureOf(operator, standIn(key), values),
      })),
    ),
  ];
  const parsed = parse(JSON.stringify({ Version: "2012-10-17", Statement }));
  if (parsed.kind === "parsed") return parsed.policy;
  throw new Error(JSON.stringify(parsed.diagnostics));
}

const settledElsewhere = [
  "s3:ResourceAccount",
  "aws:ResourceOrgID",
  "sts:ExternalId",
  "dynamodb:LeadingKeys",
];

/**
 * The prover does not guess at keys that follow from the resource or that other services have. A tag of
 * the caller can have any value on any request, or be missing: nothing that is real is left out.
 */
function standIn(key: string): string {
  return settledElsewhere.includes(key) ? `aws:PrincipalTag/${key}` : key;
}

/** The condition that holds exactly where the given one fails; a negated operator holds without the key. */
function failureOf(operator: string, key: string, values: string | readonly string[]): object {
  switch (operator) {
    case "StringEquals":
      return { StringNotEquals: { [key]: values } };
    case "StringLike":
      return { StringNotLike: { [key]: values } };
    case "ArnEquals":
      return { ArnNotEquals: { [key]: values } };
    case "ArnLike":
      return { ArnNotLike: { [key]: values } };
    case "StringEqualsIfExists":
      return { StringNotEquals: { [key]: values }, Null: { [key]: "false" } };
    case "ForAllValues:StringLike":
      return { StringNotLike: { [key]: values }, Null: { [key]: "false" } };
    default:
      throw new Error(`nobody here knows when ${operator} fails`);
  }
}
