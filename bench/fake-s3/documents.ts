/** The account that everything here belongs to. */
export const account = "111122223333";
export const region = "us-east-1";

const namespace = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"';
const head = '<?xml version="1.0" encoding="UTF-8"?>\n';
const xml = (root: string, inside: string) => `${head}<${root} ${namespace}>${inside}</${root}>`;

/** What S3 answers to one read: a document, or the name of the error that says that there is none. */
export type Document = { readonly body: string } | { readonly missing: string };

const key = `arn:aws:kms:${region}:${account}:key/11111111-2222-3333-4444-555555555555`;
const owner = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

const blockMembers = [
  "BlockPublicAcls",
  "IgnorePublicAcls",
  "BlockPublicPolicy",
  "RestrictPublicBuckets",
];
const block = blockMembers.map((name) => `<${name}>true</${name}>`).join("");

/** By sub-resource, what a bucket in good order answers; every other one is not in good order. */
export const documents: Readonly<Record<string, readonly [good: Document, other: Document]>> = {
  policy: [{ body: "" }, { missing: "NoSuchBucketPolicy" }],
  encryption: [
    { body: encryption(`aws:kms</SSEAlgorithm><KMSMasterKeyID>${key}</KMSMasterKeyID>`) },
    { body: encryption("AES256</SSEAlgorithm>") },
  ],
  logging: [
    {
      body: xml(
        "BucketLoggingStatus",
        "<LoggingEnabled><TargetBucket>bench-logs</TargetBucket><TargetPrefix>logs/</TargetPrefix></LoggingEnabled>",
      ),
    },
    { body: xml("BucketLoggingStatus", "") },
  ],
  versioning: [
    { body: xml("VersioningConfiguration", "<Status>Enabled</Status>") },
    { body: xml("VersioningConfiguration", "") },
  ],
  "object-lock": both({ missing: "ObjectLockConfigurationNotFoundError" }),
  publicAccessBlock: [
    { body: xml("PublicAccessBlockConfiguration", block) },
    { missing: "NoSuchPublicAccessBlockConfiguration" },
  ],
  cors: both({ missing: "NoSuchCORSConfiguration" }),
  ownershipControls: both({
    body: xml(
      "OwnershipControls",
      "<Rule><ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule>",
    ),
  }),
  acl: both({ body: acl() }),
  website: both({ missing: "NoSuchWebsiteConfiguration" }),
  tagging: [
    { body: xml("Tagging", `<TagSet>${tag("team", "data")}${tag("stage", "prod")}</TagSet>`) },
    { missing: "NoSuchTagSet" },
  ],
  location: both({ body: `${head}<LocationConstraint ${namespace}/>` }),
  lifecycle: both({ missing: "NoSuchLifecycleConfiguration" }),
  requestPayment: both({ body: xml("RequestPaymentConfiguration", "<Payer>BucketOwner</Payer>") }),
  replication: both({ missing: "ReplicationConfigurationNotFoundError" }),
  notification: both({ body: xml("NotificationConfiguration", "") }),
};

function both(document: Document): readonly [Document, Document] {
  return [document, document];
}

function tag(name: string, value: string): string {
  return `<Tag><Key>${name}</Key><Value>${value}</Value></Tag>`;
}

function encryption(algorithm: string): string {
  const applied = `<ApplyServerSideEncryptionByDefault><SSEAlgorithm>${algorithm}</ApplyServerSideEncryptionByDefault>`;
  return xml(
    "ServerSideEncryptionConfiguration",
    `<Rule>${applied}<BucketKeyEnabled>true</BucketKeyEnabled></Rule>`,
  );
}

function acl(): string {
  const who = `<ID>${owner}</ID>`;
  const kind = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"';
  const grant = `<Grant><Grantee ${kind}>${who}</Grantee><Permission>FULL_CONTROL</Permission></Grant>`;
  return xml(
    "AccessControlPolicy",
    `<Owner>${who}</Owner><AccessControlList>${grant}</AccessControlList>`,
  );
}

/** Two statements as they are found in the field: one that is asked for, and one of the owner's own. */
export function policyOf(bucket: string): string {
  const arn = `arn:aws:s3:::${bucket}`;
  const resources = [arn, `${arn}/*`];
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: resources,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      {
        Sid: "Readers",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${account}:role/reader` },
        Action: ["s3:GetObject", "s3:ListBucket"],
        Resource: resources,
      },
    ],
  });
}

const texts: Readonly<Record<string, string>> = {
  SlowDown: "Please reduce your request rate.",
  NoSuchBucket: "The specified bucket does not exist",
};

/** The body of an error of S3. */
export function errorOf(code: string, bucket: string): string {
  const text = texts[code] ?? "The specified configuration does not exist";
  const where = `<BucketName>${bucket}</BucketName>`;
  return `${head}<Error><Code>${code}</Code><Message>${text}</Message>${where}<RequestId>0A1B2C3D4E5F6789</RequestId><HostId>bench</HostId></Error>`;
}

/** One page of ListBuckets. */
export function bucketPage(names: readonly string[], next: string | undefined): string {
  const buckets = names.map(
    (name) =>
      `<Bucket><Name>${name}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate><BucketRegion>${region}</BucketRegion></Bucket>`,
  );
  const token = next === undefined ? "" : `<ContinuationToken>${next}</ContinuationToken>`;
  const listed = `<Owner><ID>${owner}</ID></Owner><Buckets>${buckets.join("")}</Buckets>${token}`;
  return xml("ListAllMyBucketsResult", listed);
}
