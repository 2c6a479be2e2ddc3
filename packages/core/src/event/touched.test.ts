import { expect, test } from "vitest";
import { receiveRecord } from "./cloudtrail.ts";
import { eventNamesFor, facetsTouchedBy } from "./touched.ts";

/** The documented bucket-level calls that change something, in CloudTrail's spelling. */
const documented = [
  "CreateBucket",
  "DeleteBucket",
  "PutBucketPolicy",
  "DeleteBucketPolicy",
  "PutBucketEncryption",
  "DeleteBucketEncryption",
  "PutBucketLogging",
  "PutBucketVersioning",
  "PutBucketObjectLockConfiguration",
  "PutBucketPublicAccessBlock",
  "DeleteBucketPublicAccessBlock",
  "PutBucketOwnershipControls",
  "DeleteBucketOwnershipControls",
  "PutBucketAcl",
  "PutBucketLifecycle",
  "DeleteBucketLifecycle",
  "PutBucketReplication",
  "DeleteBucketReplication",
  "PutBucketCors",
  "DeleteBucketCors",
  "PutBucketNotification",
  "PutAccelerateConfiguration",
  "PutBucketRequestPayment",
  "PutBucketTagging",
  "DeleteBucketTagging",
  "PutBucketWebsite",
  "DeleteBucketWebsite",
  "PutBucketAnalyticsConfiguration",
  "DeleteBucketAnalyticsConfiguration",
  "PutBucketIntelligentTieringConfiguration",
  "DeleteBucketIntelligentTieringConfiguration",
  "PutBucketInventoryConfiguration",
  "DeleteBucketInventoryConfiguration",
  "PutBucketMetricsConfiguration",
  "DeleteBucketMetricsConfiguration",
  "CreateBucketMetadataConfiguration",
  "DeleteBucketMetadataConfiguration",
  "CreateBucketMetadataTableConfiguration",
  "DeleteBucketMetadataTableConfiguration",
  "UpdateBucketMetadataJournalTableConfiguration",
  "UpdateBucketMetadataInventoryTableConfiguration",
  "UpdateBucketMetadataAnnotationTableConfiguration",
  "PutBucketAbac",
  // Of the account, of tags and of objects, all under the name of S3.
  "PutAccountPublicAccessBlock",
  "DeleteAccountPublicAccessBlock",
  "CreateAccessPoint",
  "DeleteAccessPoint",
  "PutAccessPointPolicy",
  "DeleteAccessPointPolicy",
  "TagResource",
  "UntagResource",
  "UpdateObjectEncryption",
];

test.each(documented)("%s is reconciled, or ignored by its name", (eventName) => {
  const received = receiveRecord(
    {
      eventSource: "s3.amazonaws.com",
      eventName,
      eventID: "e-1",
      eventTime: "2026-11-20T10:15:00Z",
      awsRegion: "eu-west-1",
      recipientAccountId: "111122223333",
      requestParameters: { bucketName: "invoices-archive" },
    },
    "record",
  );
  if (facetsTouchedBy(eventName)?.length === 0) {
    const reason = `${eventName} changes nothing that a control reads`;
    expect(received).toEqual({ kind: "ignored", eventName, reason });
  } else {
    expect(received).toMatchObject({ kind: "trigger", trigger: { eventName } });
  }
});

test.each([
  ["PutBucketLifecycle", "PutBucketLifecycleConfiguration"],
  ["PutBucketObjectLockConfiguration", "PutObjectLockConfiguration"],
  ["PutBucketPublicAccessBlock", "PutPublicAccessBlock"],
  ["DeleteBucketPublicAccessBlock", "DeletePublicAccessBlock"],
  ["PutBucketNotification", "PutBucketNotificationConfiguration"],
  ["PutAccelerateConfiguration", "PutBucketAccelerateConfiguration"],
])("CloudTrail's %s and the API's %s touch the same", (event, api) => {
  expect(facetsTouchedBy(event)).toEqual(facetsTouchedBy(api));
});

test.each(["GetBucketPolicy", "PutObject", "CreateAccessGrant", "toString", "__proto__"])(
  "%s is no configuration call of a bucket",
  (eventName) => {
    expect(facetsTouchedBy(eventName)).toBeUndefined();
  },
);

test("the names for a facet are those of the calls that touch it, and of those that touch all", () => {
  expect(eventNamesFor(new Set(["versioning"]))).toEqual([
    "CreateBucket",
    "DeleteBucket",
    "PutBucketVersioning",
  ]);
  expect(eventNamesFor(new Set())).toEqual(["CreateBucket", "DeleteBucket"]);
});
