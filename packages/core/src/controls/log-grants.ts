import type { LogTarget } from "../model/facets.ts";
import { type BucketRef, s3Arn } from "../model/ref.ts";
import { evaluate, type Policy, parse, type Request, type Statement } from "../policy/index.ts";
import { type Delivery, deliveryOf, deliveryService, judgeDelivery } from "./log-delivery.ts";
import { anySource } from "./log-target.ts";

/** Something that the policy of a log bucket allows beyond the logs of its own account. */
export interface Excess {
  readonly why: string;
  /** What the statement has to say instead, for a person. */
  readonly needs: string;
}

/**
 * Where the policy lets in more than the delivery of this account's logs. Each is found by a request
 * that gets through, never by how a statement is worded. A grant on the whole bucket is none: many
 * sources log under prefixes of their own.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 */
export function excessesOf(target: LogTarget, on: BucketRef): readonly Excess[] {
  if (target.policy.state === "absent") return [];
  const parsed = parse(target.policy.value.text);
  if (parsed.kind === "invalid") return [];
  const { policy } = parsed;
  const under = (prefix: string) => deliveryOf(target, on, prefix);
  const excesses = policy.statements.filter(isGrant).flatMap((grant) => {
    // What one grant lets in, with every Deny of the policy in force.
    const alone = policy.statements.filter((it) => it === grant || it.effect === "Deny");
    const place = { grant, policy: { ...policy, statements: alone } };
    const deliveries = prefixesIn(grant).map(under);
    return [foreignSource(place, deliveries, on), otherActions(place, deliveries)];
  });
  const everywhere = policy.statements.flatMap(prefixesIn).map(under);
  return [...excesses, anybody(policy, everywhere)].filter((it) => it !== undefined);
}

/**
 * Whether what each grant lets in also gets past every Deny; a Deny for other sources or prefixes stops
 * nothing. Undefined where the policy has no grant.
 */
export function judgeGrants(target: LogTarget, on: BucketRef): Delivery | undefined {
  if (target.policy.state === "absent") return undefined;
  const parsed = parse(target.policy.value.text);
  if (parsed.kind === "invalid") return judgeDelivery(target, on, "");
  const { policy } = parsed;
  const deliveries = policy.statements
    .filter(isGrant)
    .map((grant) => judgeGrant({ grant, policy }, target, on));
  return (
    deliveries.find(({ kind }) => kind === "denied") ??
    deliveries.find(({ kind }) => kind === "undecided") ??
    deliveries[0]
  );
}

function judgeGrant({ grant, policy }: Place, target: LogTarget, on: BucketRef): Delivery {
  const alone = { ...policy, statements: [grant] };
  const deliveries = sourcesIn(grant, on)
    .flatMap((source) => prefixesIn(grant).map((prefix) => ({ source, prefix })))
    .filter(({ source, prefix }) => {
      return evaluate(alone, deliveryOf(target, source, prefix)).kind === "allow";
    })
    .map(({ source, prefix }) => judgeDelivery(target, source, prefix));
  const why = `no delivery was found that ${inWords(grant)} of the policy of ${target.name} allows`;
  const granted = deliveries.find(({ kind }) => kind === "granted");
  return granted ?? deliveries[0] ?? { kind: "undecided", why };
}

function sourcesIn(grant: Statement, on: BucketRef): readonly BucketRef[] {
  const named = constantsOf(grant, "aws:SourceArn").map((arn) => arn.replace(/^.*:/, ""));
  return [anySource, ...named].map((name) => ({ ...on, name: name as BucketRef["name"] }));
}

/** Of the keys that the statement names, what stands before a wildcard. */
function prefixesIn({ resource }: Statement): readonly string[] {
  const patterns = resource.negated ? [] : resource.patterns;
  const keys = patterns.map((pattern) => /^[^/]*\/([^*?]*)/.exec(pattern)?.[1] ?? "");
  return ["", ...keys];
}

