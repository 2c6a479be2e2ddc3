import { createHash } from "node:crypto";
import {
  type Message,
  type Queue,
  type SystemAttributes,
  systemAttributesOf,
} from "../sqs/queue.ts";

/** One message as Lambda hands it to a function. */
export interface SqsRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: SystemAttributes;
  readonly messageAttributes: Record<string, SqsMessageAttribute>;
  readonly md5OfBody: string;
  readonly eventSource: "aws:sqs";
  readonly eventSourceARN: string;
  readonly awsRegion: string;
}

export interface SqsMessageAttribute {
  readonly dataType: string;
  readonly stringValue?: string;
  readonly binaryValue?: string;
  readonly stringListValues: string[];
  readonly binaryListValues: string[];
}

/** The lists are not readonly, so that handlers typed with `@types/aws-lambda` take it as it is. */
export interface SqsEvent {
  readonly Records: SqsRecord[];
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
export function sqsEventOf(queue: Queue, messages: readonly Message[]): SqsEvent {
  return { Records: messages.map((message) => recordOf(queue, message)) };
}

function recordOf(queue: Queue, message: Message): SqsRecord {
  const attributes = Object.entries(message.attributes).map(
    ([name, attribute]): [string, SqsMessageAttribute] => [
      name,
      {
        dataType: attribute.DataType,
        ...(attribute.StringValue === undefined ? {} : { stringValue: attribute.StringValue }),
        ...(attribute.BinaryValue === undefined ? {} : { binaryValue: attribute.BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
      },
    ],
  );
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle ?? "",
    body: message.body,
    attributes: systemAttributesOf(message),
    messageAttributes: Object.fromEntries(attributes),
    md5OfBody: createHash("md5").update(message.body).digest("hex"),
    eventSource: "aws:sqs",
    eventSourceARN: queue.arn,
    awsRegion: queue.region,
  };
}
