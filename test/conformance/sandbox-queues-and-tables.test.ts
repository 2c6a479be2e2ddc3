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

sandboxForTests();
const sqs = () => new SQSClient(settingsFor("alice"));
const dynamodb = () => new DynamoDBClient(settingsFor("alice"));

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

test("an empty key is refused where it is looked for, and taken where it is no key", async () => {
  const TableName = await table("empty");
  const query = (names: string, more: object = {}) =>
    dynamodb().send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: `pk = :p${names}`,
        ExpressionAttributeValues: { ":p": { S: "p" }, ":e": { S: "" } },
        ...more,
      }),
    );
  const refused = { name: "ValidationException", status: 400 };
  expect(await refusal(query(" AND begins_with(sk, :e)"))).toEqual(refused);
  expect((await query("", { FilterExpression: "hits <> :e" })).Count).toBe(0);
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
