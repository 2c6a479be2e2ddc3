import { postMail, slackMemoryIn } from "@bucket-warden/core/slack";
import type { SNSEvent } from "aws-lambda";
import { createEdge, fromProcess } from "./edge.ts";
import { patiently } from "./slack/busy.ts";
import { required } from "./slack/environment.ts";
import { channelIn, mailIn } from "./slack/mail.ts";
import { boardOf } from "./slack/wiring.ts";

/**
 * SNS → Slack. A message that Slack does not take is delivered again by Lambda, and ends in the
 * dead-letter queue; no repair waits for it.
 */
export const createNotifySlack = createEdge<SNSEvent, void>((wiring) => {
  const openBoard = boardOf(wiring);
  const memory = slackMemoryIn(wiring.table);
  return async ({ Records }, context) => {
    const { clock } = wiring.ports;
    const until = clock.now() + context.getRemainingTimeInMillis() - 5_000;
    const board = await openBoard();
    for (const record of Records) {
      const mail = mailIn(record);
      const channel = channelIn(record) ?? wiring.environment.slack.channel;
      const to = required(channel, "WARDEN_SLACK_CHANNEL");
      const post = () => postMail(mail, to, { board, memory, clock });
      const done = await patiently(post, { clock, until });
      wiring.logger.info("told Slack", { mail: mail.id, channel: to, done });
      wiring.metrics?.addMetric(done === "posted" ? "SlackPosted" : "SlackKnown", "Count", 1);
    }
  };
});

export const handler = fromProcess(createNotifySlack);
