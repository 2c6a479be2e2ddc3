import { GetBucketRequestPaymentCommand } from "@aws-sdk/client-s3";
import type { Logging, LogTarget } from "../../model/facets.ts";
import { absent, type Known, valueIn } from "../../model/reading.ts";
import type { BucketName, BucketRef } from "../../model/ref.ts";
import type { ReadContext } from "../../observe/index.ts";
import type { Clients } from "../clients.ts";
import { meaningOf } from "../errors.ts";
import { aclReader } from "./acl.ts";
import { encryptionReader } from "./encryption.ts";
import { askOnce, bucketOf, type FacetReader, known } from "./facet-reader.ts";
import { locationReader } from "./location.ts";
import { loggingReader } from "./logging.ts";
import { objectLockReader } from "./object-lock.ts";
import { ownershipReader } from "./ownership.ts";
import { policyReader } from "./policy.ts";

/** Everything on the baseline's log bucket that decides whether logs can be delivered there. */
export const logTargetReader: FacetReader<LogTarget> = {
  absent: "none",
  async ask(clients, on, context) {
    const { logTarget: name } = context;
    if (name === undefined) return undefined;
    const target: BucketRef = { ...on, name };
    try {
      return await describeTarget(clients, target, context);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  },
};

function isGone(error: unknown): boolean {
  const meaning = meaningOf(error, "none");
  return meaning.kind === "unknown" && meaning.reason === "gone";
}

/** Throws what the SDK throws, also where the bucket does not exist. */
export async function describeTarget(
  clients: Clients,
  target: BucketRef,
  context: ReadContext,
): Promise<LogTarget> {
  const part = <T>(reader: FacetReader<T>): Promise<Known<T>> =>
    known(reader.absent, () => askOnce(reader, clients, target, context));
  const [region, policy, encryption, objectLock, requesterPays, acls, logsInto] = await Promise.all(
    [
      askOnce(locationReader, clients, target, context),
      part(policyReader),
      part(encryptionReader),
      part(objectLockReader),
      paysRequester(clients, target),
      aclsOf(part),
      hops(clients, target, context),
    ],
  );
  return {
    name: target.name,
    region: region ?? target.region,
    policy,
    encryption,
    objectLock,
    requesterPays,
    ...acls,
    logsInto,
  };
}

async function aclsOf(
  part: <T>(reader: FacetReader<T>) => Promise<Known<T>>,
): Promise<Pick<LogTarget, "ownership" | "acl">> {
  const ownership = await part(ownershipReader);
  const haveNoSay = valueIn(ownership)?.setting === "BucketOwnerEnforced";
  return { ownership, acl: haveNoSay ? absent : await part(aclReader) };
}

async function paysRequester(clients: Clients, on: BucketRef): Promise<boolean> {
  const command = new GetBucketRequestPaymentCommand(bucketOf(on));
  const { Payer } = await clients.bucketReads(on).send(command);
  return Payer === "Requester";
}

const mostHops = 5;

/** Where the target's own logs go, hop by hop, until they end, return or leave the account. */
async function hops(
  clients: Clients,
  target: BucketRef,
  context: ReadContext,
): Promise<readonly string[]> {
  const path: string[] = [];
  let at: BucketRef = target;
  while (path.length < mostHops) {
    const logging = await loggingAt(at, target, (bucket) =>
      askOnce(loggingReader, clients, bucket, context),
    );
    if (logging === undefined) break;
    path.push(logging.targetBucket);
    if (path.indexOf(logging.targetBucket) < path.length - 1) break;
    if (logging.targetBucket === target.name) break;
    at = { ...at, name: logging.targetBucket as BucketName }; // S3 itself named it
  }
  return path;
}

/** A hop that does not exist ends the path; the target itself must be there. */
async function loggingAt(
  at: BucketRef,
  target: BucketRef,
  ask: (bucket: BucketRef) => Promise<Logging | undefined>,
): Promise<Logging | undefined> {
  try {
    return await ask(at);
  } catch (error) {
    if (at !== target && isGone(error)) return undefined;
    throw error;
  }
}
