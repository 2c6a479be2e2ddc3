import { deliver, type Round } from "@bucket-warden/core/deliver";
import { createEdge, fromProcess } from "./edge.ts";
import { count } from "./metric.ts";

/**
 * Schedule, each minute → what lies in the outbox goes to topics and Security Hub. Two must not run at
 * once: give it a reserved concurrency of 1.
 */
export const createDeliver = createEdge<unknown, Round>(
  ({ outbox, delivery: { terms, ...ports }, logger, metrics }) =>
    async () => {
      const round = await deliver(terms, { ...ports, outbox });
      if (Object.values(round).some((times) => times > 0)) logger.info("delivered", { ...round });
      count(metrics, "MessagesSent", round.sent);
      count(metrics, "MessagesFailed", round.failed);
      count(metrics, "MessagesGivenUp", round.givenUp);
      return round;
    },
);

export const handler = fromProcess(createDeliver);
