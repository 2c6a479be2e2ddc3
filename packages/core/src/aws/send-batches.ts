import {
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  type SQSClient,
} from "@aws-sdk/client-sqs";

const mostInABatch = 10;

/** Sends messages, ten in a call. Throws unless every one was taken; `what` they are is said then. */
export async function sendBatches(
  client: SQSClient,
  to: { readonly queueUrl: string; readonly what: string },
  messages: readonly Omit<SendMessageBatchRequestEntry, "Id">[],
): Promise<void> {
  for (let at = 0; at < messages.length; at += mostInABatch) {
    const some = messages.slice(at, at + mostInABatch);
    const Entries = some.map((message, index) => ({ Id: String(index), ...message }));
    const command = new SendMessageBatchCommand({ QueueUrl: to.queueUrl, Entries });
    const { Failed: failed = [] } = await client.send(command);
    const [first] = failed;
    if (first === undefined) continue;
    throw new Error(`${failed.length} ${to.what} were not queued: ${first.Code} ${first.Message}`);
  }
}
