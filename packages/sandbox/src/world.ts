import { allManagementEvents } from "./cloudtrail/selectors.ts";
import type { Trail } from "./cloudtrail/trail.ts";
import type { StandingRule } from "./events/rule.ts";
import type { Vault } from "./glacier/vault.ts";
import type { RoleAccess } from "./iam/access.ts";
import type { KmsKey } from "./kms/key.ts";
import type { BusyMinute } from "./kms/load.ts";
import type { LostEvent } from "./lambda/lost-event.ts";
import type { Delivery, DeliveryDestination, DeliverySource } from "./logs/delivery.ts";
import type { RoleSession } from "./principal.ts";
import type { Bucket } from "./s3/bucket.ts";
import type { AccessPoint } from "./s3-control/access-point.ts";
import type { MultiRegionPoint } from "./s3-control/multi-region-point.ts";
import type { ObjectLambdaPoint } from "./s3-control/object-lambda-point.ts";
import type { PublishedMessage, Topic } from "./sns/topic.ts";
import type { Queue } from "./sqs/queue.ts";
import type { Parameter } from "./ssm/parameter.ts";
import type { CloudTrailRecord } from "./trail/cloudtrail-record.ts";
import type { XmlElement } from "./wire/xml.ts";

/**
 * The state of the pretended AWS. Tests and seeds may change it directly: such a change leaves no
 * CloudTrail record, which is how a missed event looks.
 */
export interface World {
  readonly account: string;
  readonly region: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly buckets: Map<string, Bucket>;
  /** Which S3 policy of an organization rules an account, by account id; none where it is missing. */
  readonly organizationS3Policies: Map<string, "all" | "none">;
  /** What each account and organizational unit is in; only the sandbox's own account from the start. */
  readonly organizationParents: Map<string, string>;
  /** What the organization calls its accounts. */
  readonly accountNames: Map<string, string>;
  /** By account and Region, e.g. `111122223333 eu-west-1`: the findings of Security Hub, where it is on. */
  readonly hubs: Map<string, Map<string, Readonly<Record<string, unknown>>>>;
  /** The public access blocks of whole accounts, by account id. */
  readonly accountPublicAccessBlocks: Map<string, XmlElement>;
  /** By ARN. */
  readonly accessPoints: Map<string, AccessPoint>;
  /** Object Lambda access points, by ARN. */
  readonly objectLambdas: Map<string, ObjectLambdaPoint>;
  /** By account and name. */
  readonly multiRegionPoints: Map<string, MultiRegionPoint>;
  /** By access key. */
  readonly sessions: Map<string, RoleSession>;
  /** By ARN: what the policies of a role say. One that is not here may do anything. */
  readonly roles: Map<string, RoleAccess>;
  /** Role ARN to the external id that its trust policy asks for. */
  readonly externalIds: Map<string, string>;
  /** By ARN. */
  readonly keys: Map<string, KmsKey>;
  /** What KMS was asked, by account and Region (`<account>/<region>`), oldest minute first. */
  readonly kmsLoad: Map<string, readonly BusyMinute[]>;
  /** Alias ARN to key ARN. */
  readonly aliases: Map<string, string>;
  /** Parameters of Systems Manager by ARN. */
  readonly parameters: Map<string, Parameter>;
  /** By ARN. */
  readonly topics: Map<string, Topic>;
  readonly published: PublishedMessage[];
  /** By ARN. */
  readonly queues: Map<string, Queue>;
  /** By ARN. */
  readonly vaults: Map<string, Vault>;
  /** Accounts that came too late for Glacier, which takes no new customers. */
  readonly closedToGlacier: Set<string>;
  /** What Lambda runs, by the name of the function. */
  readonly functions: Map<string, (event: unknown) => Promise<unknown>>;
  /** The environment variables of functions, by their name. */
  readonly functionVariables: Map<string, Readonly<Record<string, string>>>;
  /** What runs without anybody waiting for it. */
  readonly background: Set<Promise<void>>;
  readonly lostEvents: LostEvent[];
  /** On the default buses of all accounts. */
  readonly eventRules: StandingRule[];
  /** By ARN. */
  readonly trails: Map<string, Trail>;
  /** By ARN, as the next two. */
  readonly deliverySources: Map<string, DeliverySource>;
  readonly deliveryDestinations: Map<string, DeliveryDestination>;
  readonly deliveries: Map<string, Delivery>;
  /** Event history: every management write, whether a trail logged it or not. Oldest first. */
  readonly records: CloudTrailRecord[];
}

/** An empty account with one organization trail that logs. */
export function createWorld(options: {
  readonly account: string;
  readonly region: string;
  readonly now: () => number;
}): World {
  const { account, region, now } = options;
  const arn = `arn:aws:cloudtrail:${region}:${account}:trail/management-events`;
  const trail: Trail = {
    name: "management-events",
    arn,
    account,
    homeRegion: region,
    isOrganizationTrail: true,
    isMultiRegion: true,
    includesGlobalServices: true,
    validatesLogFiles: true,
    bucket: `management-events-${account}`,
    selectors: allManagementEvents,
    logging: true,
    startedAt: now(),
  };
  return {
    account,
    region,
    now,
    buckets: new Map(),
    organizationS3Policies: new Map(),
    organizationParents: new Map([[account, "r-home"]]),
    accountNames: new Map([[account, "sandbox"]]),
    hubs: new Map(),
    accountPublicAccessBlocks: new Map(),
    accessPoints: new Map(),
    objectLambdas: new Map(),
    multiRegionPoints: new Map(),
    sessions: new Map(),
    roles: new Map(),
    externalIds: new Map(),
    keys: new Map(),
    kmsLoad: new Map(),
    aliases: new Map(),
    parameters: new Map(),
    topics: new Map(),
    published: [],
    queues: new Map(),
    vaults: new Map(),
    closedToGlacier: new Set(),
    functions: new Map(),
    functionVariables: new Map(),
    background: new Set(),
    lostEvents: [],
    eventRules: [],
    trails: new Map([[arn, trail]]),
    deliverySources: new Map(),
    deliveryDestinations: new Map(),
    deliveries: new Map(),
    records: [],
  };
}
