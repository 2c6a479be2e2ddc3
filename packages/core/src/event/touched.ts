import type { Facet } from "../model/facets.ts";

/**
 * Event name of every bucket-level configuration call to the facets that it can have changed.
 * CloudTrail's name differs from the API's in several rows, and both spellings are taken.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
const touchedBy: Readonly<Record<string, readonly Facet[] | "all">> = {
  CreateBucket: "all",
  DeleteBucket: "all",

  PutBucketPolicy: ["policy", "logTarget", "logReceiver"],
  DeleteBucketPolicy: ["policy", "logTarget", "logReceiver"],
  PutBucketEncryption: ["encryption", "encryptionKey", "kmsLoad", "logTarget", "logReceiver"],
  DeleteBucketEncryption: ["encryption", "encryptionKey", "kmsLoad", "logTarget", "logReceiver"],
  // Whether CloudWatch Logs is asked at all depends on it.
  PutBucketLogging: ["logging", "vendedLogs", "lastLog", "logTarget", "logReceiver"],
  // The word of many runbooks; S3 has no such call and records PutBucketLogging with an empty status.
  DeleteBucketLogging: ["logging", "vendedLogs", "lastLog", "logTarget", "logReceiver"],
  PutBucketVersioning: ["versioning"],
  PutBucketObjectLockConfiguration: ["objectLock", "logTarget", "logReceiver"],
  PutObjectLockConfiguration: ["objectLock", "logTarget", "logReceiver"],
  PutBucketRequestPayment: ["logTarget", "logReceiver"],
  PutBucketWebsite: ["website"],
  DeleteBucketWebsite: ["website"],
  PutBucketLifecycle: ["lifecycle"],
  PutBucketLifecycleConfiguration: ["lifecycle"],
  DeleteBucketLifecycle: ["lifecycle"],
  // The block also hides and shows public grants of the ACL.
  PutBucketPublicAccessBlock: ["publicAccessBlock", "acl"],
  DeleteBucketPublicAccessBlock: ["publicAccessBlock", "acl"],
  PutBucketCors: ["cors"],
  DeleteBucketCors: ["cors"],
  PutPublicAccessBlock: ["publicAccessBlock", "acl"],
  DeletePublicAccessBlock: ["publicAccessBlock", "acl"],
  PutAccountPublicAccessBlock: ["accountPublicAccess", "acl"],
  DeleteAccountPublicAccessBlock: ["accountPublicAccess", "acl"],
  PutBucketOwnershipControls: ["ownership", "logTarget", "logReceiver"],
  DeleteBucketOwnershipControls: ["ownership", "logTarget", "logReceiver"],
  PutBucketAcl: ["acl", "logTarget", "logReceiver"],
  PutBucketTagging: ["tags"],
  DeleteBucketTagging: ["tags"],
  // How S3 Control records them is not documented: https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html
  TagResource: ["tags"],
  UntagResource: ["tags"],

  // Calls of S3 Control on access points; only the first one names the bucket behind.
  CreateAccessPoint: ["accessPoints"],
  DeleteAccessPoint: ["accessPoints"],
  PutAccessPointPolicy: ["accessPoints"],
  DeleteAccessPointPolicy: ["accessPoints"],

  UpdateObjectEncryption: [],
  PutBucketReplication: [],
  DeleteBucketReplication: [],
  PutBucketNotification: [],
  PutBucketNotificationConfiguration: [],
  PutAccelerateConfiguration: [],
  PutBucketAccelerateConfiguration: [],
  PutBucketAbac: [],
  PutBucketAnalyticsConfiguration: [],
  DeleteBucketAnalyticsConfiguration: [],
  PutBucketIntelligentTieringConfiguration: [],
  DeleteBucketIntelligentTieringConfiguration: [],
  PutBucketInventoryConfiguration: [],
  DeleteBucketInventoryConfiguration: [],
  PutBucketMetricsConfiguration: [],
  DeleteBucketMetricsConfiguration: [],
  CreateBucketMetadataConfiguration: [],
  DeleteBucketMetadataConfiguration: [],
  CreateBucketMetadataTableConfiguration: [],
  DeleteBucketMetadataTableConfiguration: [],
  UpdateBucketMetadataJournalTableConfiguration: [],
  UpdateBucketMetadataInventoryTableConfiguration: [],
  UpdateBucketMetadataAnnotationTableConfiguration: [],
};

const aboutAccounts: readonly string[] = [
  "PutAccountPublicAccessBlock",
  "DeleteAccountPublicAccessBlock",
];

/** Whether the call changes an account as a whole; the others change a bucket. */
export function isAboutAccount(eventName: string): boolean {
  return aboutAccounts.includes(eventName);
}

/** Undefined when the call is not one that changes the configuration of a bucket. */
export function facetsTouchedBy(eventName: string): readonly Facet[] | "all" | undefined {
  return Object.hasOwn(touchedBy, eventName) ? touchedBy[eventName] : undefined;
}

/** The event names after which one of `facets` has to be looked at again. */
export function eventNamesFor(facets: ReadonlySet<Facet>): readonly string[] {
  return Object.entries(touchedBy)
    .filter(([, touched]) => touched === "all" || touched.some((facet) => facets.has(facet)))
    .map(([name]) => name);
}
