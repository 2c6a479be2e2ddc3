import { slackMemoryIn } from "@bucket-warden/core/slack";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createEdge, fromProcess } from "./edge.ts";
import { admit } from "./slack/admit.ts";
import { answerTo } from "./slack/answer.ts";
import { type Reply, reply } from "./slack/reply.ts";
import { deskOf, signingSecretOf } from "./slack/wiring.ts";

/**
 * A function URL that Slack calls when somebody pushes a button or sends a form. It answers within
 * three seconds and can write to no bucket and no queue: `slack-work` does that.
 */
export const createSlackAction = createEdge<APIGatewayProxyEventV2, Reply>((wiring) => {
  const openDesk = deskOf(wiring);
  const secret = signingSecretOf(wiring);
  const memory = slackMemoryIn(wiring.table);
  const { logger, metrics, ports } = wiring;
  return async (event) => {
    const admission = await admit(event, { secret, memory, now: ports.clock.now() });
    if (admission.kind === "refused") {
      logger.warn("request refused", { why: admission.why });
      metrics?.addMetric(`SlackRefused-${admission.why}`, "Count", 1);
      return reply(401);
    }
    return answerTo(admission, { ...wiring, desk: await openDesk() });
  };
});

export const handler = fromProcess(createSlackAction);
