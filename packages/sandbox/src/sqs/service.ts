import { jsonService } from "../wire/json-service.ts";
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
  purgeQueue,
  receiveMessage,
  sendMessage,
  sendMessageBatch,
} from "./messages.ts";
import { createQueue, deleteQueue, getQueueAttributes, getQueueUrl, listQueues } from "./queues.ts";

/** Amazon Simple Queue Service, the JSON protocol that SDKs and CLIs have spoken since 2023. */
export const sqs = jsonService({
  name: "sqs",
  contentType: "application/x-amz-json-1.0",
  operations: {
    CreateQueue: { write: true, isManagement: true, run: createQueue },
    DeleteQueue: { write: true, isManagement: true, run: deleteQueue },
    GetQueueUrl: { write: false, isManagement: true, run: getQueueUrl },
    GetQueueAttributes: { write: false, isManagement: true, run: getQueueAttributes },
    ListQueues: { write: false, isManagement: true, run: listQueues },
    PurgeQueue: { write: true, isManagement: true, run: purgeQueue },
    SendMessage: { write: true, isManagement: false, run: sendMessage },
    SendMessageBatch: { write: true, isManagement: false, run: sendMessageBatch },
    ReceiveMessage: { write: false, isManagement: false, run: receiveMessage },
    DeleteMessage: { write: true, isManagement: false, run: deleteMessage },
    DeleteMessageBatch: { write: true, isManagement: false, run: deleteMessageBatch },
    ChangeMessageVisibility: { write: true, isManagement: false, run: changeMessageVisibility },
    ChangeMessageVisibilityBatch: {
      write: true,
      isManagement: false,
      run: changeMessageVisibilityBatch,
    },
  },
  queryErrors: {
    QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
    QueueNameExists: "QueueAlreadyExists",
    ReceiptHandleIsInvalid: "ReceiptHandleIsInvalid",
    BatchRequestTooLong: "AWS.SimpleQueueService.BatchRequestTooLong",
  },
});
