import type { LogTarget } from "../model/facets.ts";
import { absent, type Known, present, type Reading, type Unknown } from "../model/reading.ts";
import { type BucketRef, s3Arn } from "../model/ref.ts";
import { ownershipOf } from "./access-documents.ts";
import { neverSeen } from "./bucket-state.ts";
import { encryptionOf } from "./documents.ts";
import { sseS3 } from "./new-bucket.ts";
import type { World } from "./world.ts";

/** A log bucket as the log tells of it. */
export interface TargetReading {
  readonly reading: Reading<LogTarget>;
  /** Whether anything in it was not told but supposed. */
  readonly supposed: boolean;
}

/**
 * Everything on a log bucket that decides about delivery. What no record told of makes it unknown, or is
 * supposed to be right where the baseline, which names the bucket, is rehearsed.
 */
export function targetIn(
  world: World,
  on: BucketRef,
  untold: "as told" | "sound where untold",
): TargetReading {
  const { state = {} } = world.bucketNamed(on.name, on.account) ?? {};
  const unknown: Unknown[] = [];
  const part = <T>(reading: Reading<T> | undefined, sound: Known<T>): Known<T> => {
    if (reading !== undefined && reading.state !== "unknown") return reading;
    unknown.push(reading ?? neverSeen);
    return sound;
  };
  const ownership = part(state.ownership, present(ownershipOf("BucketOwnerEnforced")));
  const haveNoSay =
    ownership.state === "present" && ownership.value.setting === "BucketOwnerEnforced";
  const target: LogTarget = {
    name: on.name,
    region: on.region,
    policy: part(state.policy, present({ text: policyForDelivery(on) })),
    encryption: part(state.encryption, present(encryptionOf(sseS3))),
    objectLock: part(state.objectLock, absent),
    requesterPays: isTrue(part(state.requesterPays, present(false))),
    ownership,
    acl: haveNoSay ? absent : part(state.acl, absent),
    logsInto: hops(world, on, part),
  };
  const [first] = unknown;
  if (first !== undefined && untold === "as told") return { reading: first, supposed: false };
  return { reading: present(target), supposed: first !== undefined };
}

type Part = <T>(reading: Reading<T> | undefined, sound: Known<T>) => Known<T>;

function isTrue(reading: Known<boolean>): boolean {
  return reading.state === "present" && reading.value;
}

const mostHops = 5;

/** Where its own logs go, hop by hop, until they end, return or leave what the log tells of. */
function hops(world: World, on: BucketRef, part: Part): readonly string[] {
  const path: string[] = [];
  let name: string = on.name;
  while (path.length < mostHops) {
    const bucket = world.bucketNamed(name, on.account);
    if (path.length > 0 && (bucket === undefined || bucket.isGone)) break;
    const logging = part(bucket?.state.logging, absent);
    if (logging.state === "absent") break;
    name = logging.value.targetBucket;
    const isLoop = path.includes(name) || name === on.name;
    path.push(name);
    if (isLoop) break;
  }
  return path;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html */
function policyForDelivery({ name, region, account }: BucketRef): string {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "logging.s3.amazonaws.com" },
    Action: "s3:PutObject",
    Resource: s3Arn(region, `${name}/*`),
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
