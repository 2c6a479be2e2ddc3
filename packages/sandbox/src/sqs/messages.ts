import { createHash } from "node:crypto";
import { AwsError } from "../wire/aws-error.ts";
import {
  type Input,
  listIn,
  membersIn,
  optionalNumber,
  optionalText,
  textIn,
} from "../wire/input.ts";
import type { OperationCall } from "../wire/json-service.ts";
import {
  changeVisibility,
  type Message,
  type MessageAttribute,
  type Queue,
  receive,
  remove,
  send,
  systemAttributesOf,
  wake,
} from "./queue.ts";
import { deadLettersOf, invalidValue, queueOf, sqsError } from "./queues.ts";

const maximumBytes = 1_048_576;

export function sendMessage(on: OperationCall): Input {
  return sent(queueOf(on), on.input, on.world.now());
}

function sent(queue: Queue, input: Input, now: number): Input {
  const body = textIn(input, "MessageBody");
  if (body === "" || Buffer.byteLength(body) > maximumBytes) {
    throw invalidValue(
      "One or more parameters are invalid. Reason: Message must be between 1 byte and 1048576 bytes.",
    );
  }
  const groupId = optionalText(input, "MessageGroupId");
  const deduplicationId = optionalText(input, "MessageDeduplicationId");
  refuseForFifo(queue, groupId, deduplicationId);
  const delaySeconds = optionalNumber(input, "DelaySeconds");
  const message = send(
    queue,
    {
      body,
      attributes: attributesIn(input),
      ...(groupId === undefined ? {} : { groupId }),
      ...(deduplicationId === undefined ? {} : { deduplicationId }),
      ...(delaySeconds === undefined ? {} : { delaySeconds }),
    },
    now,
  );
  return {
    MessageId: message.id,
    MD5OfMessageBody: md5(message.body),
    ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
  };
}

function refuseForFifo(
  queue: Queue,
  groupId: string | undefined,
  deduplicationId: string | undefined,
): void {
  if (!queue.fifo) return;
  if (groupId === undefined) {
    throw sqsError("MissingParameter", "The request must contain the parameter MessageGroupId.");
  }
  if (!queue.contentBasedDeduplication && deduplicationId === undefined) {
    throw invalidValue(
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
    );
  }
}

function attributesIn(input: Input): Readonly<Record<string, MessageAttribute>> {
  const attributes = membersIn(input, "MessageAttributes");
  const entries = Object.keys(attributes).map((name): [string, MessageAttribute] => {
    const attribute = membersIn(attributes, name);
    const text = optionalText(attribute, "StringValue");
    const binary = optionalText(attribute, "BinaryValue");
    return [
      name,
      {
        DataType: textIn(attribute, "DataType"),
        ...(text === undefined ? {} : { StringValue: text }),
        ...(binary === undefined ? {} : { BinaryValue: binary }),
      },
    ];
  });
  return Object.fromEntries(entries);
}

export function sendMessageBatch(on: OperationCall): Input {
  const queue = queueOf(on);
  const entries = listIn(on.input, "Entries");
  const total = entries.reduce(
    (sum, entry) => sum + Buffer.byteLength(optionalText(entry, "MessageBody") ?? ""),
    0,
  );
  if (total > maximumBytes) {
    throw sqsError("BatchRequestTooLong", "Batch requests cannot be longer than 1048576 bytes.");
  }
  return batch(entries, (entry) => sent(queue, entry, on.world.now()));
}

/** Runs every entry on its own: one that fails does not stop the others. */
function batch(entries: readonly Input[], run: (entry: Input) => Input): Input {
  refuseBadBatch(entries);
  const successful: Input[] = [];
  const failed: Input[] = [];
  for (const entry of entries) {
    const Id = textIn(entry, "Id");
    try {
      successful.push({ Id, ...run(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const code = error.code.replace(/^.*#/, "");
      failed.push({ Id, SenderFault: true, Code: code, Message: error.message });
    }
  }
  return { Successful: successful, Failed: failed };
}

function refuseBadBatch(entries: readonly Input[]): void {
  if (entries.length === 0)
    throw sqsError("EmptyBatchRequest", "There should be at least one entry.");
  if (entries.length > 10) {
    throw sqsError(
      "TooManyEntriesInBatchRequest",
      `Maximum number of entries per request are 10. You have sent ${entries.length}.`,
    );
  }
  if (new Set(entries.map((entry) => textIn(entry, "Id"))).size !== entries.length) {
    throw sqsError("BatchEntryIdsNotDistinct", "Two or more batch entries have the same Id.");
  }
}

export async function receiveMessage(on: OperationCall): Promise<Input> {
  const { input, world } = on;
  const queue = queueOf(on);
  const limit = optionalNumber(input, "MaxNumberOfMessages") ?? 1;
  if (limit < 1 || limit > 10) {
    throw invalidValue("MaxNumberOfMessages must be between 1 and 10.");
  }
  const visibilityTimeoutSeconds = optionalNumber(input, "VisibilityTimeout");
  const waitSeconds = optionalNumber(input, "WaitTimeSeconds") ?? queue.waitSeconds;
  const until = world.now() + waitSeconds * 1000;
  for (;;) {
    const now = world.now();
    const taken = receive(
      queue,
      {
        now,
        limit,
        ...(visibilityTimeoutSeconds === undefined ? {} : { visibilityTimeoutSeconds }),
      },
      deadLettersOf(queue, world),
    );
    if (taken.length > 0) return { Messages: taken.map(shown) };
    if (now >= until) return {};
    await somethingHappens(queue, Math.min(until - now, 200));
  }
}

/** Until the queue changes, or the time is over; it does not keep the process alive. */
function somethingHappens(queue: Queue, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      queue.listeners.delete(done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds).unref();
    queue.listeners.add(done);
  });
}

/** All attributes are shown, whichever were asked for; clients ignore what they did not want. */
function shown(message: Message): Input {
  return {
    MessageId: message.id,
    ReceiptHandle: message.receiptHandle,
    Body: message.body,
    MD5OfBody: md5(message.body),
    Attributes: systemAttributesOf(message),
    ...(Object.keys(message.attributes).length === 0
      ? {}
      : { MessageAttributes: message.attributes }),
  };
}

export function deleteMessage(on: OperationCall): Input {
  remove(queueOf(on), textIn(on.input, "ReceiptHandle"));
  return {};
}

export function deleteMessageBatch(on: OperationCall): Input {
  const queue = queueOf(on);
  return batch(listIn(on.input, "Entries"), (entry) => {
    remove(queue, textIn(entry, "ReceiptHandle"));
    return {};
  });
}

export function changeMessageVisibility(on: OperationCall): Input {
  return setVisibility(queueOf(on), on.input, on.world.now());
}

export function changeMessageVisibilityBatch(on: OperationCall): Input {
  const queue = queueOf(on);
  return batch(listIn(on.input, "Entries"), (entry) => setVisibility(queue, entry, on.world.now()));
}

function setVisibility(queue: Queue, input: Input, now: number): Input {
  const seconds = optionalNumber(input, "VisibilityTimeout") ?? 0;
  if (!changeVisibility(queue, textIn(input, "ReceiptHandle"), now + seconds * 1000)) {
    throw sqsError("ReceiptHandleIsInvalid", "The input receipt handle is invalid.");
  }
  return {};
}

export function purgeQueue(on: OperationCall): Input {
  const queue = queueOf(on);
  queue.messages.length = 0;
  wake(queue);
  return {};
}

function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
