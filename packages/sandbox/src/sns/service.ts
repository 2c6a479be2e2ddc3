import { randomUUID } from "node:crypto";
import { runLater } from "../lambda/later.ts";
import { send } from "../sqs/queue.ts";
import { AwsError } from "../wire/aws-error.ts";
import { type Input, listIn, membersIn, optionalText, textIn } from "../wire/input.ts";
import type { OperationCall } from "../wire/json-service.ts";
import { queryService } from "../wire/query-service.ts";
import type { World } from "../world.ts";
import type { PublishedMessage, Subscription, Topic } from "./topic.ts";

/** Amazon Simple Notification Service. */
export const sns = queryService({
  name: "sns",
  namespace: "http://sns.amazonaws.com/doc/2010-03-31/",
  operations: {
    CreateTopic: { write: true, isManagement: true, run: createTopic },
    ListTopics: { write: false, isManagement: true, run: listTopics },
    Subscribe: { write: true, isManagement: true, run: subscribe },
    Publish: { write: true, isManagement: false, run: publish },
  },
});

function createTopic({ input, call, world }: OperationCall): Input {
  const name = textIn(input, "Name");
  if (!/^[A-Za-z0-9_-]{1,256}(\.fifo)?$/.test(name)) throw invalid("Topic Name");
  const { account } = call.principal;
  const arn = `arn:aws:sns:${call.region}:${account}:${name}`;
  if (!world.topics.has(arn)) {
    world.topics.set(arn, { arn, name, account, region: call.region, subscriptions: [] });
  }
  return { TopicArn: arn };
}

function listTopics({ call, world }: OperationCall): Input {
  const topics = [...world.topics.values()]
    .filter(({ account, region }) => account === call.principal.account && region === call.region)
    .map(({ arn }) => ({ TopicArn: arn }));
  return { Topics: topics };
}

/** Queues and functions receive; every other protocol is remembered, and its messages go nowhere. */
function subscribe({ input, world }: OperationCall): Input {
  const topic = topicOf(textIn(input, "TopicArn"), world);
  const protocol = textIn(input, "Protocol");
  const endpoint = optionalText(input, "Endpoint") ?? "";
  if (protocol === "sqs" && !world.queues.has(endpoint)) throw invalid("SQS endpoint ARN");
  const settings = listIn(input, "Attributes").map((entry) => [entry["key"], entry["value"]]);
  const subscription: Subscription = {
    arn: `${topic.arn}:${randomUUID()}`,
    protocol,
    endpoint,
    raw: Object.fromEntries(settings)["RawMessageDelivery"] === "true",
  };
  topic.subscriptions.push(subscription);
  return { SubscriptionArn: subscription.arn };
}

const maximumBytes = 262_144;

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
function publish({ input, call, world }: OperationCall): Input {
  const topic = topicOf(optionalText(input, "TopicArn") ?? textIn(input, "TargetArn"), world);
  const message = optionalText(input, "Message") ?? "";
  const subject = optionalText(input, "Subject");
  if (message === "") throw invalid("Empty message");
  if (subject !== undefined && !isSubject(subject)) throw invalid("Subject");
  if (Buffer.byteLength(message) > maximumBytes) throw invalid("Message too long");
  const structured = optionalText(input, "MessageStructure") === "json";
  const published: PublishedMessage = {
    id: randomUUID(),
    topicArn: topic.arn,
    ...(subject === undefined ? {} : { subject }),
    message,
    ...(structured ? { messageByProtocol: messagesByProtocol(message) } : {}),
    attributes: attributesIn(input),
    at: call.at,
  };
  world.published.push(published);
  for (const subscription of topic.subscriptions) deliver(published, subscription, world);
  return { MessageId: published.id };
}

/** A message for each protocol; `default` is for those that are not named, and must be there. */
function messagesByProtocol(message: string): Readonly<Record<string, string>> {
  const parsed = parseJson(message);
  if (typeof parsed !== "object" || parsed === null) throw invalid(noDefault);
  const texts = Object.entries(parsed).filter((entry): entry is [string, string] => {
    return typeof entry[1] === "string";
  });
  const byProtocol = Object.fromEntries(texts);
  if (byProtocol["default"] === undefined) throw invalid(noDefault);
  return byProtocol;
}

const noDefault = "Message Structure - No default entry in JSON message body";

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid("Message Structure - JSON message body failed to parse");
  }
}

/** ASCII, no line breaks or control characters, at most 100, not beginning with white space. */
function isSubject(subject: string): boolean {
  return /^[!-~][ -~]{0,99}$/.test(subject);
}

function attributesIn(input: Input): PublishedMessage["attributes"] {
  const entries = listIn(input, "MessageAttributes").map((entry) => {
    const value = membersIn(entry, "Value");
    const text = optionalText(value, "StringValue") ?? optionalText(value, "BinaryValue") ?? "";
    return [textIn(entry, "Name"), { type: textIn(value, "DataType"), value: text }];
  });
  return Object.fromEntries(entries);
}

function deliver(published: PublishedMessage, subscription: Subscription, world: World): void {
  const { protocol, endpoint, raw } = subscription;
  const byProtocol = published.messageByProtocol ?? {};
  const message = byProtocol[protocol] ?? byProtocol["default"] ?? published.message;
  if (protocol === "lambda") {
    const name = endpoint.split(":").at(-1) ?? "";
    runLater(world, name, eventOf(published, subscription, message));
  }
  const queue = protocol === "sqs" ? world.queues.get(endpoint) : undefined;
  if (queue === undefined) return;
  const body = raw ? message : JSON.stringify(envelopeOf(published, message));
  send(queue, raw ? { body, attributes: rawAttributes(published) } : { body }, world.now());
}

function envelopeOf(published: PublishedMessage, message: string) {
  const { id, topicArn, subject, at, attributes } = published;
  return {
    Type: "Notification",
    MessageId: id,
    TopicArn: topicArn,
    ...(subject === undefined ? {} : { Subject: subject }),
    Message: message,
    Timestamp: new Date(at).toISOString(),
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, { type, value }]) => [
        name,
        { Type: type, Value: value },
      ]),
    ),
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html */
function eventOf(published: PublishedMessage, { arn }: Subscription, message: string) {
  const source = { EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: arn };
  return { Records: [{ ...source, Sns: envelopeOf(published, message) }] };
}

function rawAttributes({ attributes }: PublishedMessage) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { type, value }]) => [
      name,
      { DataType: type, StringValue: value },
    ]),
  );
}

function topicOf(arn: string, world: World): Topic {
  const topic = world.topics.get(arn);
  if (topic !== undefined) return topic;
  throw new AwsError({ code: "NotFound", status: 404, message: "Topic does not exist" });
}

function invalid(reason: string): AwsError {
  return new AwsError({
    code: "InvalidParameter",
    status: 400,
    message: `Invalid parameter: ${reason}`,
  });
}
