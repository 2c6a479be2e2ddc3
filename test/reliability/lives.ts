import { printTask } from "@bucket-warden/core/event";
import type { Task } from "@bucket-warden/core/model";
import { createDeliver } from "@bucket-warden/functions/deliver";
import { createRemediate } from "@bucket-warden/functions/remediate";
import type { Context, SQSEvent } from "aws-lambda";
import type { Rehearsal } from "../path/rehearsal.ts";

/** One life of a function: everything that it asks of AWS carries the name of this life. */
export interface Life {
  readonly name: string;
  /** How many of its calls are served before it dies; all when left out. */
  readonly calls?: number;
}

/** How a task comes to a life. */
interface Delivered {
  readonly life: Life;
  readonly delivery: number;
  /** How long the function has; as long as the deployed one when left out. */
  readonly milliseconds?: number;
}

/** What a life asked of AWS. */
export interface Lived {
  /** The operations that were served, in order. */
  readonly served: readonly string[];
  /** What the function answered, unless it died or threw. */
  readonly answer?: unknown;
}

/** As Lambda counts: less with every moment. */
function context(functionName: string, milliseconds = 120_000): Context {
  const end = Date.now() + milliseconds;
  // As much as functions and middlewares read.
  return { functionName, getRemainingTimeInMillis: () => end - Date.now() } as Context;
}

/** Delivers a task to a life of `remediate`. */
export function remediate(
  stage: Rehearsal,
  task: Task,
  { life, delivery, milliseconds }: Delivered,
): Promise<Lived> {
  const { account } = task.ref;
  return live(stage, { ...life, account }, (variables) =>
    createRemediate(variables)(messageOf(task, delivery), context("remediate", milliseconds)),
  );
}

/** One round of deliveries in a life of `deliver`. */
export function deliverMessages(stage: Rehearsal, life: Life): Promise<Lived> {
  return live(stage, life, (variables) => createDeliver(variables)({}, context("deliver")));
}

/**
 * Lets a function live. One that is dead asks AWS for nothing any more, which is all that anybody sees of
 * a crash: its further calls are refused without effect.
 */
async function live(
  { sandbox, deployment }: Rehearsal,
  { name, calls, account = sandbox.account }: Life & { readonly account?: string },
  run: (variables: Readonly<Record<string, string>>) => Promise<unknown>,
): Promise<Lived> {
  const principal = `arn:aws:iam::${account}:user/${name}`;
  const kind = "access-denied" as const;
  if (calls !== undefined) sandbox.faults.add({ principal, kind, after: calls });
  const answer = await run({
    ...deployment.variables,
    AWS_ACCESS_KEY_ID: `${name}@${account}`,
  }).catch(() => "dead");
  const asked = sandbox.calls.list({ principal }).map(({ operation }) => operation);
  const served = asked.slice(0, calls);
  const isDead = calls !== undefined && asked.length > calls;
  return isDead ? { served } : { served, answer };
}

function messageOf(task: Task, delivery: number): SQSEvent {
  const message = {
    messageId: "1",
    receiptHandle: "by hand",
    body: printTask(task),
    attributes: { ApproximateReceiveCount: String(delivery), MessageGroupId: "bucket" },
    eventSource: "aws:sqs",
  };
  // The members that the function reads; SQS has more.
  return { Records: [message] } as unknown as SQSEvent;
}

/** Reads of a look, which go out together. */
export function isRead(operation: string): boolean {
  return /^(Get(Bucket|Object|Public)|Describe|List)/.test(operation);
}
