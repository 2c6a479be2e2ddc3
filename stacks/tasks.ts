import type { Functions } from "./functions.ts";
import type { Queues } from "./queues.ts";
import type { Stage } from "./stage.ts";

/** The queue → remediate, one task at a time for each resource; the queue of looks → look. */
export function workOffQueues({ settings }: Stage, functions: Functions, queues: Queues): void {
  new aws.lambda.EventSourceMapping("TasksToRemediate", {
    eventSourceArn: queues.tasks.arn,
    functionName: functions.remediate.arn,
    batchSize: 1, // a resource that has to wait must not hold back others in its batch
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig: { maximumConcurrency: settings.repairsAtOnce },
  });
  new aws.lambda.EventSourceMapping("LooksToLook", {
    eventSourceArn: queues.looks.arn,
    functionName: functions.look.arn,
    batchSize: 1, // an order is a batch already
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig: { maximumConcurrency: settings.looksAtOnce },
  });
}
