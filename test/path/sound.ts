/** Documents as the baseline wants them, in words of these tests and not of the product. */
export function soundDocuments({
  keyArn,
  logBucket,
  bucket = logBucket,
}: {
  readonly keyArn: string;
  readonly logBucket: string;
  readonly bucket?: string;
}) {
  return {
    policy: soundPolicy(bucket),
    encryption: encryptionXml(
      `<SSEAlgorithm>aws:kms</SSEAlgorithm><KMSMasterKeyID>${keyArn}</KMSMasterKeyID>`,
    ),
    versioning: "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>",
    logging: `<BucketLoggingStatus><LoggingEnabled><TargetBucket>${logBucket}</TargetBucket><TargetPrefix>${bucket}/</TargetPrefix></LoggingEnabled></BucketLoggingStatus>`,
  };
}

/** The one rule, with a Bucket Key and SSE-C blocked. */
export function encryptionXml(byDefault: string, bucketKey = true): string {
  return `<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>${byDefault}</ApplyServerSideEncryptionByDefault><BucketKeyEnabled>${bucketKey}</BucketKeyEnabled><BlockedEncryptionTypes><EncryptionType>SSE-C</EncryptionType></BlockedEncryptionTypes></Rule></ServerSideEncryptionConfiguration>`;
}

export function denyPlainHttp(bucket: string): object {
  return {
    Sid: "NobodyInClearText",
    Effect: "Deny",
    Principal: "*",
    Action: "*",
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

const sse = "s3:x-amz-server-side-encryption";

export function soundPolicy(bucket: string): string {
  const uploads = {
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "s3:*",
    Resource: `arn:aws:s3:::${bucket}/*`,
  };
  const others = {
    Null: { [sse]: "false" },
    StringNotEquals: { [sse]: ["aws:kms", "aws:kms:dsse"] },
  };
  const ownKeys = { Null: { [`${sse}-customer-algorithm`]: "false" } };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      denyPlainHttp(bucket),
      { ...uploads, Condition: others },
      { ...uploads, Condition: ownKeys },
    ],
  });
}

/** Lets the log delivery in, from every bucket of the account, and nobody without TLS. */
export function soundLogBucketPolicy(bucket: string, account: string): string {
  const deliver = {
    Sid: "LogDelivery",
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${bucket}/*`,
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [deliver, denyPlainHttp(bucket)],
  });
}
