import { AwsError } from "../wire/aws-error.ts";
import { type Input, membersIn, optionalText, textIn } from "../wire/input.ts";
import type { OperationCall } from "../wire/json-service.ts";
import type { World } from "../world.ts";
import type { Queue } from "./queue.ts";

/** Makes a queue; making it again with the same attributes gives the same queue. */
export function createQueue({ input, call, world }: OperationCall): Input {
  const name = textIn(input, "QueueName");
  const attributes = textsOf(membersIn(input, "Attributes"));
  const fifo = attributes["FifoQueue"] === "true";
  if (!/^[A-Za-z0-9_-]{1,75}(\.fifo)?$/.test(name) || fifo !== name.endsWith(".fifo")) {
    throw invalidValue(
      "Can only include alphanumeric characters, hyphens, or underscores; FIFO queues end in .fifo",
    );
  }
  const { account } = call.principal;
  const arn = `arn:aws:sqs:${call.region}:${account}:${name}`;
  const existing = world.queues.get(arn);
  if (existing !== undefined) return sameQueue(existing, attributes);
  const host = call.request.headers["host"] ?? "127.0.0.1";
  const url = `http://${host}/${account}/${name}`;
  world.queues.set(
    arn,
    newQueue({ arn, name, url, account, region: call.region, fifo }, attributes, call.at),
  );
  return { QueueUrl: url };
}

function sameQueue(existing: Queue, attributes: Readonly<Record<string, string>>): Input {
  const isSame = Object.entries(attributes).every(
    ([name, value]) => existing.attributes[name] === value,
  );
  if (isSame) return { QueueUrl: existing.url };
  throw sqsError(
    "QueueNameExists",
    "A queue already exists with the same name and a different value for attributes",
  );
}

function newQueue(
  identity: Pick<Queue, "arn" | "name" | "url" | "account" | "region" | "fifo">,
  attributes: Readonly<Record<string, string>>,
  createdAt: number,
): Queue {
  const redrive = redriveOf(attributes["RedrivePolicy"]);
  return {
    ...identity,
    createdAt,
    attributes,
    contentBasedDeduplication: attributes["ContentBasedDeduplication"] === "true",
    visibilityTimeoutSeconds: Number(attributes["VisibilityTimeout"] ?? 30),
    delaySeconds: Number(attributes["DelaySeconds"] ?? 0),
    waitSeconds: Number(attributes["ReceiveMessageWaitTimeSeconds"] ?? 0),
    ...(redrive === undefined ? {} : { redrive }),
    messages: [],
    seen: new Map(),
    listeners: new Set(),
    nextSequence: 0,
  };
}

function redriveOf(text: string | undefined): Queue["redrive"] {
  if (text === undefined || text === "") return undefined;
  const policy: unknown = JSON.parse(text);
  const members = membersIn({ policy }, "policy");
  return {
    deadLetterTargetArn: textIn(members, "deadLetterTargetArn"),
    maxReceiveCount: Number(members["maxReceiveCount"]),
  };
}

export function deleteQueue(on: OperationCall): Input {
  on.world.queues.delete(queueOf(on).arn);
  return {};
}

export function getQueueUrl({ input, call, world }: OperationCall): Input {
  const account = optionalText(input, "QueueOwnerAWSAccountId") ?? call.principal.account;
  const arn = `arn:aws:sqs:${call.region}:${account}:${textIn(input, "QueueName")}`;
  const queue = world.queues.get(arn);
  if (queue === undefined) throw noSuchQueue();
  return { QueueUrl: queue.url };
}

export function listQueues({ input, call, world }: OperationCall): Input {
  const prefix = optionalText(input, "QueueNamePrefix") ?? "";
  const urls = [...world.queues.values()]
    .filter(({ account, region }) => account === call.principal.account && region === call.region)
    .filter(({ name }) => name.startsWith(prefix))
    .map(({ url }) => url);
  return { QueueUrls: urls };
}

export function getQueueAttributes(on: OperationCall): Input {
  const queue = queueOf(on);
  const asked = on.input["AttributeNames"];
  const names: readonly unknown[] = Array.isArray(asked) ? asked : [];
  const all = Object.entries(attributesOf(queue, on.world.now()));
  const shown = all.filter(([name]) => names.includes("All") || names.includes(name));
  return { Attributes: Object.fromEntries(shown) };
}

function attributesOf(queue: Queue, now: number): Readonly<Record<string, string>> {
  const inFlight = queue.messages.filter((m) => m.receiveCount > 0 && m.visibleAt > now).length;
  const delayed = queue.messages.filter((m) => m.receiveCount === 0 && m.visibleAt > now).length;
  return {
    ...queue.attributes,
    QueueArn: queue.arn,
    VisibilityTimeout: String(queue.visibilityTimeoutSeconds),
    DelaySeconds: String(queue.delaySeconds),
    ReceiveMessageWaitTimeSeconds: String(queue.waitSeconds),
    MaximumMessageSize: "1048576",
    MessageRetentionPeriod: "345600",
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    ApproximateNumberOfMessages: String(queue.messages.length - inFlight - delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  };
}

/** The queue that the call names by its URL, whatever host name that has. */
export function queueOf({ input, call, world }: OperationCall): Queue {
  const url = textIn(input, "QueueUrl");
  const [, account = "", name = ""] = /\/(\d{12})\/([^/]+)$/.exec(url) ?? [];
  const queue = world.queues.get(`arn:aws:sqs:${call.region}:${account}:${name}`);
  if (queue === undefined) throw noSuchQueue();
  return queue;
}

/** Where messages of `queue` end that were received too often. */
export function deadLettersOf(queue: Queue, world: World): Queue | undefined {
  const arn = queue.redrive?.deadLetterTargetArn;
  return arn === undefined ? undefined : world.queues.get(arn);
}

export function sqsError(code: string, message: string): AwsError {
  return new AwsError({ code: `com.amazonaws.sqs#${code}`, status: 400, message });
}

export function invalidValue(message: string): AwsError {
  return sqsError("InvalidParameterValue", message);
}

function noSuchQueue(): AwsError {
  return sqsError("QueueDoesNotExist", "The specified queue does not exist.");
}

function textsOf(input: Input): Readonly<Record<string, string>> {
  const entries = Object.entries(input).map(([name, value]) => [name, String(value)]);
  return Object.fromEntries(entries);
}
