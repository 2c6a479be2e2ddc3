import {
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { account, bucketName, region } from "../fake-s3/start.ts";
import { asked, tellParent } from "./meter.ts";

/**
 * What a script would do: fetches with an untuned client what a scan reads of each bucket, and judges
 * nothing. The yardstick for the CPU of a scan.
 */

export interface BareAsked {
  readonly endpoint: string;
  readonly buckets: number;
  /** Buckets at the same time. */
  readonly concurrency: number;
}

const commands = [
  GetBucketAclCommand,
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
] as const;

const { endpoint, buckets, concurrency } = asked<BareAsked>();
const credentials = { accessKeyId: "AKIABENCH", secretAccessKey: "secret" };
const client = new S3Client({ endpoint, region, credentials });

await tellParent(async () => {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < buckets; at = next++) {
      const of = { Bucket: bucketName(at), ExpectedBucketOwner: account };
      // What is not set is an error, and as good an answer as any.
      await Promise.allSettled(commands.map((Command) => client.send(new Command(of) as never)));
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
});
