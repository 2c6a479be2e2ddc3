import { printTask } from "@bucket-warden/core/event";
import type { Task } from "@bucket-warden/core/model";
import { createRemediate } from "@bucket-warden/functions/remediate";
import type { Call } from "@bucket-warden/sandbox";
import type { Context, SQSEvent } from "aws-lambda";
import type { Rehearsal } from "./rehearsal.ts";

/** Delivers a task to the function, whose calls carry the name of this life. */
export function deliver(
  { deployment }: Rehearsal,
  task: Task,
  { life, delivery }: { readonly life: string; readonly delivery: number },
): Promise<unknown> {
  const remediate = createRemediate({ ...deployment.variables, AWS_ACCESS_KEY_ID: life });
  const context = { functionName: "remediate", getRemainingTimeInMillis: () => 30_000 };
  return remediate(messageOf(task, delivery), context as Context); // as much as middlewares read
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

/** Lets the first life of the function die before the call that is meant; it never comes back. */
export function dieBefore(
  { sandbox }: Rehearsal,
  isMeant: (call: Call, nth: number) => boolean,
): Promise<void> {
  let calls = 0;
  let isDead = false;
  return new Promise<void>((resolve) => {
    sandbox.faults.beforeCall((call) => {
      if (!call.principal.arn.endsWith("/first-life")) return;
      calls += 1;
      isDead ||= isMeant(call, calls);
      if (!isDead) return;
      resolve();
      throw new Error("the function is dead");
    });
  });
}
