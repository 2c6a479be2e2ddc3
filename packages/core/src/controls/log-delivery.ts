import type { LogTarget } from "../model/facets.ts";
import { type BucketRef, bucketArn, s3Arn } from "../model/ref.ts";
import { evaluate, type OwnStatement, type Policy, parse, type Request } from "../policy/index.ts";

const deliveryService = "logging.s3.amazonaws.com";

export type Delivery =
  | { readonly kind: "granted" }
  | { readonly kind: "not-granted" | "denied" | "undecided"; readonly why: string };

/** Whether the target's bucket policy lets S3 deliver the access logs of `source` under `prefix`. */
export function judgeDelivery(target: LogTarget, source: BucketRef, prefix: string): Delivery {
  const missing = `no statement of the policy of ${target.name} lets ${deliveryService} write there`;
  if (target.policy.state === "absent") return { kind: "not-granted", why: missing };
  const parsed = parse(target.policy.value.text);
  if (parsed.kind === "invalid") {
    return { kind: "undecided", why: `the policy of ${target.name} is not one that IAM defines` };
  }
  const decision = evaluate(parsed.policy, deliveryOf(target, source, prefix));
  switch (decision.kind) {
    case "allow":
      return { kind: "granted" };
    case "neither":
      return { kind: "not-granted", why: missing };
    case "deny":
      return denial(parsed.policy, decision.statement, target.name);
    case "undecided":
      return { kind: "undecided", why: decision.why };
  }
}

/** Data perimeters exempt the services of the own organization, and its id is not known here. */
const organizationKeys = ["aws:sourceorgid", "aws:sourceorgpaths"];

function denial(policy: Policy, statement: number, bucket: string): Delivery {
  const conditions = policy.statements[statement]?.conditions ?? [];
  const place = `statement ${statement + 1} of the policy of ${bucket}`;
  if (conditions.some(({ key }) => organizationKeys.includes(key.toLowerCase()))) {
    return { kind: "undecided", why: `${place} depends on the organization of the source` };
  }
  return { kind: "denied", why: `${place} denies log delivery` };
}

function deliveryOf(target: LogTarget, source: BucketRef, prefix: string): Request {
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

// Classic load balancers of older regions write as an account of AWS; these are the named services.
const logWriters = [
  deliveryService,
  "delivery.logs.amazonaws.com",
  "logdelivery.elasticloadbalancing.amazonaws.com",
];

/** The first service that a policy allows to deliver logs of any kind into its bucket. */
export function logWriterIn(text: string): string | undefined {
  const parsed = parse(text);
  if (parsed.kind === "invalid") return undefined;
  return parsed.policy.statements
    .filter(({ effect, principal }) => effect === "Allow" && !principal.negated)
    .flatMap(({ principal }) => principal.entries)
    .flatMap((entry) => (entry.kind === "service" ? [entry.value] : []))
    .find((service) => logWriters.includes(service));
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
