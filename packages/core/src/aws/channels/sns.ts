import { PublishCommand, type SNSClient } from "@aws-sdk/client-sns";
import type { Region } from "../../model/ref.ts";
import { type Mail, snsEntry, type TopicDestination } from "../../notify/index.ts";

/** Publishes mail to topics, each in its own Region. */
export function createSnsChannel(
  clientIn: (region: Region) => SNSClient,
): (to: TopicDestination, mail: Mail) => Promise<void> {
  return async (to, mail) => {
    const { topic } = to;
    const region = topic.split(":")[3] as Region; // an ARN of a topic always has one
    await clientIn(region).send(new PublishCommand({ TopicArn: topic, ...snsEntry(mail, to) }));
  };
}
