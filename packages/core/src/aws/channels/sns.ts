import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Region } from "../../model/ref.ts";
import { type Mail, snsEntry, type TopicDestination } from "../../notify/index.ts";
import type { Clients } from "../clients.ts";

/** Publishes mail to topics, each in its own Region. */
export function createSnsChannel(
  clients: Pick<Clients, "own">,
): (to: TopicDestination, mail: Mail) => Promise<void> {
  return async (to, mail) => {
    const { topic } = to;
    const region = topic.split(":")[3] as Region; // an ARN of a topic always has one
    await clients
      .own(SNSClient, region)
      .send(new PublishCommand({ TopicArn: topic, ...snsEntry(mail, to) }));
  };
}
