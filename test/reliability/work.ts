import { receiveEvent } from "@bucket-warden/core/event";
import {
  type AccountRef,
  type BucketRef,
  parseAccountId,
  parseBucketName,
  parseRegion,
  resourceName,
  type Task,
} from "@bucket-warden/core/model";
import { taskOfChange } from "@bucket-warden/core/resolve";
import type { CloudTrailRecord } from "@bucket-warden/sandbox";
import type { Rehearsal } from "../path/rehearsal.ts";
import { type Life, remediate } from "./lives.ts";

let count = 0;

/** A name that no life had before. */
export function newLife(calls?: number): Life {
  count += 1;
  return { name: `life-${count}`, ...(calls === undefined ? {} : { calls }) };
}

/** A person asks for the repair of one control. */
export function repairOf(stage: Rehearsal, bucket: string, control: string): Task {
  const cause = { kind: "manual", requestId: bucket, requestedBy: "bob", reason: "test" } as const;
  const ref = refOf(stage, bucket);
  const id = `repair-${bucket}`;
  return { id, ref, cause, mode: "apply", touches: "all", controls: [control] };
}

/** A person has a repair taken back. */
export function undoOf(repair: Task): Task {
  return { ...repair, id: `undo-${resourceName(repair.ref)}`, undo: repair.id };
}

/** A sweep looks at everything on one bucket. */
export function sweepOf(stage: Rehearsal, bucket: string, sweepId: string): Task {
  const cause = { kind: "sweep", sweepId } as const;
  const ref = refOf(stage, bucket);
  return { id: `${sweepId}-${bucket}`, ref, cause, mode: "apply", touches: "all" };
}

/** The bucket of this name, or the account of a name like `account 222233334444`. */
function refOf({ sandbox }: Rehearsal, name: string): AccountRef | BucketRef {
  const region = parseRegion(sandbox.region, "test");
  const [, other] = name.split("account ");
  if (other !== undefined)
    return { kind: "account", account: parseAccountId(other, "test"), region };
  const account = parseAccountId(sandbox.account, "test");
  return { kind: "bucket", name: parseBucketName(name, "test"), account, region };
}

/** The task that intake makes of a record; undefined where it makes none. */
export function taskOf(record: CloudTrailRecord): Task | undefined {
  const received = receiveEvent({
    "detail-type": "AWS API Call via CloudTrail",
    detail: record,
  });
  return received.kind === "trigger" ? taskOfChange(received.trigger) : undefined;
}

/** The queue gives up after so many deliveries. */
const mostDeliveries = 8;

/** Delivers a task until it is done; answers with the number of deliveries, undefined when given up. */
export async function deliverTask(stage: Rehearsal, task: Task): Promise<number | undefined> {
  for (let delivery = 1; delivery <= mostDeliveries; delivery += 1) {
    const { answer } = await remediate(stage, task, { life: newLife(), delivery });
    if (isDone(answer)) return delivery;
  }
  return undefined;
}

export function isDone(answer: unknown): boolean {
  return JSON.stringify(answer) === '{"batchItemFailures":[]}';
}

/** Delivers the event of each successful call on a bucket, and of what that makes the product do. */
export async function deliverEvents(
  stage: Rehearsal,
  bucket: string,
  from: number,
): Promise<readonly string[]> {
  const { records } = stage.sandbox.world;
  const problems: string[] = [];
  for (let at = from; at < records.length; at += 1) {
    const record = records[at];
    if (record === undefined || record.requestParameters?.["bucketName"] !== bucket) continue;
    const task = taskOf(record);
    if (task === undefined) continue;
    const deliveries = await deliverTask(stage, task);
    if (deliveries === undefined) problems.push(`${record.eventName} was given up`);
    if (records.length - from > 40) return [...problems, "our own events never end"];
  }
  return problems;
}
