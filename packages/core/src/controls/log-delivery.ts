import type { LogTarget, Ownership } from "../model/facets.ts";
import type { Known } from "../model/reading.ts";
import { type BucketRef, bucketArn, s3Arn } from "../model/ref.ts";
import {
  evaluate,
  type OwnStatement,
  type Policy,
  parse,
  type Request,
  type Statement,
} from "../policy/index.ts";

export const deliveryService = "logging.s3.amazonaws.com";

export type Delivery =
  | { readonly kind: "granted" }
  | { readonly kind: "not-granted" | "denied" | "undecided"; readonly why: string };

/** Whether policy and ACL of the target let S3 deliver the access logs of `source` under `prefix`. */
export function judgeDelivery(target: LogTarget, source: BucketRef, prefix: string): Delivery {
  const missing = `no statement of the policy of ${target.name} lets ${deliveryService} write there`;
  const otherwise: Delivery = isGrantedByAcl(target)
    ? { kind: "granted" }
    : { kind: "not-granted", why: missing };
  if (target.policy.state === "absent") return otherwise;
  const parsed = parse(target.policy.value.text);
  if (parsed.kind === "invalid") {
    return { kind: "undecided", why: `the policy of ${target.name} is not one that IAM defines` };
  }
  const delivery = deliveryOf(target, source, prefix);
  const decision = evaluate(parsed.policy, delivery);
  switch (decision.kind) {
    case "allow":
      return { kind: "granted" };
    case "neither":
      return otherwise;
    case "deny":
      return denial(parsed.policy, delivery, target.name);
    case "undecided":
      return { kind: "undecided", why: decision.why };
  }
}

const deliveryGroup = "http://acs.amazonaws.com/groups/s3/LogDelivery";

/**
 * The old way: the group may write and read the ACL, where ACLs have a say at all.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 */
function isGrantedByAcl({ acl, ownership }: LogTarget): boolean {
  if (acl.state === "absent" || hasAclsDisabled(ownership)) return false;
  const granted = acl.value.grants
    .filter(({ grantee }) => grantee === deliveryGroup)
    .map(({ permission }) => permission);
  const all = granted.includes("FULL_CONTROL");
  return all || ["WRITE", "READ_ACP"].every((permission) => granted.includes(permission));
}

export function hasAclsDisabled(ownership: Known<Ownership>): boolean {
  return ownership.state === "present" && ownership.value.setting === "BucketOwnerEnforced";
}

/** Data perimeters exempt the services of the own organization, and its id is not known here. */
const organizationKeys = ["aws:sourceorgid", "aws:sourceorgpaths"];

/** One Deny that is certain is enough, also where others come before it. */
function denial(policy: Policy, delivery: Request, bucket: string): Delivery {
  const denies = policy.statements.filter(
    (statement) => evaluate({ ...policy, statements: [statement] }, delivery).kind === "deny",
  );
  const certain = denies.find((statement) => !dependsOnOrganization(statement));
  const [first] = denies;
  const place = (statement: Statement) =>
    `statement ${statement.index + 1} of the policy of ${bucket}`;
  if (certain !== undefined) {
    return { kind: "denied", why: `${place(certain)} denies log delivery` };
  }
  const where = first === undefined ? `the policy of ${bucket}` : place(first);
  return { kind: "undecided", why: `${where} depends on the organization of the source` };
}

function dependsOnOrganization({ conditions }: Statement): boolean {
  return conditions.some(({ key }) => organizationKeys.includes(key.toLowerCase()));
}

/** The request by which S3 delivers a log file. */
export function deliveryOf(target: LogTarget, source: BucketRef, prefix: string): Request {
  const key = `${prefix}2026-01-31-12-00-00-0123456789ABCDEF`;
  return {
    principal: { kind: "service", service: deliveryService },
    action: "s3:PutObject",
    resource: s3Arn(target.region, `${target.name}/${key}`),
    context: {
      "aws:SourceArn": [bucketArn(source)],
      "aws:SourceAccount": [source.account],
      "aws:SecureTransport": ["true"],
    },
  };
}

/**
 * Lets S3 deliver the access logs of every bucket of the account into `target`. One statement for
 * the account, because one for each source would outgrow the 20 KB of a bucket policy.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function deliveryGrant(target: BucketRef): OwnStatement {
  return {
    Sid: "BucketWardenLogDelivery",
    Effect: "Allow",
    Principal: { Service: deliveryService },
    Action: "s3:PutObject",
    Resource: `${bucketArn(target)}/*`,
    Condition: {
      ArnLike: { "aws:SourceArn": s3Arn(target.region, "*") },
      StringEquals: { "aws:SourceAccount": target.account },
    },
  };
}
