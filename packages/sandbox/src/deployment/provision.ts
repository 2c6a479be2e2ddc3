import type { Sandbox } from "../sandbox.ts";
import { keyAlias } from "./baseline.ts";
import { callJson, callQuery } from "./calls.ts";

/** What the functions need in their account, as `stacks/` makes it in AWS. */
export interface Resources {
  readonly taskQueueUrl: string;
  readonly taskQueueArn: string;
  readonly lookQueueUrl: string;
  readonly lookQueueArn: string;
  /** Listens to the topic, for whoever shows the messages. */
  readonly inboxArn: string;
  readonly topicArn: string;
  readonly ledgerTable: string;
}

const ledgerTable = "bucket-warden-ledger";

export async function provision(
  sandbox: Sandbox,
  visibilityTimeoutSeconds: number,
): Promise<Resources> {
  const deadLetters = await createQueue(sandbox, "bucket-warden-dead-letters.fifo", {
    FifoQueue: "true",
  });
  const tasks = await createQueue(sandbox, "bucket-warden-tasks.fifo", {
    FifoQueue: "true",
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 8 }),
  });
  const deadLooks = await createQueue(sandbox, "bucket-warden-dead-looks", {});
  const looks = await createQueue(sandbox, "bucket-warden-looks", {
    VisibilityTimeout: String(visibilityTimeoutSeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLooks.arn, maxReceiveCount: 4 }),
  });
  const inbox = await createQueue(sandbox, "bucket-warden-inbox", {});
  const topicArn = await createTopic(sandbox, inbox.arn);
  await createLedgerTable(sandbox);
  return {
    taskQueueUrl: tasks.url,
    taskQueueArn: tasks.arn,
    lookQueueUrl: looks.url,
    lookQueueArn: looks.arn,
    inboxArn: inbox.arn,
    topicArn,
    ledgerTable,
  };
}

/** Makes a KMS key, rotated each year, behind the alias that the baseline names. Returns its ARN. */
export async function createKey(sandbox: Sandbox, region: string): Promise<string> {
  const { KeyMetadata: metadata } = await callJson(sandbox, {
    service: "kms",
    target: "TrentService.CreateKey",
    region,
    body: { Description: "data in the buckets of the sandbox" },
  });
  const arn = textIn(metadata, "Arn");
  await callJson(sandbox, {
    service: "kms",
    target: "TrentService.EnableKeyRotation",
    region,
    body: { KeyId: arn },
  });
  await callJson(sandbox, {
    service: "kms",
    target: "TrentService.CreateAlias",
    region,
    body: { AliasName: keyAlias, TargetKeyId: arn },
  });
  return arn;
}

async function createQueue(
  sandbox: Sandbox,
  name: string,
  attributes: Readonly<Record<string, string>>,
): Promise<{ readonly url: string; readonly arn: string }> {
  const { QueueUrl: url } = await callJson(sandbox, {
    service: "sqs",
    target: "AmazonSQS.CreateQueue",
    body: { QueueName: name, Attributes: attributes },
  });
  return { url: String(url), arn: `arn:aws:sqs:${sandbox.region}:${sandbox.account}:${name}` };
}

async function createTopic(sandbox: Sandbox, inboxArn: string): Promise<string> {
  const answer = await callQuery(sandbox, "sns", {
    Action: "CreateTopic",
    Name: "bucket-warden",
    Version: "2010-03-31",
  });
  const topicArn = /<TopicArn>([^<]+)</.exec(answer)?.[1] ?? "";
  await callQuery(sandbox, "sns", {
    Action: "Subscribe",
    TopicArn: topicArn,
    Protocol: "sqs",
    Endpoint: inboxArn,
    "Attributes.entry.1.key": "RawMessageDelivery",
    "Attributes.entry.1.value": "true",
    Version: "2010-03-31",
  });
  return topicArn;
}

async function createLedgerTable(sandbox: Sandbox): Promise<void> {
  const key = (name: string, type: "HASH" | "RANGE") => ({ AttributeName: name, KeyType: type });
  const text = (name: string) => ({ AttributeName: name, AttributeType: "S" });
  await callJson(sandbox, {
    service: "dynamodb",
    target: "DynamoDB_20120810.CreateTable",
    body: {
      TableName: ledgerTable,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [key("pk", "HASH"), key("sk", "RANGE")],
      AttributeDefinitions: [text("pk"), text("sk")],
    },
  });
}

function textIn(value: unknown, member: string): string {
  if (typeof value !== "object" || value === null) throw new Error(`no ${member} in the answer`);
  const text: unknown = Object.entries(value).find(([name]) => name === member)?.[1];
  if (typeof text !== "string") throw new Error(`no ${member} in the answer`);
  return text;
}
