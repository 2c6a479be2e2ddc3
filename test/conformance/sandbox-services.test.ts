import {
  CreateTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  KMSClient,
  ListAliasesCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateTopicCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";

const sandbox = sandboxForTests();
const kms = (region?: string) => new KMSClient(settingsFor("alice", region));
const sns = () => new SNSClient(settingsFor("alice"));
const sqs = () => new SQSClient(settingsFor("alice"));
const dynamodb = () => new DynamoDBClient(settingsFor("alice"));

test("a key is found by id, ARN and alias, and goes through its states", async () => {
  const { KeyMetadata } = await kms().send(new CreateKeyCommand({ Description: "d" }));
  const KeyId = KeyMetadata?.KeyId ?? "";
  const state = async (id = KeyId) =>
    (await kms().send(new DescribeKeyCommand({ KeyId: id }))).KeyMetadata?.KeyState;
  await kms().send(new CreateAliasCommand({ AliasName: "alias/mine", TargetKeyId: KeyId }));
  const { Aliases } = await kms().send(new ListAliasesCommand({}));
  const states = [await state(), await state(KeyMetadata?.Arn), await state("alias/mine")];
  await kms().send(new DisableKeyCommand({ KeyId }));
  states.push(await state());
  await kms().send(new EnableKeyCommand({ KeyId }));
  await kms().send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays: 7 }));
  states.push(await state());
  await kms().send(new CancelKeyDeletionCommand({ KeyId }));
  states.push(await state());
  expect(states).toEqual([
    "Enabled",
    "Enabled",
    "Enabled",
    "Disabled",
    "PendingDeletion",
    "Disabled",
  ]);
  expect(Aliases?.filter(({ AliasName }) => AliasName === "alias/mine")).toEqual([
    {
      AliasArn: "arn:aws:kms:us-east-1:111122223333:alias/mine",
      AliasName: "alias/mine",
      TargetKeyId: KeyId,
    },
  ]);
});

test("the key of S3 is managed by AWS", async () => {
  const { KeyMetadata } = await kms().send(new DescribeKeyCommand({ KeyId: "alias/aws/s3" }));
  expect([KeyMetadata?.KeyManager, KeyMetadata?.KeyState]).toEqual(["AWS", "Enabled"]);
  const disable = kms().send(new DisableKeyCommand({ KeyId: KeyMetadata?.Arn ?? "" }));
  expect((await refusal(disable)).name).toBe("AccessDeniedException");
});

test("a key that does not exist, or is in another region, is not found", async () => {
  const { KeyMetadata } = await kms("eu-west-1").send(new CreateKeyCommand({}));
  const notFound = { name: "NotFoundException", status: 400 };
  const describe = (KeyId: string) => refusal(kms().send(new DescribeKeyCommand({ KeyId })));
  expect(await describe("11111111-2222-3333-4444-555555555555")).toEqual(notFound);
  expect(await describe("alias/nobody")).toEqual(notFound);
  expect(await describe(KeyMetadata?.Arn ?? "")).toEqual(notFound);
});

test("a deletion window outside 7 to 30 days is refused, and so are changes before the end", async () => {
  const { KeyMetadata } = await kms().send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId ?? "";
  const schedule = (PendingWindowInDays: number) =>
    kms().send(new ScheduleKeyDeletionCommand({ KeyId, PendingWindowInDays }));
  expect((await refusal(schedule(6))).name).toBe("ValidationException");
  await schedule(30);
  const enable = kms().send(new EnableKeyCommand({ KeyId }));
  expect((await refusal(enable)).name).toBe("KMSInvalidStateException");
});

