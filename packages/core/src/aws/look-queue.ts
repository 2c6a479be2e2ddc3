import { SQSClient } from "@aws-sdk/client-sqs";
import { printLookOrder } from "../event/index.ts";
import type { LookQueue } from "../resolve/index.ts";
import type { Clients } from "./clients.ts";
import { sendBatches } from "./send-batches.ts";

/**
 * A standard queue whose message group is the account: SQS then keeps a large account from holding up the
 * others. Nothing is told apart from its copy, because who looks twice does no harm.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues.html
 */
export function createLookQueue(clients: Pick<Clients, "own">, queueUrl: string): LookQueue {
  const client = clients.own(SQSClient);
  return {
    send: (orders) =>
      sendBatches(
        client,
        { queueUrl, what: "orders to look" },
        orders.map((order) => ({
          MessageBody: printLookOrder(order),
          MessageGroupId: order.account,
        })),
      ),
  };
}
