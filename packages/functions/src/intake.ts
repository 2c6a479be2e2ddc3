import { receiveEvent } from "@bucket-warden/core/event";
import { resourceName } from "@bucket-warden/core/model";
import { taskBehind } from "@bucket-warden/core/resolve";
import { createEdge, fromProcess } from "./edge.ts";

/** EventBridge → task queue. The record is reduced to a name; nothing of it decides anything later. */
export const createIntake = createEdge<unknown, void>(
  ({ environment, queue, directory, logger, metrics }) =>
    async (event) => {
      const received = receiveEvent(event, environment.ownResources);
      metrics?.addMetric(
        received.kind === "ignored" ? "EventsIgnored" : "EventsAccepted",
        "Count",
        1,
      );
      if (received.kind === "ignored") {
        const { reason, eventName } = received;
        logger.info("event ignored", { reason, eventName });
        return;
      }
      if (received.alarm !== undefined) {
        await queue.raise(received.alarm);
        logger.warn("alarm accepted", { alarm: received.alarm.id, cause: received.alarm.cause });
      }
      if (received.kind === "alarm") return;
      const task = await taskBehind(received.trigger, directory);
      if (task === undefined) return logger.info("event leads to no bucket of the account");
      await queue.send([task]);
      logger.info("event accepted", {
        task: task.id,
        resource: resourceName(task.ref),
        cause: task.cause,
      });
    },
);

export const handler = fromProcess(createIntake);
