import {
  CreateTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from "@aws-sdk/client-dynamodb";
import {
  CreateBucketCommand,
  GetBucketPolicyCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { BatchImportFindingsCommand, EnableSecurityHubCommand } from "@aws-sdk/client-securityhub";
import { CreateTopicCommand, PublishCommand } from "@aws-sdk/client-sns";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
} from "@aws-sdk/client-ssm";
import { answered, type Row, refused, type Scene, showing } from "./row.ts";

/** What the hub keeps for itself, and how it comes to its members. */
export const hubServices: readonly Row[] = [
  { about: "task queue", play: queue },
  { about: "ledger table", play: table },
  { about: "topic", play: topic },
  { about: "findings", play: findings },
  { about: "stop switch", play: stopSwitch },
  { about: "secret", play: secret },
  { about: "member role", play: member },
];

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html */
async function queue({ sqs, ask }: Scene): Promise<void> {
  const { QueueUrl = "" } = await sqs().send(
    new CreateQueueCommand({
      QueueName: "conformance.fifo",
      Attributes: { FifoQueue: "true", VisibilityTimeout: "60" },
    }),
  );
  const entry = (name: string, group: string) => ({
    Id: name,
    MessageBody: name,
    MessageGroupId: group,
    MessageDeduplicationId: name,
  });
  const batch = [entry("first", "a"), entry("second", "a"), entry("third", "b")];
  const send = () => sqs().send(new SendMessageBatchCommand({ QueueUrl, Entries: batch }));
  const sent = { Successful: batch.map(({ Id }) => ({ Id })) };
  const receive = (MaxNumberOfMessages: number) =>
    sqs().send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages }));
  const received = (...bodies: readonly string[]) =>
    showing({ Messages: bodies.map((Body) => ({ Body })) });
  await ask("sent as a batch", send(), showing(sent));
  await ask("sent again within five minutes", send(), showing(sent));
  const { MessageBody, ...rest } = entry("fourth", "b");
  const { Id: _id, ...alone } = { ...rest, MessageBody };
  await ask("sent alone", sqs().send(new SendMessageCommand({ QueueUrl, ...alone })), showing({}));
  const { MessageGroupId: _group, ...groupless } = alone;
  await ask(
    "without a group",
    sqs().send(new SendMessageCommand({ QueueUrl, ...groupless })),
    refused("MissingParameter", 400),
  );
  const first = await ask("the first of a group", receive(1), received("first"));
  await ask("its group is closed, others are not", receive(10), received("third", "fourth"));
  await ask("nothing is left", receive(10), answered());
  const ReceiptHandle = first?.Messages?.[0]?.ReceiptHandle ?? "";
  const give = (handle: string) =>
    sqs().send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: handle,
        VisibilityTimeout: 0,
      }),
    );
  await ask("given back", give(ReceiptHandle), answered());
  await ask("again, in its order", receive(1), received("first"));
  await ask("no receipt", give("no receipt"), refused("ReceiptHandleIsInvalid", 400));
  const nowhere = `${QueueUrl.slice(0, QueueUrl.lastIndexOf("/"))}/missing.fifo`;
  await ask(
    "no queue",
    sqs().send(new SendMessageCommand({ ...alone, QueueUrl: nowhere })),
    refused("QueueDoesNotExist", 400),
  );
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Query.html */
async function table({ dynamodb, ask }: Scene): Promise<void> {
  const TableName = "conformance";
  const text = (AttributeName: string) => ({ AttributeName, AttributeType: "S" as const });
  const get = (pk: string, sk: string) =>
    dynamodb().send(
      new GetItemCommand({
        TableName,
        ConsistentRead: true,
        Key: { pk: { S: pk }, sk: { S: sk } },
      }),
    );
  const put = (sk: string, json: string) =>
    dynamodb().send(
      new PutItemCommand({ TableName, Item: { ...item(sk, json), expires: { N: "1" } } }),
    );
  await ask("no table", get("a", "1"), refused("ResourceNotFoundException", 400));
  await dynamodb().send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [text("pk"), text("sk")],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    }),
  );
  await ask("nothing there", get("a", "x/1"), answered());
  await ask("put", put("x/1", "one"), answered());
  await ask("put over it", put("x/1", "ONE"), answered());
  for (const [sk, json] of [
    ["x/10", "ten"],
    ["x/2", "two"],
    ["y/1", "other"],
  ] as const) {
    await put(sk, json);
  }
  const stored = { ...item("x/1", "ONE"), expires: { N: "1" } };
  await ask("as it was put", get("a", "x/1"), answered({ Item: stored }));
  const list = (prefix: string, more: object) =>
    dynamodb().send(
      new QueryCommand({
        TableName,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": { S: "a" }, ":prefix": { S: prefix } },
        ...more,
      }),
    );
  const listed = (...all: readonly (readonly [string, string])[]) => ({
    Count: all.length,
    Items: all.map(([sk, json]) => item(sk, json)),
  });
  const downwards = listed(["x/2", "two"], ["x/10", "ten"], ["x/1", "ONE"]);
  await ask("the newest first", list("x/", { ScanIndexForward: false }), showing(downwards));
  const last = { LastEvaluatedKey: { pk: { S: "a" }, sk: { S: "x/10" } } };
  const page = { ...listed(["x/1", "ONE"], ["x/10", "ten"]), ...last };
  await ask("page by page", list("x/", { Limit: 2 }), showing(page));
  await ask("an empty prefix", list("", {}), refused("ValidationException", 400));
}

