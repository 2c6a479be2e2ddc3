import type { Facet, WritableFacet } from "../model/facets.ts";
import type { RemovalStep } from "../model/plan.ts";
import type { Directory } from "../resolve/index.ts";

/** A call of an AWS API, and what it takes to be allowed to make it. */
export interface ApiCall {
  /** As in the endpoint's name, e.g. `s3`. */
  readonly service: keyof typeof pages;
  /** The name of the API operation, e.g. `GetBucketEncryption`. */
  readonly operation: string;
  /** The IAM action, which often has another name, e.g. `s3:GetEncryptionConfiguration`. */
  readonly action: string;
  /** Its page in the reference, where that has another name than the operation. */
  readonly page?: string;
}

/** Where AWS describes the operations of a service. */
const pages = {
  s3: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_",
  "s3-control": "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_",
  organizations: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_",
  kms: "https://docs.aws.amazon.com/kms/latest/APIReference/API_",
  glacier: "https://docs.aws.amazon.com/amazonglacier/latest/dev/api-",
  cloudtrail: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_",
  securityhub: "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_",
  logs: "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_",
  monitoring: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_",
  servicequotas: "https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_",
} as const;

/** The reference page of the operation. */
export function pageOf({ service, operation, page = operation }: ApiCall): string {
  return `${pages[service]}${page}.html`;
}

const location = s3("GetBucketLocation");
const policy = s3("GetBucketPolicy");
const encryption = s3("GetBucketEncryption", "GetEncryptionConfiguration");
const logging = s3("GetBucketLogging");
const ownership = s3("GetBucketOwnershipControls");
const acl = s3("GetBucketAcl");
const objectLock = s3("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration");
const describeKey = kms("DescribeKey");
const deliverySources = logs("DescribeDeliverySources");

const logTarget = [
  location,
  policy,
  encryption,
  logging,
  objectLock,
  ownership,
  acl,
  s3("GetBucketRequestPayment"),
];

/**
 * Every call that a reader makes. Beside the readers on purpose: a reader that asks for more than
 * stands here would be denied in every account, and a test compares the two.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const reads: { readonly [F in Facet]: readonly ApiCall[] } = {
  policy: [policy],
  encryption: [encryption],
  logging: [logging],
  vendedLogs: [logging, deliverySources, logs("DescribeDeliveries")],
  lastLog: [logging, s3("ListObjectsV2", "ListBucket")],
  versioning: [s3("GetBucketVersioning")],
  objectLock: [objectLock],
  publicAccessBlock: [s3("GetPublicAccessBlock", "GetBucketPublicAccessBlock")],
  cors: [s3("GetBucketCors", "GetBucketCORS")],
  ownership: [ownership],
  acl: [acl],
  website: [s3("GetBucketWebsite")],
  tags: [s3("GetBucketTagging")],
  location: [location],
  lifecycle: [s3("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration")],
  baselineKey: [describeKey],
  encryptionKey: [encryption, describeKey, kms("GetKeyRotationStatus")],
  kmsLoad: [encryption, quotas("GetServiceQuota"), cloudwatch("GetMetricData")],
  accessPoints: [
    control("ListAccessPoints"),
    control("GetAccessPoint"),
    control("GetAccessPointPolicy"),
    control("GetAccessPointPolicyStatus"),
  ],
  vaults: [
    glacier("ListVaults", "vaults-get"),
    glacier("GetVaultLock"),
    glacier("GetVaultAccessPolicy"),
  ],
  logTarget,
  logReceiver: logTarget,
  trails: [
    cloudtrail("DescribeTrails"),
    cloudtrail("GetTrailStatus"),
    cloudtrail("GetEventSelectors"),
  ],
  accountPublicAccess: [control("GetPublicAccessBlock", "GetAccountPublicAccessBlock")],
  organizationPublicAccess: [organizations("DescribeEffectivePolicy")],
  organizationalUnits: [organizations("ListParents")],
  objectLambdas: [
    control("ListAccessPointsForObjectLambda"),
    control("GetAccessPointForObjectLambda"),
    control("GetAccessPointConfigurationForObjectLambda"),
    control("GetAccessPointPolicyForObjectLambda"),
    control("GetAccessPointPolicyStatusForObjectLambda"),
  ],
  multiRegionAccessPoints: [
    control("ListMultiRegionAccessPoints"),
    control("GetMultiRegionAccessPointPolicy"),
    control("GetMultiRegionAccessPointPolicyStatus"),
  ],
};

/** The one call that writes each document. */
const writes: { readonly [F in WritableFacet]: ApiCall } = {
  policy: s3("PutBucketPolicy"),
  encryption: s3("PutBucketEncryption", "PutEncryptionConfiguration"),
  logging: s3("PutBucketLogging"),
  versioning: s3("PutBucketVersioning"),
  objectLock: s3("PutObjectLockConfiguration", "PutBucketObjectLockConfiguration"),
  publicAccessBlock: s3("PutPublicAccessBlock", "PutBucketPublicAccessBlock"),
  cors: s3("PutBucketCors", "PutBucketCORS"),
  ownership: s3("PutBucketOwnershipControls"),
  accountPublicAccess: control("PutPublicAccessBlock", "PutAccountPublicAccessBlock"),
};

