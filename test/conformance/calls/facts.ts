/** What the product knows of AWS, and the question by which an answer is compared with it. */
export interface Fact {
  /** An error name, or what is there when nobody has set anything. */
  readonly what: string;
  /** The question, by its name in these rows; or the test of the sandbox that asks it another way. */
  readonly asked: string;
  /** Nobody has seen AWS answer so; a tolerant reader stands in front of it. */
  readonly isUnverified?: true;
}

/** What AWS answers where nothing was ever set. */
export const defaults: readonly Fact[] = [
  { what: "a new bucket is encrypted with AES256", asked: "bucket encryption: of a new bucket" },
  {
    what: "a new bucket blocks all public access",
    asked: "bucket public access block: of a new bucket",
  },
  { what: "a new bucket is BucketOwnerEnforced", asked: "bucket ownership: of a new bucket" },
  { what: "no logging is 200 without LoggingEnabled", asked: "bucket logging: never set" },
  { what: "no versioning is 200 without Status", asked: "bucket versioning: never set" },
  { what: "Object Lock from birth has no rule", asked: "object lock from birth: new" },
  { what: "the owner pays", asked: "who pays: never set" },
  { what: "the ACL of a new bucket is the owner's", asked: "bucket acl: of a new bucket" },
  {
    what: "nobody looks whether logs can be delivered",
    asked: "bucket logging: target that lets nobody deliver",
  },
  {
    what: "a Multi-Region Access Point has an empty policy",
    asked: "multi-region access point: policy never set",
    isUnverified: true,
  },
];

/** Every error name on which something depends. */
export const errorNames: readonly Fact[] = [
  { what: "NoSuchBucket", asked: "missing bucket: policy" },
  { what: "NoSuchBucketPolicy", asked: "bucket policy: never set" },
  { what: "MalformedPolicy", asked: "bucket policy: no JSON" },
  { what: "MalformedPolicy", asked: "bucket policy: id of a deleted role", isUnverified: true },
  { what: "AccessDenied", asked: "bucket policy: public under the block" },
  { what: "AccessDenied", asked: "expected owner: policy" },
  { what: "MethodNotAllowed", asked: "member role: a policy of the member, read by the hub" },
  { what: "InvalidBucketOwnerAWSAccountID", asked: "sandbox-refusals.test.ts" },
  { what: "PermanentRedirect", asked: "sandbox-refusals.test.ts" },
  { what: "AuthorizationHeaderMalformed", asked: "sandbox-buckets.test.ts" },
  { what: "OperationAborted", asked: "sandbox-faults.test.ts" },
  { what: "MalformedXML", asked: "bucket encryption: two rules" },
  { what: "MalformedXML", asked: "bucket encryption: no rule" },
  { what: "InvalidArgument", asked: "bucket encryption: key without KMS" },
  { what: "CrossLocationLoggingProhibitted", asked: "bucket logging: target in another Region" },
  { what: "InvalidTargetBucketForLogging", asked: "bucket logging: target that is not there" },
  { what: "MalformedXML", asked: "bucket versioning: status in lower case" },
  { what: "IllegalVersioningConfigurationException", asked: "bucket versioning: no status" },
  { what: "ObjectLockConfigurationNotFoundError", asked: "object lock: never set" },
  { what: "InvalidBucketState", asked: "object lock: put without versions" },
  { what: "InvalidBucketState", asked: "object lock: versions suspended" },
  { what: "MalformedXML", asked: "object lock: days and years" },
  { what: "NoSuchPublicAccessBlockConfiguration", asked: "bucket public access block: deleted" },
  {
    what: "NoSuchPublicAccessBlockConfiguration",
    asked: "account public access block: never set",
  },
  { what: "OwnershipControlsNotFoundError", asked: "bucket ownership: deleted" },
  { what: "AccessControlListNotSupported", asked: "bucket acl: put where ACLs are off" },
  { what: "NoSuchCORSConfiguration", asked: "bucket cors: never set" },
  { what: "NoSuchTagSet", asked: "bucket tags: never set" },
  { what: "NoSuchWebsiteConfiguration", asked: "bucket website: never set" },
  { what: "NoSuchLifecycleConfiguration", asked: "bucket lifecycle: never set" },
  { what: "NoSuchAccessPoint", asked: "access point: missing" },
  { what: "NoSuchAccessPointPolicy", asked: "access point: policy never set" },
  { what: "ResourceNotFoundException", asked: "vault: lock never set" },
  {
    what: "NoSuchMultiRegionAccessPoint",
    asked: "multi-region access point: policy of a missing one",
    isUnverified: true,
  },
];

/** Names that the product understands and that no row of S3 can bring about, with the reason. */
export const neverAsked: Readonly<Record<string, string>> = {
  ServerSideEncryptionConfigurationNotFoundError: "every bucket has an encryption since 2023",
  NoSuchMultiRegionAccessPointPolicy: "a policy that was never set is an empty one",
  NoLongerSupportedException: "only of accounts that never had a vault; sandbox-vaults.test.ts",
};