function item(sk: string, json: string) {
  return { pk: { S: "a" }, sk: { S: sk }, json: { S: json } };
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
async function topic({ sns, ask }: Scene): Promise<void> {
  const { TopicArn = "" } = await sns().send(new CreateTopicCommand({ Name: "conformance" }));
  const publish = (input: object) =>
    sns().send(
      new PublishCommand({
        TopicArn,
        Message: JSON.stringify({ default: "text" }),
        MessageStructure: "json",
        ...input,
      }),
    );
  const invalid = refused("InvalidParameterException", 400);
  await ask("published", publish({}), answered({ MessageId: "<id>" }));
  await ask("no default text", publish({ Message: JSON.stringify({ email: "text" }) }), invalid);
  await ask("no JSON", publish({ Message: "text" }), invalid);
  await ask(
    "more than 256 KB",
    publish({ Message: JSON.stringify({ default: "x".repeat(262_144) }) }),
    invalid,
  );
  await ask(
    "no topic",
    publish({ TopicArn: `${TopicArn}-missing` }),
    refused("NotFoundException", 404),
  );
}

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchImportFindings.html */
async function findings({ securityHub, ask, account, region }: Scene): Promise<void> {
  const taking = (more: object) =>
    securityHub().send(
      new BatchImportFindingsCommand({ Findings: [{ ...finding(account, region), ...more }] }),
    );
  await ask("before it is enabled", taking({}), refused("InvalidAccessException", 401));
  await securityHub().send(new EnableSecurityHubCommand({}));
  const taken = answered({ FailedCount: 0, SuccessCount: 1, FailedFindings: [] });
  await ask("taken", taking({}), taken);
  await ask("news of it", taking({ RecordState: "ARCHIVED" }), taken);
  const refusedOne = showing({ FailedCount: 1, SuccessCount: 0 });
  await ask("of another account", taking({ AwsAccountId: "999999999999" }), refusedOne);
}

function finding(account: string, region: string) {
  const time = "2026-11-20T10:15:00.000Z";
  return {
    SchemaVersion: "2018-10-08",
    Id: "conformance",
    ProductArn: `arn:aws:securityhub:${region}:${account}:product/${account}/default`,
    GeneratorId: "conformance",
    AwsAccountId: account,
    CreatedAt: time,
    UpdatedAt: time,
    Title: "a title",
    Description: "a description",
    Resources: [{ Type: "AwsS3Bucket", Id: "arn:aws:s3:::conformance" }],
    FindingProviderFields: {
      Severity: { Label: "MEDIUM" as const },
      Types: ["Software and Configuration Checks"],
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html */
async function stopSwitch({ ssm, ask }: Scene): Promise<void> {
  const Name = "/conformance/stop";
  const get = () => ssm().send(new GetParameterCommand({ Name }));
  const put = (Value: string) =>
    ssm().send(new PutParameterCommand({ Name, Value, Type: "String", Overwrite: true }));
  const shown = (Value: string) => showing({ Parameter: { Name, Type: "String", Value } });
  const none = refused("ParameterNotFound", 400);
  await ask("never set", get(), none);
  await put("off");
  await ask("off", get(), shown("off"));
  await put("a release of the data lake");
  await ask("with its reason", get(), shown("a release of the data lake"));
  await ssm().send(new DeleteParameterCommand({ Name }));
  await ask("deleted", get(), none);
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/secure-string-parameter-kms-encryption.html */
async function secret({ ssm, ask }: Scene): Promise<void> {
  const Name = "/conformance/secret";
  const put = (input: object) =>
    ssm().send(new PutParameterCommand({ Name, Value: "xoxb-1", ...input }));
  const get = async (input: object) => {
    const { Parameter } = await ssm().send(new GetParameterCommand({ Name, ...input }));
    return { type: Parameter?.Type, isReadable: Parameter?.Value === "xoxb-1" };
  };
  await ask("without a type", put({}), refused("ValidationException", 400));
  await put({ Type: "SecureString" });
  const readable = { type: "SecureString", isReadable: true };
  await ask("decrypted", get({ WithDecryption: true }), answered(readable));
  await ask("as it is stored", get({}), answered({ ...readable, isReadable: false }));
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
async function member({ s3, member: as, bucket, ask }: Scene): Promise<void> {
  const hub = await bucket("hub");
  const Bucket = "member-role-member";
  await as("222233334444").send(new CreateBucketCommand({ Bucket }));
  const listed = async (client: ReturnType<Scene["s3"]>) => {
    const paged = { Prefix: "member-role-", MaxBuckets: 1_000 };
    const { Buckets = [] } = await client.send(new ListBucketsCommand(paged));
    return { names: Buckets.map(({ Name }) => Name) };
  };
  await ask("the hub sees its own buckets", listed(s3()), answered({ names: [hub] }));
  await ask("a member sees its own", listed(as("222233334444")), answered({ names: [Bucket] }));
  await ask(
    "a policy of the member, read by its role",
    as("222233334444").send(new GetBucketPolicyCommand({ Bucket })),
    refused("NoSuchBucketPolicy", 404),
  );
  await ask(
    "a policy of the member, read by the hub",
    s3().send(new GetBucketPolicyCommand({ Bucket })),
    refused("MethodNotAllowed", 405),
  );
}