/**
 * The one call that makes each document absent again, which only undoing does. Most need the action of
 * the write.
 */
const removals: { readonly [F in RemovalStep["document"]]: ApiCall } = {
  policy: s3("DeleteBucketPolicy"),
  encryption: s3("DeleteBucketEncryption", "PutEncryptionConfiguration"),
  logging: s3("PutBucketLogging"),
  publicAccessBlock: s3("DeletePublicAccessBlock", "PutBucketPublicAccessBlock"),
  cors: s3("DeleteBucketCors", "PutBucketCORS"),
  ownership: s3("DeleteBucketOwnershipControls", "PutBucketOwnershipControls"),
  accountPublicAccess: control("DeletePublicAccessBlock", "PutAccountPublicAccessBlock"),
};

const listings: { readonly [L in keyof Directory]: readonly ApiCall[] } = {
  regionsOf: [],
  bucketsOf: [s3("ListBuckets", "ListAllMyBuckets")],
  pageOf: [s3("ListBuckets", "ListAllMyBuckets")],
  bucketNamed: [s3("ListBuckets", "ListAllMyBuckets")],
  sourcesOf: [s3("ListBuckets", "ListAllMyBuckets"), logging],
  bucketsUsingKey: [s3("ListBuckets", "ListAllMyBuckets"), encryption, kms("DescribeKey")],
  bucketBehind: [control("GetAccessPoint")],
  bucketsDelivering: [deliverySources],
  bucketsNotLogged: [s3("ListBuckets", "ListAllMyBuckets"), logging],
};

/** The calls by which a facet is read. */
export function callsToRead(facet: Facet): readonly ApiCall[] {
  return reads[facet];
}

/** The call by which a document is written. */
export function callToWrite(document: WritableFacet): ApiCall {
  return writes[document];
}

/** The call by which a document is made absent again. */
export function callToRemove(document: RemovalStep["document"]): ApiCall {
  return removals[document];
}

/** Everything that a control makes AWS do: what it may write is read before. */
export function callsOf(control: {
  readonly reads: readonly Facet[];
  readonly writes: readonly WritableFacet[];
}): readonly ApiCall[] {
  const { writes: documents } = control;
  const facets = new Set<Facet>([...control.reads, ...documents]);
  return [...[...facets].flatMap(callsToRead), ...documents.map(callToWrite)];
}

/** The calls by which a sweep learns what there is, in the account that it sweeps. */
export const callsToList: readonly ApiCall[] = Object.values(listings).flat();

/** The calls by which it is learnt who changed a bucket, in its account and Region. */
export const callsToAttribute: readonly ApiCall[] = [cloudtrail("LookupEvents")];

/**
 * The calls by which it is learnt who calls a bucket, which a baseline has to ask for: they read what
 * is in log files, and `s3:GetObject` needs to reach no other objects.
 */
export const callsToSeeCallers: readonly ApiCall[] = [
  logging,
  s3("ListObjectsV2", "ListBucket"),
  s3("GetObject"),
];

/** The calls by which Security Hub of the account gets findings. */
export const callsToReport: readonly ApiCall[] = [securityhub("BatchImportFindings")];

/** Every call by which the product learns and changes what it judges. */
export const allCalls: readonly ApiCall[] = [
  ...Object.values(reads).flat(),
  ...Object.values(writes),
  ...Object.values(removals),
  ...callsToList,
  ...callsToAttribute,
  ...callsToSeeCallers,
  ...callsToReport,
];

/** The IAM actions behind calls, each once, sorted. */
export function actionsOf(calls: readonly ApiCall[]): readonly string[] {
  return [...new Set(calls.map(({ action }) => action))].sort();
}

/** The IAM action of most operations has the operation's own name. */
function s3(operation: string, action: string = operation): ApiCall {
  return { service: "s3", operation, action: `s3:${action}` };
}

/** Actions of S3 Control are those of S3. */
function control(operation: string, action: string = operation): ApiCall {
  return { service: "s3-control", operation, action: `s3:${action}` };
}

function organizations(operation: string): ApiCall {
  return { service: "organizations", operation, action: `organizations:${operation}` };
}

function securityhub(operation: string): ApiCall {
  return { service: "securityhub", operation, action: `securityhub:${operation}` };
}

function kms(operation: string): ApiCall {
  return { service: "kms", operation, action: `kms:${operation}` };
}

function cloudtrail(operation: string): ApiCall {
  return { service: "cloudtrail", operation, action: `cloudtrail:${operation}` };
}

function logs(operation: string): ApiCall {
  return { service: "logs", operation, action: `logs:${operation}` };
}

/** CloudWatch signs as `monitoring`, and its actions are called otherwise. */
function cloudwatch(operation: string): ApiCall {
  return { service: "monitoring", operation, action: `cloudwatch:${operation}` };
}

function quotas(operation: string): ApiCall {
  return { service: "servicequotas", operation, action: `servicequotas:${operation}` };
}

function glacier(operation: string, page: string = operation): ApiCall {
  return { service: "glacier", operation, action: `glacier:${operation}`, page };
}
