import {
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketLoggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { assertNever } from "../../kernel/never.ts";
import type { RemovalStep } from "../../model/plan.ts";
import { bucketOf } from "../readers/facet-reader.ts";

type BucketRemoval = Exclude<RemovalStep, { document: "accountPublicAccess" }>;

/** Makes a document of a bucket absent again. */
export async function remove(s3: S3Client, step: BucketRemoval): Promise<void> {
  const bucket = bucketOf(step.on);
  switch (step.document) {
    case "policy":
      await s3.send(new DeleteBucketPolicyCommand(bucket));
      return;
    case "encryption":
      await s3.send(new DeleteBucketEncryptionCommand(bucket));
      return;
    case "logging": // has no Delete: an empty status switches it off
      await s3.send(new PutBucketLoggingCommand({ ...bucket, BucketLoggingStatus: {} }));
      return;
    case "publicAccessBlock":
      await s3.send(new DeletePublicAccessBlockCommand(bucket));
      return;
    case "cors":
      await s3.send(new DeleteBucketCorsCommand(bucket));
      return;
    case "ownership":
      await s3.send(new DeleteBucketOwnershipControlsCommand(bucket));
      return;
    default:
      assertNever(step);
  }
}
