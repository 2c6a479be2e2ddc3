import type {
  CORSRule,
  ObjectLockConfiguration,
  ObjectOwnership,
  ServerSideEncryptionRule,
  WebsiteConfiguration,
} from "@aws-sdk/client-s3";
import type { ControlId } from "@bucket-warden/core/baseline";

/** How the account of the demo looks before anything guards it. */
export interface DemoBucket {
  readonly name: string;
  /** One line for people: what is interesting here. */
  readonly story: string;
  readonly region?: string;
  readonly policy?: string;
  readonly encryption?: ServerSideEncryptionRule;
  readonly logsTo?: string;
  readonly versioned?: boolean;
  readonly publicAccessBlock?: "none";
  readonly ownership?: ObjectOwnership;
  readonly cors?: CORSRule[];
  readonly website?: WebsiteConfiguration;
  readonly objectLock?: ObjectLockConfiguration;
  /** Controls that must not end as compliant, and how they must end instead. */
  readonly expected: Readonly<
    Partial<Record<ControlId, "flagged" | "approval" | "blocked" | "contested" | "waived">>
  >;
}

const logBucket = "acme-logs-111122223333-us-east-1";
export const oldLogBucket = "acme-old-logs";

const kms: ServerSideEncryptionRule = {
  ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms", KMSMasterKeyID: "{key}" },
  BucketKeyEnabled: true,
  BlockedEncryptionTypes: { EncryptionType: ["SSE-C"] },
};

/** Statements that nobody of us wrote, with white space that no printer would make. */
export const foreignStatements: readonly string[] = [
  `{ "Sid" : "PartnerDrop",  "Effect":"Allow",
     "Principal":{"AWS":"arn:aws:iam::444455556666:root"},
     "Action":[ "s3:PutObject" ], "Resource":"arn:aws:s3:::acme-partner/drop/*" }`,
  `{"Effect":"Allow","Principal":{"Service":"cloudfront.amazonaws.com"},"Action":"s3:GetObject",
     "Resource":"arn:aws:s3:::acme-partner/public/*",
     "Condition":{"StringEquals":{"aws:SourceAccount":"111122223333"}}}`,
];

/** What the demo finds out about the account itself, and about its home Region. */
export const surroundings: readonly Pick<DemoBucket, "name" | "story" | "expected">[] = [
  {
    name: "account 111122223333",
    story: "has no public access block, and a Multi-Region Access Point with half of one",
    expected: { "account-public-access": "approval", "multi-region-access-points": "flagged" },
  },
  {
    name: "account 111122223333 in us-east-1",
    story: "has a vault that nobody locked, and a function before objects that nobody listed",
    expected: { "vault-lock": "flagged", "object-lambda": "flagged" },
  },
];

