import type { RequestClass } from "../guarantees/guarantee.ts";
import { arnParts } from "../match/arn.ts";
import { ipRangeOf, operatorOf } from "../operators/index.ts";
import type { Condition, Policy, Statement } from "../syntax/document.ts";
import { evaluate } from "./evaluate.ts";
import type { Request } from "./request.ts";
import { bucketNamedIn } from "./search/bucket.ts";
import { deniesOf, modelOf, prepared } from "./search/model.ts";
import { slipsOf } from "./search/slips.ts";

/**
 * Whether a policy is public in the sense of S3's Block Public Access. One public statement makes the
 * whole policy public, and a Deny elsewhere does not take that back.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export type PublicAccess =
  | { readonly kind: "not-public" }
  | { readonly kind: "public"; readonly statements: readonly PublicStatement[] };

export interface PublicStatement {
  readonly statement: number;
  readonly why: string;
  /** What a stranger may do; missing where a Deny statement stops every request that was tried. */
  readonly witness?: Request;
}

/** Judges a bucket policy statement by statement, as S3 does. */
export function publicAccess(policy: Policy): PublicAccess {
  const statements = policy.statements.flatMap((statement) => {
    const why = whyPublic(statement);
    if (why === undefined) return [];
    const witness = witnessOf(statement, policy);
    return [{ statement: statement.index, why, ...(witness === undefined ? {} : { witness }) }];
  });
  return statements.length === 0 ? { kind: "not-public" } : { kind: "public", statements };
}

function whyPublic({ effect, principal, conditions }: Statement): string | undefined {
  if (effect !== "Allow") return undefined;
  const everyone = principal.entries.some(({ kind }) => kind === "everyone");
  if (!principal.negated && !everyone) return undefined;
  if (conditions.some(limitsToFixedValues)) return undefined;
  const who = principal.negated ? "everyone but a few (NotPrincipal)" : "everyone";
  const loose = conditions.filter(({ key }) => fixingKeys.has(key.toLowerCase()));
  if (loose.length === 0) return `it allows ${who}, and no condition limits that to fixed values`;
  const named = loose.map(({ operator, key, values }) => `${operator} ${key} ${values.join(", ")}`);
  return `it allows ${who}, and what should limit that is not fixed: ${named.join("; ")}`;
}

/** The keys with which a statement for everyone is still not public, if their values are fixed. */
const fixingKeys: ReadonlySet<string> = new Set([
  "aws:principalorgid",
  "aws:sourcearn",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourceowner",
  "aws:sourceaccount",
  "aws:sourceip",
  "aws:userid",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
  "s3:dataaccesspointarn",
  "s3:dataaccesspointaccount",
]);

function limitsToFixedValues({ operator: name, key, values }: Condition): boolean {
  const operator = operatorOf(name);
  const lower = key.toLowerCase();
  if (operator === undefined || !fixingKeys.has(lower) || values.length === 0) return false;
  // Such an operator also holds for requests without the key, or for all values but a few.
  if (operator.negated || operator.ifExists || operator.set === "ForAllValues") return false;
  if (operator.family === "ip") return lower === "aws:sourceip" && values.every(isNarrow);
  const compares = operator.family === "string" || operator.family === "arn";
  return compares && values.every((value) => isFixed(lower, value));
}

const widest = { 32: 8, 128: 32 } as const;

function isNarrow(value: string): boolean {
  const range = ipRangeOf(value);
  return range !== undefined && range.prefix >= widest[range.bits];
}

/** Without wildcards and variables. The name of an access point may have some, its account may not. */
function isFixed(key: string, value: string): boolean {
  if (value.includes("${")) return false;
  if (key === "aws:userid") return !/[*?]/.test(value) && !/^AROA[A-Z0-9]*:/.test(value);
  if (key !== "s3:dataaccesspointarn") return !/[*?]/.test(value);
  // Stryker disable next-line StringLiteral: any text that is no account
  return /^\d{12}$/.test(arnParts(value)?.[4] ?? "");
}

const steps = 50_000;

const strangers: RequestClass = {
  manner: "",
  actions: "every",
  resources: "bucket-and-objects",
  callers: "all-but-services",
  where: [],
  assuming: [],
};

function witnessOf(statement: Statement, policy: Policy): Request | undefined {
  const within = prepared(statement, policy.version);
  const model = modelOf(bucketNamedIn(statement), strangers, deniesOf(policy), within);
  // Stryker disable next-line StringLiteral: a text that is no mode
  for (const { request } of slipsOf(model, "sure", { budget: { left: steps }, used: new Set() })) {
    // Stryker disable next-line ConditionalExpression: the search finds no other requests; its word is not taken for it
    if (evaluate(policy, request).kind === "allow") return request;
  }
  return undefined;
}
