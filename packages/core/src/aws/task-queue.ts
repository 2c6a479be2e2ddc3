import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { printAlarm, printTask } from "../event/index.ts";
import { fingerprint } from "../kernel/hash.ts";
import { type ResourceRef, resourceId } from "../model/ref.ts";
import type { TaskQueue } from "../resolve/index.ts";
import type { Clients } from "./clients.ts";
import { sendBatches } from "./send-batches.ts";

/**
 * The one FIFO queue: the message group is the resource, so none is reconciled twice at a time.
 * The id of the task collapses the same work sent again within five minutes.
 */
export function createTaskQueue(clients: Pick<Clients, "own">, queueUrl: string): TaskQueue {
  const client = clients.own(SQSClient);
  return {
    send: (tasks) =>
      sendBatches(
        client,
        { queueUrl, what: "tasks" },
        tasks.map((task) => ({
          MessageBody: printTask(task),
          MessageGroupId: groupOf(task.ref),
          MessageDeduplicationId: task.id,
        })),
      ),
    async raise(alarm) {
      await client.send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: printAlarm(alarm),
          MessageGroupId: `alarms/${alarm.on.account}`,
          MessageDeduplicationId: alarm.id,
        }),
      );
    },
    async returnAfter(receipt, seconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receipt,
          VisibilityTimeout: seconds,
        }),
      );
    },
  };
}

const longestGroup = 128;

/**
 * The resource, in text that SQS takes: names of before 2018 are longer than a group may be.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessageBatchRequestEntry.html
 */
function groupOf(ref: ResourceRef): string {
  const id = resourceId(ref);
  return id.length <= longestGroup ? id : fingerprint(id);
}
