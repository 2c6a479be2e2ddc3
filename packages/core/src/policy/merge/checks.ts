import type { OwnStatement } from "../guarantees/guarantee.ts";
import { isDeadPrincipal } from "../match/principal.ts";
import { evaluate } from "../semantics/evaluate.ts";
import type { Request } from "../semantics/request.ts";
import type { Policy, Statement } from "../syntax/document.ts";
import { sizeInBytes } from "../syntax/edit.ts";
import { parse } from "../syntax/parse.ts";

/** Why a policy was left alone. */
export interface Refusal {
  readonly kind: "refused";
  readonly code:
    | "invalid-policy"
    | "too-large"
    | "dead-principal"
    | "locks-out-owner"
    | "not-proven";
  readonly why: string;
  readonly remedy: string;
}

/** A policy before and after a change, with the statements that went and came. */
export interface Amendment {
  readonly before: Policy | undefined;
  readonly text: string;
  readonly dropped: readonly Statement[];
  readonly added: readonly OwnStatement[];
}

/** S3 takes no larger bucket policy. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html */
const mostBytes = 20_480;

/** The reasons to refuse a change, in the order in which a person would want to hear them. */
export function check(
  amendment: Amendment,
  verify: (after: Policy) => Refusal | undefined,
): Refusal | undefined {
  const dead = deadPrincipal(amendment);
  if (dead !== undefined) return dead;
  const bytes = sizeInBytes(amendment.text);
  if (bytes > mostBytes) return tooLarge(bytes);
  const after = reread(amendment);
  return lockOut(amendment, after) ?? verify(after);
}

/** S3 refuses every document that names a deleted principal, whoever wrote the rest of it. */
function deadPrincipal({ before, dropped }: Amendment): Refusal | undefined {
  for (const statement of before?.statements ?? []) {
    if (dropped.some(({ index }) => index === statement.index)) continue;
    const [dead] = statement.principal.entries.flatMap((entry) =>
      entry.kind === "aws" && isDeadPrincipal(entry.value) ? [entry.value] : [],
    );
    if (dead === undefined) continue;
    const { index, sid } = statement;
    const name = sid === undefined ? `statement ${index + 1}` : `statement ${index + 1} (${sid})`;
    return {
      kind: "refused",
      code: "dead-principal",
      why: `${name} names ${dead}, a principal that was deleted; S3 would refuse the whole policy`,
      remedy: `Remove ${dead} from ${name}, or name the principal that took its place`,
    };
  }
  return undefined;
}

function tooLarge(bytes: number): Refusal {
  return {
    kind: "refused",
    code: "too-large",
    why: `the policy would have ${bytes} bytes, and S3 takes ${mostBytes}`,
    remedy: "Shorten the other statements: merge them, or use wildcards and access points",
  };
}

/** Reads the result back; that it says what was meant is an invariant, so a surprise is a bug. */
function reread({ before, text, dropped, added }: Amendment): Policy {
  const parsed = parse(text);
  if (parsed.kind !== "parsed") throw new Error("the changed policy cannot be read back");
  const gone = new Set(dropped.map(({ index }) => index));
  const kept = before === undefined ? [] : textsOf(before).filter((_, index) => !gone.has(index));
  const now = textsOf(parsed.policy);
  const intact = kept.every((statement, place) => statement === now[place]);
  const complete = now.length === kept.length + added.length;
  const sameVersion = before === undefined || parsed.policy.version === before.version;
  if (!intact || !complete || !sameVersion) {
    throw new Error("the change would have touched statements of others");
  }
  return parsed.policy;
}

function textsOf({ text, statements }: Policy): readonly string[] {
  return statements.map(({ span }) => text.slice(span.start, span.end));
}

/** Whether what is added denies an everyday administrator the repair of the policy. */
function lockOut({ added }: Amendment, after: Policy): Refusal | undefined {
  const [resource] = added.flatMap(({ Resource }) => Resource);
  if (resource === undefined) return undefined;
  const bucket = resource.replace(/\/.*/, "");
  const ours = { ...after, statements: after.statements.slice(-added.length) };
  const locked = repairs.find((action) => {
    const { kind } = evaluate(ours, administrator(action, bucket, organizationOf(added)));
    return kind === "deny" || kind === "undecided";
  });
  if (locked === undefined) return undefined;
  return {
    kind: "refused",
    code: "locks-out-owner",
    why: `the statements to add would deny ${locked} to administrators of the bucket's own account`,
    remedy: "Narrow the guarantee: exempt the role that administers the bucket",
  };
}

const repairs = ["s3:GetBucketPolicy", "s3:PutBucketPolicy", "s3:DeleteBucketPolicy"];

/** Calls over TLS 1.3, signed a moment ago, from within the organization if there is one. */
function administrator(action: string, resource: string, orgId: string | undefined): Request {
  const account = "111122223333";
  const roleArn = `arn:aws:iam::${account}:role/Administrator`;
  // Stryker disable next-line StringLiteral: nobody names this session
  const arn = `arn:aws:sts::${account}:assumed-role/Administrator/session`;
  // Stryker disable next-line ConditionalExpression: an organization that is undefined is none
  const organization = orgId === undefined ? {} : { orgId };
  return {
    principal: { kind: "role-session", arn, roleArn, account, ...organization },
    action,
    resource,
    context: {
      "aws:SecureTransport": ["true"],
      "s3:TlsVersion": ["1.3"],
      "s3:signatureAge": ["500"],
      "s3:authType": ["REST-HEADER"],
    },
  };
}

/** The organization that the statements let in, if they speak of one. */
function organizationOf(added: readonly OwnStatement[]): string | undefined {
  const blocks = added.flatMap(({ Condition }) => Object.values(Condition ?? {}));
  return blocks.flatMap((block) => block["aws:PrincipalOrgID"] ?? [])[0];
}
