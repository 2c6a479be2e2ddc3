import type { ControlId, Controls } from "./baseline.ts";

type Meanings = {
  readonly [Id in ControlId]: { readonly [S in Exclude<keyof Controls[Id], "mode">]-?: string };
};

/** What each setting beside `mode` means, for people; the compiler asks for those that are missing. */
export const meanings: Meanings = {
  "ssl-only": {},
  "tls-minimum": { minimum: "the oldest version of TLS that may be used" },
  "presigned-url-age": {
    maxAgeSeconds: "how many seconds after its signature a presigned URL may work",
  },
  "kms-enforcement": {
    enforce:
      "`header-optional`: an upload may leave the choice to the default encryption; `header-required`: it must ask for KMS itself; `key-pinned`: with the key of `default-encryption`",
    dsse: "whether an upload may ask for DSSE-KMS, or has to; where it has to, `algorithm` of `default-encryption` is `DSSE` or a header is required",
  },
  "default-encryption": {
    algorithm:
      "the weakest encryption that will do: `SSE-S3` (`AES256` in the API), `SSE-KMS` (`aws:kms`) or `DSSE` (`aws:kms:dsse`); stronger is left alone, and `SSE-S3` excludes repairs by `kms-enforcement`",
    key: "ARN of a KMS key, or of an alias in the account of the bucket (a template); needed to repair, without it any KMS key is accepted, and `SSE-S3` uses none",
    bucketKey: "whether a bucket under SSE-KMS must have a Bucket Key, which saves requests to KMS",
  },
  "kms-key-health": {
    accounts: "ids of other accounts whose keys buckets may encrypt with",
    keys: "`any`, or `customer-managed` where the AWS managed key `aws/s3` is not enough",
  },
  "sse-c-blocked": {
    allowed: "name patterns of the buckets whose clients bring their own keys (SSE-C) on purpose",
  },
  "client-side-encryption": {
    buckets: "name patterns of the buckets whose clients encrypt before they upload",
    tag: "key of the tag that attests it, since configuration cannot show it",
    values: "the values of the tag that attest it",
  },
  "account-public-access": {
    organizationPolicy:
      "`read` asks AWS Organizations for an S3 policy that rules the block of the account, in place of the account's own; the role needs `organizations:DescribeEffectivePolicy`",
  },
  "public-access-block": {
    level:
      "`effective`: what the account or the organization blocks counts, as it does for S3; `bucket`: the bucket needs a complete block of its own",
  },
  "public-policy": {},
  "access-points": {
    origin: "`vpc` where access points must belong to a VPC",
    accounts:
      "ids of other accounts that policies of access points may let in, and to whose access points the bucket policy may leave grants",
  },
  "ownership-acl": {},
  cors: {},
  website: {
    allowed:
      "name patterns of the buckets that serve a website on purpose; `public-access-block` asks first there",
  },
  "access-logging": {
    target:
      "name of the bucket that receives the logs (a template); needed to repair, and without it any target but the bucket itself is accepted",
    prefix: "what the names of log files begin with (a template)",
    accept:
      "`either`, or `server-access-logs` where logs that CloudWatch Logs delivers are not enough",
    keyFormat:
      "how the names of log files in `target` are built; without it any format is accepted, and one that was chosen is kept",
    maxLogAgeHours:
      "how many hours old the newest log file may be; for buckets that are always busy, since one without requests has no logs. Without it the age is only reported",
  },
  "log-target-health": {},
  versioning: {},
  "mfa-delete": { buckets: "name patterns of the buckets that must have it" },
  "object-lock": {
    minimum: "the weakest default retention that a bucket with Object Lock may have",
    buckets: "name patterns of the buckets that must have Object Lock; log buckets never",
  },
  "vault-lock": {
    vaults: "name patterns of the Glacier vaults that must be locked",
    minimumDays: "how many days any lock must keep archives at least",
    accounts: "ids of other accounts that an access policy may let in",
  },
  "trail-health": {
    require:
      "what a trail must have beside recording everything: `log-file-validation`, `kms-encryption`; what is not in the list is only mentioned",
  },
  "object-lambda": {
    allowed:
      "the Object Lambda access points that there may be: `name` (a pattern), and patterns of the ARNs of `function` and `supportingAccessPoint` where these must stay what they are",
    accounts: "ids of other accounts that policies, functions and access points may belong to",
  },
  "multi-region-access-points": {
    accounts: "ids of other accounts that policies and buckets may belong to",
  },
};