interface Place {
  readonly grant: Statement;
  readonly policy: Policy;
}

/** The bucket of somebody else whose logs could be sent here, if there is one. */
function foreignSource({ grant, policy }: Place, deliveries: readonly Request[], on: BucketRef) {
  const requests = deliveries.flatMap((delivery) => foreignRequests(grant, delivery, on));
  const witness = requests.find((request) => evaluate(policy, request).kind === "allow");
  if (witness === undefined) return undefined;
  const { "aws:SourceArn": arn, "aws:SourceAccount": account } = witness.context;
  const condition = { StringEquals: { "aws:SourceAccount": on.account } };
  return {
    why: `${inWords(grant)} also takes logs of ${arn} in account ${account}`,
    needs: `the Condition ${JSON.stringify(condition)} in ${inWords(grant)}`,
  };
}

const strangers = "999988887777";

/** The sources that the statement itself names, and one that nobody names, all of other accounts. */
function foreignRequests(
  grant: Statement,
  delivery: Request,
  { account: own, region }: BucketRef,
): readonly Request[] {
  const accounts = [strangers, ...constantsOf(grant, "aws:SourceAccount")];
  const arns = [s3Arn(region, "anybody"), ...constantsOf(grant, "aws:SourceArn")];
  return accounts
    .filter((account) => account !== own)
    .flatMap((account) =>
      arns.map((arn) => ({
        ...delivery,
        context: { ...delivery.context, "aws:SourceAccount": [account], "aws:SourceArn": [arn] },
      })),
    );
}

/** The values of a condition key, each wildcard replaced by something that it matches. */
function constantsOf({ conditions }: Statement, key: string): readonly string[] {
  return conditions
    .filter((condition) => condition.key.toLowerCase() === key.toLowerCase())
    .flatMap(({ values }) => values)
    .map((value) => value.replace(/[*?]/g, "x"));
}

/** What the delivery never needs; a sample is enough to show that a grant is for more. */
const needless = ["s3:GetObject", "s3:DeleteObject", "s3:PutObjectAcl"];
const needlessOnBucket = ["s3:ListBucket", "s3:PutBucketPolicy"];

function otherActions({ grant, policy }: Place, deliveries: readonly Request[]) {
  const isAllowed = (request: Request) => evaluate(policy, request).kind === "allow";
  const allowed = [
    ...needless.filter((action) => deliveries.some((it) => isAllowed({ ...it, action }))),
    ...needlessOnBucket.filter((action) =>
      deliveries.some((it) => isAllowed({ ...it, action, resource: bucketIn(it) })),
    ),
  ];
  if (allowed.length === 0) return undefined;
  return {
    why: `${inWords(grant)} also allows ${allowed.join(", ")} to ${deliveryService}`,
    needs: `"s3:PutObject" as the only Action of ${inWords(grant)}`,
  };
}

function bucketIn({ resource }: Request): string {
  return resource.replace(/\/.*$/, "");
}

/** Whoever can write here can forge logs. */
function anybody(policy: Policy, deliveries: readonly Request[]): Excess | undefined {
  const principal = { kind: "anonymous" } as const;
  const context = { "aws:SecureTransport": ["true"] };
  for (const delivery of deliveries) {
    const decision = evaluate(policy, { ...delivery, principal, context });
    if (decision.kind !== "allow") continue;
    const statement = `statement ${decision.statement + 1}`;
    return {
      why: `${statement} lets anybody write here, and so forge logs`,
      needs: `${deliveryService} as the only Principal of ${statement}`,
    };
  }
  return undefined;
}

function isGrant({ effect, principal }: Statement): boolean {
  const isNamed = principal.entries.some(
    (entry) => entry.kind === "service" && entry.value === deliveryService,
  );
  return effect === "Allow" && !principal.negated && isNamed;
}

function inWords({ index, sid }: Statement): string {
  return `statement ${index + 1}${sid === undefined ? "" : ` (${sid})`}`;
}
