import { controls } from "@bucket-warden/core/controls";
import { receiveEvent } from "@bucket-warden/core/event";
import { resourceName } from "@bucket-warden/core/model";
import { resolve } from "@bucket-warden/core/resolve";
import { createEdge, fromProcess } from "./edge.ts";
import { count } from "./metric.ts";
import { fieldFor, queueAll } from "./resolving.ts";

/** EventBridge → task queue. The record is reduced to a name; nothing of it decides anything later. */
export const createIntake = createEdge<unknown, void>((wiring) => async (event) => {
  const { environment, queue, logger, metrics } = wiring;
  const received = receiveEvent(event, environment.ownResources);
  count(metrics, received.kind === "ignored" ? "EventsIgnored" : "EventsAccepted");
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
  const { trigger } = received;
  const tasks = await queueAll(resolve(trigger, fieldFor(controls, wiring)), queue);
  const resource = resourceName(trigger.on);
  logger.info("event accepted", { resource, tasks, event: trigger.eventName });
});

export const handler = fromProcess(createIntake);
