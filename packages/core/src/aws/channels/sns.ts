import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { resourceId } from "../../model/ref.ts";
import type { Channel, Message } from "../../notify/index.ts";
import { severityOf, subjectOf, textOf } from "../../notify/index.ts";

/**
 * Publishes to an SNS topic: text for e-mail, JSON for every other protocol, and attributes that
 * subscriptions can filter on.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html
 */
export function createSnsChannel(client: SNSClient, topicArn: string): Channel {
  return {
    async publish(message) {
      await client.send(
        new PublishCommand({
          TopicArn: topicArn,
          Subject: subjectOf(message),
          MessageStructure: "json",
          Message: bodyOf(message),
          MessageAttributes: {
            account: { DataType: "String", StringValue: message.on.account },
            resource: { DataType: "String", StringValue: resourceId(message.on) },
            ...bucketOf(message),
            severity: { DataType: "String", StringValue: severityOf(message) },
            kind: list(message.notices.map(({ kind }) => kind)),
            control: list(message.notices.map(({ control }) => control)),
          },
        }),
      );
    },
  };
}

/** SNS takes 256 KB for all protocols together. Diffs are what can be long, and the ledger has them. */
const mostBytes = 240_000;

function bodyOf(message: Message): string {
  const whole = body(message);
  if (Buffer.byteLength(whole) <= mostBytes) return whole;
  const changes = message.changes.map((change) => ({ ...change, diff: [tooLong] }));
  return body({ ...message, changes });
}

const tooLong = "(too long for a message; the ledger entry has it)";

function body(message: Message): string {
  return JSON.stringify({ default: JSON.stringify(message), email: textOf(message) });
}

function bucketOf({ on }: Message) {
  return on.kind === "bucket" ? { bucket: { DataType: "String", StringValue: on.name } } : {};
}

function list(values: readonly string[]): { DataType: string; StringValue: string } {
  return { DataType: "String.Array", StringValue: JSON.stringify([...new Set(values)]) };
}
