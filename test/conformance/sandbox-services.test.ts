import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
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
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { refusal, sandboxForTests, settingsFor } from "./sandbox-clients.ts";

const sandbox = sandboxForTests();
const kms = (region?: string) => new KMSClient(settingsFor("alice", region));
const sns = () => new SNSClient(settingsFor("alice"));
const sqs = () => new SQSClient(settingsFor("alice"));
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
  const notAnArn = { name: "InvalidArnException", status: 400 };
  expect(await describe("arn:aws:kms:us-east-1:nobody")).toEqual(notAnArn);
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

test("rotation is off in a new key, and can be switched on and off", async () => {
  const { KeyMetadata } = await kms().send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId ?? "";
  const status = async () => {
    const answer = await kms().send(new GetKeyRotationStatusCommand({ KeyId }));
    return [answer.KeyRotationEnabled, answer.RotationPeriodInDays];
  };
  const states = [await status()];
  await kms().send(new EnableKeyRotationCommand({ KeyId }));
  states.push(await status());
  await kms().send(new EnableKeyRotationCommand({ KeyId, RotationPeriodInDays: 90 }));
  states.push(await status());
  await kms().send(new DisableKeyRotationCommand({ KeyId }));
  states.push(await status());
  expect(states).toEqual([
    [false, undefined],
    [true, 365],
    [true, 90],
    [false, undefined],
  ]);
});

test("KMS rotates neither other kinds of keys nor imported material", async () => {
  const made = [{ KeySpec: "RSA_2048", KeyUsage: "SIGN_VERIFY" }, { Origin: "EXTERNAL" }] as const;
  for (const kind of made) {
    const { KeyMetadata } = await kms().send(new CreateKeyCommand(kind));
    const KeyId = KeyMetadata?.KeyId ?? "";
    for (const command of [
      new GetKeyRotationStatusCommand({ KeyId }),
      new EnableKeyRotationCommand({ KeyId }),
    ]) {
      expect((await refusal(kms().send(command))).name).toBe("UnsupportedOperationException");
    }
  }
});

test("imported material is waited for, and a disabled key cannot be told to rotate", async () => {
  const { KeyMetadata } = await kms().send(new CreateKeyCommand({ Origin: "EXTERNAL" }));
  expect([KeyMetadata?.Origin, KeyMetadata?.KeyState]).toEqual(["EXTERNAL", "PendingImport"]);
  const { KeyMetadata: other } = await kms().send(new CreateKeyCommand({}));
  const KeyId = other?.KeyId ?? "";
  await kms().send(new DisableKeyCommand({ KeyId }));
  const enable = kms().send(new EnableKeyRotationCommand({ KeyId }));
  expect((await refusal(enable)).name).toBe("DisabledException");
  const rotation = await kms().send(new GetKeyRotationStatusCommand({ KeyId }));
  expect(rotation.KeyRotationEnabled).toBe(false);
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

test.each([
  { texts: { default: "for all", sqs: "for queues", email: "for people" }, arrives: "for queues" },
  { texts: { default: "for all", email: "for people" }, arrives: "for all" },
])("of a message for each protocol, $arrives arrives in a queue", async ({ texts, arrives }) => {
  const { TopicArn } = await sns().send(new CreateTopicCommand({ Name: "by-protocol" }));
  const { QueueUrl } = await sqs().send(new CreateQueueCommand({ QueueName: "raw" }));
  const Endpoint = "arn:aws:sqs:us-east-1:111122223333:raw";
  const Attributes = { RawMessageDelivery: "true" };
  await sns().send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));
  const Message = JSON.stringify(texts);
  await sns().send(new PublishCommand({ TopicArn, Message, MessageStructure: "json" }));
  const { Messages } = await sqs().send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages?.[0]?.Body).toBe(arrives);
});

const publications: readonly [
  string,
  string,
  { Message: string; Subject?: string; TopicArn?: string; MessageStructure?: string },
][] = [
  [
    "InvalidParameterException",
    "a message for each protocol without a default",
    { Message: '{"email":"m"}', MessageStructure: "json" },
  ],
  [
    "InvalidParameterException",
    "a message for each protocol that is not JSON",
    { Message: "m", MessageStructure: "json" },
  ],
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
