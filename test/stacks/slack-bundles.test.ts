import { SSM } from "@aws-sdk/client-ssm";
import { type Sandbox, type Slack, startSandbox, startSlack } from "@bucket-warden/sandbox";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { provision, type Resources } from "../../packages/sandbox/src/deployment/provision.ts";
import { messageAbout } from "../slack/messages.ts";
import { invokeBundle } from "./lambda.ts";

const organization = inject("organization");
const region = "eu-central-1";

let sandbox: Sandbox;
let slack: Slack;
let made: Resources;

/** The secrets stand where the settings of the stage say, as a person would put them there. */
beforeAll(async () => {
  sandbox = await startSandbox({ account: "111122223333", region });
  slack = await startSlack();
  slack.workspace.channels.add("C0EXAMPLE");
  made = await provision(sandbox, 60);
  const credentials = { accessKeyId: "operator", secretAccessKey: "any" };
  const ssm = new SSM({ endpoint: sandbox.endpoint, region, credentials });
  const secrets = { token: slack.token, "signing-secret": slack.signingSecret };
  for (const [name, Value] of Object.entries(secrets)) {
    const Name = `/bucket-warden/slack/${name}`;
    await ssm.putParameter({ Name, Value, Type: "SecureString" });
  }
});
afterAll(async () => {
  await sandbox.stop();
  await slack.stop();
});

function invoke(name: string, event: unknown) {
  return invokeBundle(organization, name, event, {
    ...sandbox.environment,
    WARDEN_TASK_QUEUE_URL: made.taskQueueUrl,
    WARDEN_LOOK_QUEUE_URL: made.lookQueueUrl,
    WARDEN_LEDGER_TABLE: made.ledgerTable,
    WARDEN_TOPIC_ARN: made.topicArn,
    WARDEN_SLACK_API_URL: slack.apiUrl,
  });
}

test("a message of the topic comes into the channel of the settings", async () => {
  const Message = JSON.stringify(messageAbout("invoices", "e-1"));
  const event = { Records: [{ Sns: { Message, MessageAttributes: {}, TopicArn: "topic" } }] };
  expect(await invoke("NotifySlack", event)).toMatchObject({
    failure: "",
    metrics: ["SlackPosted"],
  });
  expect(slack.workspace.messages).toMatchObject([
    { channel: "C0EXAMPLE", text: "Flagged: invoices (ssl-only)" },
  ]);
});

test("what Slack signed is answered, and what somebody else sends is refused", async () => {
  const { headers, body } = slack.sign({ type: "view_closed" });
  const genuine = { headers, body, isBase64Encoded: false };
  expect(await invoke("SlackAction", genuine)).toMatchObject({ answer: { statusCode: 200 } });
  expect(await invoke("SlackAction", { ...genuine, body: `${body}x` })).toMatchObject({
    answer: { statusCode: 401 },
    metrics: ["SlackRefused-forged"],
  });
});