test("a message is published once to the queue that listens, and kept with its attributes", async () => {
  const { TopicArn } = await sns().send(new CreateTopicCommand({ Name: "alerts" }));
  const { QueueUrl } = await sqs().send(new CreateQueueCommand({ QueueName: "inbox" }));
  await sns().send(
    new SubscribeCommand({
      TopicArn,
      Protocol: "sqs",
      Endpoint: "arn:aws:sqs:us-east-1:111122223333:inbox",
    }),
  );
  const { MessageId } = await sns().send(
    new PublishCommand({
      TopicArn,
      Subject: "Drift",
      Message: "a bucket\nwas weakened <&>",
      MessageAttributes: { severity: { DataType: "String", StringValue: "high" } },
    }),
  );
  const { Messages } = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
  expect(JSON.parse(Messages?.[0]?.Body ?? "")).toEqual({
    Type: "Notification",
    MessageId,
    TopicArn,
    Subject: "Drift",
    Message: "a bucket\nwas weakened <&>",
    Timestamp: expect.stringMatching(/Z$/),
    MessageAttributes: { severity: { Type: "String", Value: "high" } },
  });
  expect(sandbox().world.published.filter(({ id }) => id === MessageId)).toEqual([
    {
      id: MessageId,
      topicArn: TopicArn,
      subject: "Drift",
      message: "a bucket\nwas weakened <&>",
      attributes: { severity: { type: "String", value: "high" } },
      at: expect.any(Number),
    },
  ]);
});

const publications: readonly [
  string,
  string,
  { Message: string; Subject?: string; TopicArn?: string },
][] = [
  ["InvalidParameterException", "a message of more than 256 KB", { Message: "x".repeat(262_145) }],
  ["InvalidParameterException", "an empty message", { Message: "" }],
  [
    "InvalidParameterException",
    "a subject of 101 characters",
    { Message: "m", Subject: "x".repeat(101) },
  ],
  ["InvalidParameterException", "a subject of two lines", { Message: "m", Subject: "a\nb" }],
  ["InvalidParameterException", "a subject beyond ASCII", { Message: "m", Subject: "Größe" }],
  [
    "NotFoundException",
    "a topic that does not exist",
    { Message: "m", TopicArn: "arn:aws:sns:us-east-1:111122223333:none" },
  ],
];

test.each(publications)("SNS answers %s to %s", async (name, _title, input) => {
  const { TopicArn } = await sns().send(new CreateTopicCommand({ Name: "strict" }));
  expect((await refusal(sns().send(new PublishCommand({ TopicArn, ...input })))).name).toBe(name);
});

test("topics are listed, and making one again gives the same", async () => {
  const [one, two] = [
    await sns().send(new CreateTopicCommand({ Name: "again" })),
    await sns().send(new CreateTopicCommand({ Name: "again" })),
  ];
  const { Topics } = await sns().send(new ListTopicsCommand({}));
  expect(one.TopicArn).toBe(two.TopicArn);
  expect(Topics).toContainEqual({ TopicArn: one.TopicArn });
});

async function fifo(QueueName: string): Promise<string> {
  const { QueueUrl } = await sqs().send(
    new CreateQueueCommand({
      QueueName,
      Attributes: { FifoQueue: "true", ContentBasedDeduplication: "true", VisibilityTimeout: "60" },
    }),
  );
  return QueueUrl ?? "";
}

test("a FIFO queue keeps a group in order and closed, and shows its attributes", async () => {
  const QueueUrl = await fifo("order.fifo");
  const { Failed } = await sqs().send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: "1", MessageBody: "one", MessageGroupId: "g" },
        { Id: "2", MessageBody: "two", MessageGroupId: "g" },
        { Id: "3", MessageBody: "no group" },
      ],
    }),
  );
  const take = async () =>
    (await sqs().send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0];
  const first = await take();
  const blocked = await take();
  const attributes = await sqs().send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        "ApproximateNumberOfMessages",
        "ApproximateNumberOfMessagesNotVisible",
        "FifoQueue",
      ],
    }),
  );
  await sqs().send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }));
  const second = await take();
  expect(Failed?.map(({ Id, Code }) => [Id, Code])).toEqual([["3", "MissingParameter"]]);
  expect([first?.Body, blocked, second?.Body]).toEqual(["one", undefined, "two"]);
  expect(attributes.Attributes).toEqual({
    ApproximateNumberOfMessages: "1",
    ApproximateNumberOfMessagesNotVisible: "1",
    FifoQueue: "true",
  });
});

