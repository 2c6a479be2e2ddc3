import {
  CreateBucketCommand,
  DeletePublicAccessBlockCommand,
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutBucketWebsiteCommand,
  PutObjectLockConfigurationCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { DemoBucket } from "./cast.ts";
import type { DemoClients } from "./clients.ts";

/** Makes the buckets of the cast, as their owners once did through the SDK. */
export async function seed(
  cast: readonly DemoBucket[],
  { clientFor, keyArn }: { readonly clientFor: DemoClients; readonly keyArn: string },
): Promise<void> {
  for (const bucket of cast) {
    const { s3 } = clientFor("owner", bucket.region);
    await create(s3, bucket);
    await configure(s3, bucket, keyArn);
  }
}

async function create(
  s3: S3Client,
  { name, region, objectLock, ownership }: DemoBucket,
): Promise<void> {
  await s3.send(
    new CreateBucketCommand({
      Bucket: name,
      ...(objectLock === undefined ? {} : { ObjectLockEnabledForBucket: true }),
      ...(ownership === undefined ? {} : { ObjectOwnership: ownership }),
      ...(region === "eu-west-1"
        ? { CreateBucketConfiguration: { LocationConstraint: region } }
        : {}),
    }),
  );
}

async function configure(s3: S3Client, bucket: DemoBucket, keyArn: string): Promise<void> {
  const { name, policy, encryption, logsTo, versioned, website, objectLock } = bucket;
  const Bucket = name;
  if (bucket.publicAccessBlock === "none") {
    await s3.send(new DeletePublicAccessBlockCommand({ Bucket }));
  }
  if (policy !== undefined) await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: policy }));
  if (encryption !== undefined) {
    const rule = JSON.parse(
      JSON.stringify(encryption).replace("{key}", keyArn),
    ) as typeof encryption;
    const body = { ServerSideEncryptionConfiguration: { Rules: [rule] } };
    await s3.send(new PutBucketEncryptionCommand({ Bucket, ...body }));
  }
  if (versioned === true) {
    const body = { VersioningConfiguration: { Status: "Enabled" } as const };
    await s3.send(new PutBucketVersioningCommand({ Bucket, ...body }));
  }
  if (logsTo !== undefined) {
    const enabled = { TargetBucket: logsTo, TargetPrefix: `${name}/` };
    const body = { BucketLoggingStatus: { LoggingEnabled: enabled } };
    await s3.send(new PutBucketLoggingCommand({ Bucket, ...body }));
  }
  if (bucket.cors !== undefined) {
    const body = { CORSConfiguration: { CORSRules: bucket.cors } };
    await s3.send(new PutBucketCorsCommand({ Bucket, ...body }));
  }
  if (website !== undefined) {
    await s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: website }));
  }
  if (objectLock !== undefined) {
    const body = { ObjectLockConfiguration: objectLock };
    await s3.send(new PutObjectLockConfigurationCommand({ Bucket, ...body }));
  }
}