/** `{key}` stands for the ARN of the baseline's key, which is made when the sandbox starts. */
export const cast: readonly DemoBucket[] = [
  {
    name: logBucket,
    story: "receives the access logs, but its policy does not let S3 deliver them",
    versioned: true,
    expected: {},
  },
  {
    name: oldLogBucket,
    story: "shall still receive access logs, and gets none since readers pay for their requests",
    logsTo: logBucket,
    versioned: true,
    expected: { "log-target-health": "flagged" },
  },
  {
    name: "acme-payroll",
    story: "as the baseline wants it, in AWS's own words",
    policy: canonicalPolicy("acme-payroll"),
    encryption: kms,
    logsTo: logBucket,
    versioned: true,
    expected: {},
  },
  {
    name: "acme-invoices",
    story: "as the baseline wants it, in words that no pattern match knows",
    policy: unusualPolicy("acme-invoices"),
    encryption: {
      ...kms,
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "aws:kms:dsse", KMSMasterKeyID: "{key}" },
    },
    logsTo: logBucket,
    versioned: true,
    expected: {},
  },
  {
    name: "acme-media",
    story: "has a statement called AllowSSLRequestsOnly that stops one action on objects only",
    policy: lookAlikePolicy("acme-media"),
    encryption: kms,
    logsTo: logBucket,
    versioned: true,
    expected: { versioning: "waived" },
  },
  {
    name: "acme-partner",
    story:
      "carries statements of other teams, oddly formatted, that must survive byte for byte, and has a side door",
    policy: foreignPolicy(),
    expected: { "access-points": "flagged" },
  },
  {
    name: "acme-uploads",
    story: "lets clients bring their own encryption keys (SSE-C), as ransomware likes it",
    encryption: { ...kms, BlockedEncryptionTypes: { EncryptionType: ["NONE"] } },
    logsTo: logBucket,
    versioned: true,
    expected: { versioning: "contested" },
  },
  {
    name: "acme-downloads",
    story:
      "has a public policy and no public access block: the block is closed, the policy flagged",
    publicAccessBlock: "none",
    policy: publicPolicy("acme-downloads"),
    encryption: kms,
    logsTo: logBucket,
    versioned: true,
    expected: { "public-policy": "flagged" },
  },
  {
    name: "acme-widgets",
    story: "lets the scripts of every web page upload, so a person decides who relies on it",
    cors: [
      { AllowedOrigins: ["https://shop.acme.example"], AllowedMethods: ["PUT"] },
      { ID: "everybody", AllowedOrigins: ["*"], AllowedMethods: ["GET", "PUT"] },
    ],
    encryption: kms,
    logsTo: logBucket,
    versioned: true,
    expected: { cors: "approval" },
  },
  {
    name: "acme-legacy",
    story: "still listens to ACLs, as buckets did before 2023",
    ownership: "ObjectWriter",
    encryption: kms,
    logsTo: logBucket,
    versioned: true,
    expected: { "ownership-acl": "approval" },
  },
  {
    name: "acme-website",
    story: "serves a website over plain HTTP, so TLS-only would break it: a person decides",
    website: { IndexDocument: { Suffix: "index.html" } },
    expected: { "ssl-only": "approval", website: "flagged" },
  },
  {
    name: "acme-archive",
    story: "has Object Lock with a default retention of 30 days",
    versioned: true,
    objectLock: {
      ObjectLockEnabled: "Enabled",
      Rule: { DefaultRetention: { Mode: "GOVERNANCE", Days: 30 } },
    },
    expected: { "object-lock": "flagged" },
  },
  {
    name: "acme-secrets-vault",
    story: "is asked for more than others: MFA delete, a TLS version in writing, short-lived URLs",
    expected: {
      "mfa-delete": "flagged",
      "tls-minimum": "flagged",
      "presigned-url-age": "flagged",
      "client-side-encryption": "flagged",
    },
  },
  {
    name: "acme-eu-reports",
    story: "lives in a Region without a log bucket, where KMS never rotates the key",
    region: "eu-west-1",
    expected: { "access-logging": "blocked", "kms-key-health": "flagged" },
  },
];

function canonicalPolicy(bucket: string): string {
  const both = [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DenyPlainHttp",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: both,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      ...kmsStatements(bucket),
    ],
  });
}

/** NotAction, two half statements, other operators, other cases: the same meaning. */
function unusualPolicy(bucket: string): string {
  return JSON.stringify({
    Statement: [
      {
        Effect: "Deny",
        Principal: { AWS: ["*"] },
        NotAction: "s3:GetObject",
        Resource: `arn:aws:s3:::${bucket}*`,
        Condition: { Bool: { "AWS:securetransport": false } },
      },
      {
        Effect: "Deny",
        Principal: "*",
        Action: "S3:Get*",
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { StringEquals: { "aws:SecureTransport": ["false"] } },
      },
      ...kmsStatements(bucket),
    ],
  });
}

function lookAlikePolicy(bucket: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AllowSSLRequestsOnly",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: `arn:aws:s3:::${bucket}/*`,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      ...kmsStatements(bucket),
    ],
  });
}

function publicPolicy(bucket: string): string {
  const everybody = { Sid: "Downloads", Effect: "Allow", Principal: "*", Action: "s3:GetObject" };
  const statement = { ...everybody, Resource: `arn:aws:s3:::${bucket}/*` };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}

function foreignPolicy(): string {
  return `{\n  "Version":"2012-10-17",\n  "Statement":[\n   ${foreignStatements.join(",\n   ")}\n  ]\n}`;
}

function kmsStatements(bucket: string): readonly object[] {
  const key = "s3:x-amz-server-side-encryption";
  const common = {
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:PutObject", "s3:ReplicateObject", "s3:UpdateObjectEncryption"],
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  return [
    {
      ...common,
      Condition: {
        Null: { [key]: "false" },
        StringNotEquals: { [key]: ["aws:kms", "aws:kms:dsse"] },
      },
    },
    { ...common, Condition: { Null: { [`${key}-customer-algorithm`]: "false" } } },
  ];
}
