import { processPartialResponse, SqsFifoPartialProcessorAsync } from "@aws-lambda-powertools/batch";
import { parseQueued } from "@bucket-warden/core/queued";
import { reconcile } from "@bucket-warden/core/reconcile";
import { followUp } from "@bucket-warden/core/resolve";
import type { Context, SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { createEdge, fromProcess } from "./edge.ts";
import { reportOutcome } from "./outcome-report.ts";
import type { Wiring } from "./wiring.ts";

/** Task queue → reconcile, or alarm → people. A task that has to wait goes back to the queue, the others are done. */
export const createRemediate = createEdge<SQSEvent, SQSBatchResponse>(
  (wiring) => (event, context) =>
    processPartialResponse(
      event,
      (record: SQSRecord) => remediate(record, context, wiring),
      new SqsFifoPartialProcessorAsync(),
      // One resource's trouble must not hold up another, only later work on the same one.
      { context, skipGroupOnError: true, throwOnFullBatchFailure: false },
    ),
);

export const handler = fromProcess(createRemediate);

async function remediate(record: SQSRecord, context: Context, wiring: Wiring): Promise<void> {
  const queued = parseQueued(record.body);
  if (queued.kind === "alarm") {
    return (await import("./alarm.ts")).raise(queued.alarm, record, wiring);
  }
  const { task } = queued;
  const attempt = Number(record.attributes.ApproximateReceiveCount);
  const endsAt = wiring.ports.clock.now() + context.getRemainingTimeInMillis();
  const report = await reconcile(task, { ...wiring.environment, attempt, endsAt }, wiring.ports);
  const { entry, behind, survey } = report;
  await wiring.queue.send(behind.map((ref) => followUp(task, ref)));
  if (survey !== undefined) await (await import("./resolving.ts")).setGoing(survey, wiring);
  reportOutcome(entry, wiring);
  if (entry.outcome.kind !== "retry") return;
  await wiring.queue.returnAfter(record.receiptHandle, entry.outcome.afterSeconds);
  throw new Error(`to be tried again: ${entry.outcome.why}`);
}
