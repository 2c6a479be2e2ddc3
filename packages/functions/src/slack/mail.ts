import { InputError, parseJson, tryParse } from "@bucket-warden/core/kernel";
import type { Mail } from "@bucket-warden/core/notify";
import type { SNSEventRecord } from "aws-lambda";
import * as z from "zod";

const object = z.looseObject({ id: z.string(), at: z.string() });
const schema = z.union([
  object.extend({ notices: z.array(z.unknown()), on: z.unknown(), cause: z.unknown() }),
  object.extend({ sections: z.array(z.unknown()), title: z.string() }),
]);

/** What the topic delivers. Throws InputError for what is no message of ours. */
export function mailIn({ Sns: { Message: text, TopicArn: topic } }: SNSEventRecord): Mail {
  const parsed = tryParse(schema, jsonIn(text));
  // Only our own functions may publish; what is checked is that it is one of their messages.
  if (parsed.success) return parsed.data as unknown as Mail;
  throw new InputError({
    place: `a message of ${topic}`,
    problem: "it is no message of Bucket Warden",
    remedy: "Only Bucket Warden may publish to its topic; look who else did.",
    cause: parsed.error,
  });
}

function jsonIn(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined; // refused by the schema
  }
}

/** The channel that a route of the baseline chose for a message. */
export function channelIn({ Sns: { MessageAttributes } }: SNSEventRecord): string | undefined {
  return MessageAttributes["slackChannel"]?.Value;
}
