import type { Accepted } from "./judgement.ts";

const lacks = "moto does not implement the operation";
const accepts = "moto does not check this";

/** The moto that is described below; what another one answers is shown and not judged. */
export const knownMoto = "5.2";

/** Where that moto and AWS differ. The sandbox gives AWS's answer to each of these questions. */
export const acceptedOfMoto: readonly Accepted[] = [
  {
    name: "moto stores any text as a bucket policy",
    fact: `${accepts}; https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (MalformedPolicy)`,
    questions: [
      "bucket policy: no JSON",
      "bucket policy: effect in lower case",
      "bucket policy: misspelt element",
      "bucket policy: id of a deleted role",
      "bucket policy: resource elsewhere",
      "bucket policy: untouched by refusals",
    ],
  },
  {
    name: "moto takes a public policy under BlockPublicPolicy",
    fact: `${accepts}; https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html`,
    questions: ["bucket policy: public under the block"],
  },
  {
    name: "moto asks whether the log target lets S3 deliver",
    fact: "S3 was seen to answer 200 for a target without any grant",
    questions: ["bucket logging: target that lets nobody deliver"],
  },
  {
    name: "moto forgets the format of log file names",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_LoggingEnabled.html",
    questions: ["bucket logging: with its format of names"],
  },
  {
    name: "moto has another name for a log target in another Region",
    fact: "S3 was seen to answer 403 CrossLocationLoggingProhibitted, with two t",
    questions: ["bucket logging: target in another Region"],
  },
  {
    name: "moto takes any status of versioning, and does not know an empty one",
    fact: "S3 was seen to answer MalformedXML and IllegalVersioningConfigurationException",
    questions: ["bucket versioning: status in lower case", "bucket versioning: no status"],
  },
  {
    name: "a new bucket of moto is as it was before 2023: open, with ACLs, without encryption",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/create-bucket-faq.html, and seen so",
    questions: [
      "bucket public access block: of a new bucket",
      "bucket ownership: of a new bucket",
      "bucket encryption: of a new bucket",
      "bucket encryption: deleted",
      "bucket acl: put where ACLs are off",
    ],
  },
  {
    name: "moto takes ownership settings that S3 does not know, and fails at two rules",
    fact: "the schema of the request has one of three words; that two rules are MalformedXML is unverified",
    questions: ["bucket ownership: setting that is not known", "bucket ownership: two rules"],
  },
  {
    name: "moto has no block of encryption types",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_BlockedEncryptionTypes.html",
    questions: ["bucket encryption: as it was put"],
  },
  {
    name: "moto does not check the default encryption, and fails at two rules",
    fact: "S3 was seen to answer MalformedXML for two rules and InvalidArgument for a key under AES256",
    questions: [
      "bucket encryption: two rules",
      "bucket encryption: key without KMS",
      "bucket encryption: algorithm that is not known",
      "bucket encryption: untouched by refusals",
    ],
  },
  {
    name: "moto has another status for a lock on a bucket without versions",
    fact: "S3 was seen to answer 409",
    questions: ["object lock: put without versions"],
  },
  {
    name: "moto checks a default retention only in part, and answers zero years with its days",
    fact: "S3 was seen to answer MalformedXML without a period or with another mode",
    questions: [
      "object lock: as it was put",
      "object lock: no period",
      "object lock: mode that is not known",
      "object lock: untouched by refusals",
    ],
  },
  {
    name: "moto lets versioning be suspended under Object Lock",
    fact: "S3 was seen to answer 409 InvalidBucketState",
    questions: ["object lock: versions suspended"],
  },
  {
    name: "moto names owners, and puts two grants to one group into one",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Owner.html (DisplayName ended in November 2025)",
    questions: ["bucket acl: of a new bucket", "bucket acl: as it was put"],
  },
  {
    name: "moto answers an empty tag value in a way that the SDK reads as none",
    fact: "both documents mean the same; the reader takes no value for an empty one",
    questions: ["bucket tags: as they were put"],
  },
  {
    name: "moto has no Requester Pays",
    fact: lacks,
    questions: ["who pays: never set", "who pays: as it was put"],
  },
  {
    name: "moto does not say in which Region a listed bucket is",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Bucket.html (BucketRegion)",
    questions: ["buckets: those of all Regions"],
  },
  {
    name: "moto begins the second page of buckets with the last one of the first",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html (ContinuationToken)",
    questions: ["buckets: the second page, which is the last"],
  },
  {
    name: "moto lets other accounts read a bucket policy",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html (405 for callers of another account)",
    questions: ["member role: a policy of the member, read by the hub"],
  },
  {
    name: "moto publishes JSON messages without looking into them",
    fact: "https://docs.aws.amazon.com/sns/latest/api/API_Publish.html (MessageStructure)",
    questions: ["topic: no default text", "topic: no JSON"],
  },
  {
    name: "moto has no expected bucket owner",
    fact: `${accepts}; https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html`,
    questions: ["expected owner"],
  },
  {
    name: "moto does not say whose bucket is behind an access point",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_GetAccessPoint.html (BucketAccountId)",
    questions: ["access point: made"],
  },
  {
    name: "moto calls every policy of an access point public",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html (the meaning of public)",
    questions: ["access point: status"],
  },
  { name: "moto has no Object Lambda", fact: lacks, questions: ["object lambda"] },
  {
    name: "moto refuses to show the policy of a Multi-Region Access Point that has none",
    fact: "unverified: no error is documented, so the sandbox answers with an empty policy; the reader takes both",
    questions: [
      "multi-region access point: policy never set",
      "multi-region access point: status without a policy",
    ],
  },
  {
    name: "moto takes the ARN of something else for a missing key",
    fact: "https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html (InvalidArnException)",
    questions: ["key: no key's ARN"],
  },
  {
    name: "moto describes a key without its usage, and without material as working",
    fact: "https://docs.aws.amazon.com/kms/latest/APIReference/API_KeyMetadata.html",
    questions: [
      "key: made",
      "key: by its alias",
      "key: disabled",
      "key: on its way out",
      "key: waiting for its material",
    ],
  },
  {
    name: "moto calls the key of S3 a customer's",
    fact: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk",
    questions: ["key: the AWS managed key of S3"],
  },
  {
    name: "moto does not say how often a key rotates, and rotates every kind of key",
    fact: "https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html",
    questions: ["key rotation: enabled", "key rotation: of an asymmetric key"],
  },
  {
    name: "moto has no quotas of KMS",
    fact: "https://docs.aws.amazon.com/kms/latest/developerguide/requests-per-second.html",
    questions: ["key requests: with symmetric keys"],
  },
  {
    name: "moto answers both kinds of selectors of a trail, and none for a new one",
    fact: "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html",
    questions: ["trail: selectors never set", "trail: selectors as they were put"],
  },
  { name: "moto has no event history", fact: lacks, questions: ["event history"] },
  {
    name: "moto has no policies and locks of vaults",
    fact: lacks,
    questions: [
      "vault: lock of a missing one",
      "vault: policy of a missing one",
      "vault: policy never set",
      "vault: to its end",
    ],
  },
  {
    name: "moto has an inventory of a vault from its first day",
    fact: "https://docs.aws.amazon.com/amazonglacier/latest/dev/api-vaults-get.html (null until the first inventory)",
    questions: ["vault: made"],
  },
  {
    name: "moto has no effective policies of an organization",
    fact: lacks,
    questions: ["organization policy"],
  },
  {
    name: "moto has names of its own for children that are not in the organization",
    fact: "https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListParents.html (errors)",
    questions: ["organization: above no member", "organization: above no id"],
  },
  {
    name: "moto does not let S3 be a source of logs",
    fact: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html",
    questions: ["log delivery: to its end"],
  },
  {
    name: "moto takes findings before Security Hub is enabled, and of other accounts",
    fact: "https://docs.aws.amazon.com/securityhub/latest/userguide/finding-update-batchimportfindings.html (prerequisites)",
    questions: ["findings: before it is enabled", "findings: of another account"],
  },
];
