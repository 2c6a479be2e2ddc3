import { guarantee, parse, prove } from "@bucket-warden/core/policy";
import type { Rehearsal } from "../path/rehearsal.ts";
import { standingOf } from "../path/standing.ts";
import type { Books } from "./books.ts";
import type { Intruder } from "./intruder.ts";

/** An edit that was overwritten unseen is merged back at the next look, which takes a moment. */
const longestLossMilliseconds = 30_000;

/** What must hold at every moment; the answers are what does not. */
export function createWatch(stage: Rehearsal, buckets: readonly string[], intruder: Intruder) {
  const lostSince = new Map<string, number>();
  return (now: number): readonly string[] => {
    const problems = buckets.flatMap((bucket) => {
      const text = stage.sandbox.world.buckets.get(bucket)?.configuration.policy ?? "";
      const isWhole = intruder.foreign(bucket).every((statement) => text.includes(statement));
      if (isWhole) lostSince.delete(bucket);
      else if (!lostSince.has(bucket)) lostSince.set(bucket, now);
      const lost = now - (lostSince.get(bucket) ?? now);
      return lost > longestLossMilliseconds
        ? [`${bucket}: a foreign statement is lost for ${lost} ms`]
        : [];
    });
    return [...problems, ...beyond(stage), ...storms(stage, buckets, intruder)];
  };
}

/** The bucket of somebody else, which no event and no sweep of ours may reach. */
export const outsider = "of-somebody-else";

function beyond({ sandbox }: Rehearsal): readonly string[] {
  const ours = `arn:aws:iam::${sandbox.account}:user/bucket-warden`;
  const writes = sandbox.calls.list({ bucket: outsider, write: true, principal: ours });
  return writes.map(({ operation }) => `${operation} on the bucket of another account`);
}

/** One act is told a few times at most: drift, repair, trouble on the way, and what comes of it. */
const mostMessagesPerAct = 6;

function storms(
  stage: Rehearsal,
  buckets: readonly string[],
  intruder: Intruder,
): readonly string[] {
  return buckets.flatMap((bucket) => {
    const [told, acts] = [stage.messages(bucket).length, intruder.actsOn(bucket)];
    return told > 10 + mostMessagesPerAct * acts
      ? [`${bucket}: ${told} messages about ${acts} acts`]
      : [];
  });
}

const documents: Readonly<Record<string, string>> = {
  PutBucketPolicy: "policy",
  DeleteBucketPolicy: "policy",
  PutBucketEncryption: "encryption",
  DeleteBucketEncryption: "encryption",
  PutBucketLogging: "logging",
  PutBucketVersioning: "versioning",
  PutBucketPublicAccessBlock: "publicAccessBlock",
  PutPublicAccessBlock: "publicAccessBlock",
  PutBucketOwnershipControls: "ownership",
  PutBucketCors: "cors",
};

/** For every write that S3 took there is a picture from before. */
export function unpictured(stage: Rehearsal, { images }: Books): readonly string[] {
  const ours = `arn:aws:iam::${stage.sandbox.account}:user/bucket-warden`;
  const writes = stage.sandbox.calls
    .list({ service: "s3", write: true, principal: ours })
    .filter(({ status }) => status >= 200 && status < 300)
    .map(({ bucket, operation }) => `${bucket} ${documents[operation] ?? operation}`);
  const count = (all: readonly string[], name: string) => all.filter((it) => it === name).length;
  return [...new Set(writes)]
    .filter((name) => count(images, name) < count(writes, name))
    .map((name) => `${name}: ${count(writes, name)} writes, ${count(images, name)} before-images`);
}

/** What holds once nobody disturbs any more: all is right, and nothing of anybody is lost. */
export async function unsettled(
  stage: Rehearsal,
  bucket: string,
  intruder: Intruder,
): Promise<readonly string[]> {
  const { algorithm, logsTo, versioning } = await standingOf(stage, bucket);
  const text = stage.sandbox.world.buckets.get(bucket)?.configuration.policy ?? "{}";
  const parsed = parse(text);
  const ssl = guarantee("ssl-only", {}, { bucket, partition: "aws" });
  const isProven = parsed.kind === "parsed" && prove(parsed.policy, ssl).kind === "proven";
  return [
    ...(isProven ? [] : ["plain HTTP is let in"]),
    ...(algorithm === "aws:kms" ? [] : [`it is encrypted with ${algorithm}`]),
    ...(logsTo === stage.logBucket ? [] : [`it logs to ${logsTo}`]),
    ...(versioning === "Enabled" ? [] : [`versioning is ${versioning}`]),
    ...intruder
      .foreign(bucket)
      .filter((statement) => !text.includes(statement))
      .map((statement) => `it lost ${statement.slice(0, 40)}…`),
  ].map((problem) => `${bucket}: ${problem}`);
}

/** What is still on the queue when all is done. */
export function leftOver({ sandbox, deployment }: Rehearsal): readonly string[] {
  const { messages = [] } = sandbox.world.queues.get(deployment.resources.taskQueueArn) ?? {};
  return messages.length === 0 ? [] : [`${messages.length} tasks are left on the queue`];
}
