import {
  PutBucketCorsCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  type S3Client,
} from "@aws-sdk/client-s3";
import type { WriteResult, Writer } from "../../apply/index.ts";
import type { Clock } from "../../kernel/clock.ts";
import { assertNever } from "../../kernel/never.ts";
import { isRemoval, type PlanStep, type WriteStep } from "../../model/plan.ts";
import type { Clients } from "../clients.ts";
import { describeError, isPassing } from "../errors.ts";
import { bucketOf } from "../readers/facet-reader.ts";
import {
  corsConfiguration,
  encryptionConfiguration,
  loggingStatus,
  objectLockConfiguration,
  ownershipControls,
  publicAccessBlockConfiguration,
  versioningConfiguration,
} from "./bodies.ts";
import { remove } from "./remove.ts";

export interface WriterPorts {
  readonly clients: Clients;
  readonly clock: Clock;
  /** From 0 to 1, for the jitter between attempts. */
  readonly random: () => number;
}

const mostAttempts = 5;
const firstPauseMilliseconds = 200;

/**
 * Writes documents to S3, trying again while S3 is busy with another call on the same bucket. The SDK
 * does not try again by itself here: it would not look first.
 */
export function createWriter(ports: WriterPorts): Writer {
  return {
    async write(step, mayTryAgain): Promise<WriteResult> {
      for (let attempt = 1; ; attempt += 1) {
        const result = await attemptTo(step, ports.clients);
        const isOver = result.kind === "ok" || !result.retry || attempt === mostAttempts;
        if (isOver) return result;
        await ports.clock.sleep(pauseAfter(attempt, ports.random()));
        if (!(await mayTryAgain())) return result;
      }
    },
  };
}

async function attemptTo(step: PlanStep, clients: Clients): Promise<WriteResult> {
  try {
    await put(clients, step);
    return { kind: "ok" };
  } catch (error) {
    return { kind: "failed", error: describeError(error), retry: isPassing(error) };
  }
}

/** Full jitter: two writers that met once do not meet again. */
function pauseAfter(attempt: number, random: number): number {
  return Math.round(random * firstPauseMilliseconds * 2 ** (attempt - 1));
}

type BucketStep = Exclude<WriteStep, { document: "accountPublicAccess" }>;

async function put(clients: Clients, step: PlanStep): Promise<void> {
  if (step.document === "accountPublicAccess") {
    await (await import("./account-block.ts")).putAccountBlock(clients, step);
  } else if (isRemoval(step)) {
    await remove(clients.s3Once(step.on), step);
  } else {
    await putOnBucket(clients.s3Once(step.on), step);
  }
}

/** `ConfirmRemoveSelfBucketAccess` is never set: S3 shall refuse a policy that locks us out. */
async function putOnBucket(s3: S3Client, step: BucketStep): Promise<void> {
  const bucket = bucketOf(step.on);
  switch (step.document) {
    case "policy":
      await s3.send(new PutBucketPolicyCommand({ ...bucket, Policy: step.after.text }));
      return;
    case "encryption": {
      const body = { ServerSideEncryptionConfiguration: encryptionConfiguration(step.after) };
      await s3.send(new PutBucketEncryptionCommand({ ...bucket, ...body }));
      return;
    }
    case "logging": {
      const body = { BucketLoggingStatus: loggingStatus(step.after) };
      await s3.send(new PutBucketLoggingCommand({ ...bucket, ...body }));
      return;
    }
    case "versioning": {
      const body = { VersioningConfiguration: versioningConfiguration(step.after) };
      await s3.send(new PutBucketVersioningCommand({ ...bucket, ...body }));
      return;
    }
    case "objectLock": {
      const body = { ObjectLockConfiguration: objectLockConfiguration(step.after) };
      await s3.send(new PutObjectLockConfigurationCommand({ ...bucket, ...body }));
      return;
    }
    case "publicAccessBlock": {
      const body = { PublicAccessBlockConfiguration: publicAccessBlockConfiguration(step.after) };
      await s3.send(new PutPublicAccessBlockCommand({ ...bucket, ...body }));
      return;
    }
    case "ownership": {
      const body = { OwnershipControls: ownershipControls(step.after) };
      await s3.send(new PutBucketOwnershipControlsCommand({ ...bucket, ...body }));
      return;
    }
    case "cors": {
      const body = { CORSConfiguration: corsConfiguration(step.after) };
      await s3.send(new PutBucketCorsCommand({ ...bucket, ...body }));
      return;
    }
    default:
      assertNever(step);
  }
}
