import type { Facet } from "../model/facets.ts";
import type { ConfigChange } from "../model/trigger.ts";
import { type Call, type CloudTrailRecord, callIn, whereaboutsIn } from "./record.ts";

/** Calls that change one kind of thing which an account has beside its buckets. */
interface Group {
  /** The name of its rule. */
  readonly name: string;
  readonly service: "glacier" | "s3";
  readonly calls: readonly string[];
  readonly touches: Facet;
  readonly of: "account" | "region";
}

/**
 * The names are those of the API; no record of these calls has been seen. Calls on Multi-Region Access
 * Points are recorded in us-west-2. Those on their routes change nothing that is judged.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiRegionAccessPointRestrictions.html
 */
const groups: readonly Group[] = [
  {
    name: "vaults",
    service: "glacier",
    calls: [
      "CreateVault",
      "DeleteVault",
      "InitiateVaultLock",
      "CompleteVaultLock",
      "AbortVaultLock",
      "SetVaultAccessPolicy",
      "DeleteVaultAccessPolicy",
    ],
    touches: "vaults",
    of: "region",
  },
  {
    name: "object-lambda",
    service: "s3",
    calls: [
      "CreateAccessPointForObjectLambda",
      "DeleteAccessPointForObjectLambda",
      "PutAccessPointConfigurationForObjectLambda",
      "PutAccessPointPolicyForObjectLambda",
      "DeleteAccessPointPolicyForObjectLambda",
    ],
    touches: "objectLambdas",
    of: "region",
  },
  {
    name: "multi-region-access-points",
    service: "s3",
    calls: [
      "CreateMultiRegionAccessPoint",
      "DeleteMultiRegionAccessPoint",
      "PutMultiRegionAccessPointPolicy",
    ],
    touches: "multiRegionAccessPoints",
    of: "account",
  },
];

/** A call that changed something beside the buckets; undefined when it is none, or failed. */
export function otherChangeIn(record: CloudTrailRecord, place: string): ConfigChange | undefined {
  const group = groupOf(record);
  if (group === undefined || record.errorCode !== undefined) return undefined;
  return {
    kind: "config-change",
    ...callIn(record),
    on: { kind: group.of, ...whereaboutsIn(record, place) },
    touches: [group.touches],
  };
}

export function isOtherCall(call: Call): boolean {
  return groupOf(call) !== undefined;
}

function groupOf({ eventSource, eventName }: Call): Group | undefined {
  return groups.find(
    ({ service, calls }) => eventSource === `${service}.amazonaws.com` && calls.includes(eventName),
  );
}

/** The calls after which one of these facets has to be looked at again. */
export function otherCallsFor(facets: ReadonlySet<Facet>): readonly string[] {
  return groups.filter(({ touches }) => facets.has(touches)).flatMap(({ calls }) => calls);
}

export const otherRules = groups.map(({ name, service, calls }) => ({
  name,
  pattern: {
    source: [`aws.${service}`],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: [`${service}.amazonaws.com`],
      eventName: calls,
      errorCode: [{ exists: false }] as const,
    },
  },
}));
