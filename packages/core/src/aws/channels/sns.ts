import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import { resourceId } from "../../model/ref.ts";
import type { Change, Channel, Message } from "../../notify/index.ts";
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

/** SNS takes 256 KB for all protocols together: what does not fit is left to the ledger, longest first. */
const mostBytes = 240_000;

function bodyOf(message: Message): string {
  for (const it of [message, withoutDiffs(message)]) {
    const whole = body(it);
    if (Buffer.byteLength(whole) <= mostBytes) return whole;
  }
  return body(inShort(message));
}

const tooLong = "(too long for a message; the ledger entry has it)";

function withoutDiffs({ proposals, ...message }: Message): Message {
  const emptied = (changes: readonly Change[]) =>
    changes.map((change) => ({ ...change, diff: [tooLong] }));
  return {
    ...message,
    changes: emptied(message.changes),
    ...(proposals === undefined ? {} : { proposals: emptied(proposals) }),
  };
}

/** What was seen and done, and what to do, is told in any case. */
function inShort(message: Message): Message {
  const notices = message.notices.map(({ impact, fixes, conflicts, witness, ...notice }) => ({
    ...notice,
    saw: cut(notice.saw),
    did: cut(notice.did),
    next: cut(notice.next),
    ...(witness === undefined ? {} : { witness: cut(witness) }),
    ...(impact === undefined ? {} : { impact: [tooLong] }),
    ...(conflicts === undefined ? {} : { conflicts: [tooLong] }),
    ...(fixes === undefined ? {} : { fixes: fixes.map((fix) => ({ ...fix, lines: [tooLong] })) }),
  }));
  return { ...withoutDiffs(message), notices };
}

function cut(text: string): string {
  return text.length <= 500 ? text : `${text.slice(0, 500)} … ${tooLong}`;
}

function body(message: Message): string {
  return JSON.stringify({ default: JSON.stringify(message), email: textOf(message) });
}

function bucketOf({ on }: Message) {
  return on.kind === "bucket" ? { bucket: { DataType: "String", StringValue: on.name } } : {};
}

function list(values: readonly string[]): { DataType: string; StringValue: string } {
  return { DataType: "String.Array", StringValue: JSON.stringify([...new Set(values)]) };
}