test("a long poll ends when a message arrives", async () => {
  const QueueUrl = await fifo("poll.fifo");
  const poll = sqs().send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }));
  await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: "m", MessageGroupId: "g" }));
  expect((await poll).Messages?.map(({ Body }) => Body)).toEqual(["m"]);
});

test("visibility is given back, and a queue is emptied", async () => {
  const QueueUrl = await fifo("back.fifo");
  await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: "m", MessageGroupId: "g" }));
  const take = async () =>
    (await sqs().send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0];
  const first = await take();
  await sqs().send(
    new ChangeMessageVisibilityCommand({
      QueueUrl,
      ReceiptHandle: first?.ReceiptHandle,
      VisibilityTimeout: 0,
    }),
  );
  const again = await take();
  await sqs().send(new PurgeQueueCommand({ QueueUrl }));
  expect([first?.Body, again?.Body, await take()]).toEqual(["m", "m", undefined]);
});

test("SQS refuses a queue that does not exist and a queue of other attributes", async () => {
  await fifo("same.fifo");
  const other = new CreateQueueCommand({
    QueueName: "same.fifo",
    Attributes: { FifoQueue: "true", VisibilityTimeout: "1" },
  });
  const unknown = new GetQueueUrlCommand({ QueueName: "none" });
  expect((await refusal(sqs().send(unknown))).name).toBe("QueueDoesNotExist");
  expect((await refusal(sqs().send(other))).name).toBe("QueueNameExists");
});

async function table(TableName: string): Promise<string> {
  await dynamodb().send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    }),
  );
  return TableName;
}

test("of many conditional puts of one item exactly one wins", async () => {
  const TableName = await table("race");
  const puts = Array.from({ length: 25 }, () =>
    dynamodb().send(
      new PutItemCommand({
        TableName,
        Item: { pk: { S: "p" }, sk: { S: "s" } },
        ConditionExpression: "attribute_not_exists(pk)",
      }),
    ),
  );
  const results = await Promise.allSettled(puts);
  const lost = results.flatMap((r) => (r.status === "rejected" ? [r.reason.name] : []));
  expect(lost).toEqual(Array.from({ length: 24 }, () => "ConditionalCheckFailedException"));
});

test("a counter is updated and read back by query", async () => {
  const TableName = await table("counter");
  const add = new UpdateItemCommand({
    TableName,
    Key: { pk: { S: "p" }, sk: { S: "s" } },
    UpdateExpression: "SET hits = if_not_exists(hits, :zero) + :one",
    ExpressionAttributeValues: { ":zero": { N: "0" }, ":one": { N: "1" } },
  });
  await dynamodb().send(add);
  await dynamodb().send(add);
  const { Items } = await dynamodb().send(
    new QueryCommand({
      TableName,
      KeyConditionExpression: "pk = :p AND begins_with(sk, :s)",
      ExpressionAttributeValues: { ":p": { S: "p" }, ":s": { S: "s" } },
    }),
  );
  expect(Items).toEqual([{ pk: { S: "p" }, sk: { S: "s" }, hits: { N: "2" } }]);
});

test("a time to live is remembered, and a transaction is said to be missing", async () => {
  const TableName = await table("lifetime");
  await dynamodb().send(
    new UpdateTimeToLiveCommand({
      TableName,
      TimeToLiveSpecification: { Enabled: true, AttributeName: "expires" },
    }),
  );
  const { TimeToLiveDescription } = await dynamodb().send(
    new DescribeTimeToLiveCommand({ TableName }),
  );
  const transaction = dynamodb().send(
    new TransactWriteItemsCommand({
      TransactItems: [{ Delete: { TableName, Key: { pk: { S: "p" }, sk: { S: "s" } } } }],
    }),
  );
  expect(TimeToLiveDescription).toEqual({ TimeToLiveStatus: "ENABLED", AttributeName: "expires" });
  expect(await refusal(transaction)).toEqual({ name: "NotImplemented", status: 501 });
});
