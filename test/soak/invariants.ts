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
      if (lostIn(stage, bucket, intruder).length === 0) lostSince.delete(bucket);
      else if (!lostSince.has(bucket)) lostSince.set(bucket, now);
      const lost = now - (lostSince.get(bucket) ?? now);
      return lost > longestLossMilliseconds
        ? [`${bucket}: a foreign statement is lost for ${lost} ms`]
        : [];
    });
    return [...problems, ...beyond(stage), ...storms(stage, buckets, intruder)];
  };
}

/** Statements of others that are not there, and nobody was told of it. */
function lostIn(stage: Rehearsal, bucket: string, intruder: Intruder): readonly string[] {
  if (editsLeftToPeople(stage, bucket) > 0) return [];
  const text = stage.sandbox.world.buckets.get(bucket)?.configuration.policy ?? "";
  return intruder.foreign(bucket).filter((statement) => !text.includes(statement));
}

/** How often a person was told of an edit that we overwrote and that nobody can merge back unasked. */
export function editsLeftToPeople(stage: Rehearsal, bucket: string): number {
  const notices = stage.messages(bucket).flatMap((message) => message.notices);
  return notices.filter((it) => it.kind === "flagged" && it.control === "overwritten-edit").length;
}

/** The bucket of somebody else, which no event and no sweep of ours may reach. */
export const outsider = "of-somebody-else";

function beyond(stage: Rehearsal): readonly string[] {
  const { calls } = stage.sandbox;
  const writes = calls.list({ bucket: outsider, write: true, principal: oursIn(stage) });
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
  return [...countsOf(writesOf(stage))].flatMap(([name, writes]) => {
    const pictures = images.filter((it) => it === name).length;
    return pictures < writes ? [`${name}: ${writes} writes, ${pictures} before-images`] : [];
  });
}

/**
 * One drift is repaired once: the same is written to a document no more often than somebody acted on it.
 * Whoever is shown an old state repairs again, and rightly so.
 */
export function repeated(
  stage: Rehearsal,
  intruder: Intruder,
  faults: readonly string[],
): readonly string[] {
  if (faults.some((name) => name.includes("staleReads"))) return [];
  const principal = oursIn(stage);
  const { records } = stage.sandbox.world;
  const ours = records.filter((it) => it.userIdentity["arn"] === principal && isTaken(it));
  const written = ours.map(({ eventName, requestParameters }) => {
    const bucket = String(requestParameters?.["bucketName"]);
    const document = documents[eventName] ?? eventName;
    return `${bucket} ${document} ${JSON.stringify(requestParameters)}`;
  });
  return [...countsOf(written)].flatMap(([name, writes]) => {
    const [bucket = "", document = ""] = name.split(" ");
    const acts = actsBehind(document).reduce((sum, it) => sum + intruder.actsOn(bucket, it), 0);
    return writes > acts ? [`${bucket} ${document}: ${writes} same writes after ${acts} acts`] : [];
  });
}

/** SSE-C may be refused by the policy or by the encryption: what one of them lost, the other gets. */
function actsBehind(document: string): readonly string[] {
  const pair = ["policy", "encryption"];
  return pair.includes(document) ? pair : [document];
}

function isTaken({ errorCode }: { readonly errorCode?: string | undefined }): boolean {
  return errorCode === undefined;
}

function oursIn({ sandbox }: Rehearsal): string {
  return `arn:aws:iam::${sandbox.account}:user/bucket-warden`;
}

/** `bucket document` of every write of ours that S3 took. */
function writesOf(stage: Rehearsal): readonly string[] {
  return stage.sandbox.calls
    .list({ service: "s3", write: true, principal: oursIn(stage) })
    .filter(({ status }) => status >= 200 && status < 300)
    .map(({ bucket, operation }) => `${bucket} ${documents[operation] ?? operation}`);
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** Twice is once: what a second sweep still writes. */
export function restless(writes: readonly string[]): readonly string[] {
  return writes.map((operation) => `${operation} in a second sweep`);
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
    ...lostIn(stage, bucket, intruder).map((statement) => `it lost ${statement.slice(0, 40)}…`),
  ].map((problem) => `${bucket}: ${problem}`);
}

/** What is still on the queue when all is done. */
export function leftOver({ sandbox, deployment }: Rehearsal): readonly string[] {
  const { messages = [] } = sandbox.world.queues.get(deployment.resources.taskQueueArn) ?? {};
  return messages.length === 0 ? [] : [`${messages.length} tasks are left on the queue`];
}
