import { receiveEvent } from "@bucket-warden/core/event";
import { resourceName } from "@bucket-warden/core/model";
import { taskOfChange } from "@bucket-warden/core/resolve";
import { createEdge, fromProcess } from "./edge.ts";

/** EventBridge → task queue. The record is reduced to a name; nothing of it decides anything later. */
export const createIntake = createEdge<unknown, void>(
  ({ queue, logger, metrics }) =>
    async (event) => {
      const received = receiveEvent(event);
      metrics?.addMetric(
        received.kind === "trigger" ? "EventsAccepted" : "EventsIgnored",
        "Count",
        1,
      );
      if (received.kind === "ignored") {
        const { reason, eventName } = received;
        logger.info("event ignored", { reason, eventName });
        return;
      }
      const task = taskOfChange(received.trigger);
      await queue.send([task]);
      logger.info("event accepted", {
        task: task.id,
        resource: resourceName(task.ref),
        cause: task.cause,
      });
    },
);

export const handler = fromProcess(createIntake);
