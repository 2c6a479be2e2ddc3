import {
  DeleteBucketCorsCommand,
  DeleteBucketEncryptionCommand,
  DeleteBucketOwnershipControlsCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketLoggingCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import { DeletePublicAccessBlockCommand as DeleteAccountBlockCommand } from "@aws-sdk/client-s3-control";
import { assertNever } from "../../kernel/never.ts";
import type { RemovalStep } from "../../model/plan.ts";
import type { Clients } from "../clients.ts";
import { bucketOf } from "../readers/facet-reader.ts";

type AccountRemoval = Extract<RemovalStep, { document: "accountPublicAccess" }>;
type BucketRemoval = Exclude<RemovalStep, AccountRemoval>;

/** Makes a document absent again. */
export async function remove(clients: Clients, step: RemovalStep): Promise<void> {
  if (step.document === "accountPublicAccess") {
    const command = new DeleteAccountBlockCommand({ AccountId: step.on.account });
    await clients.s3controlOnce(step.on).send(command);
  } else {
    await removeFromBucket(clients.s3Once(step.on), step);
  }
}

async function removeFromBucket(s3: S3Client, step: BucketRemoval): Promise<void> {
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
