import { deliverNow } from "@bucket-warden/core/deliver";
import type { Alarm } from "@bucket-warden/core/model";
import type { Message } from "@bucket-warden/core/notify";
import { raiseAlarm } from "@bucket-warden/core/raise-alarm";
import type { SQSRecord } from "aws-lambda";
import { count } from "./metric.ts";
import type { Wiring } from "./wiring.ts";

/** Alarm → people. One that could not be raised comes back soon, not only when its time is up. */
export async function raise(
  alarm: Alarm,
  { attributes, receiptHandle }: SQSRecord,
  wiring: Wiring,
): Promise<void> {
  const { environment, ports, queue, logger, metrics } = wiring;
  const attempt = Number(attributes.ApproximateReceiveCount);
  try {
    const channel = { publish: (message: Message) => tellAtOnce(message, wiring) };
    const raised = await raiseAlarm(alarm, { attempt }, { ...ports, channel });
    const { id, on, cause, service, error, resource } = alarm;
    logger.error("alarm", { id, on, cause, service, error, resource, raised });
    if (raised !== "known") count(metrics, "Alarms");
  } catch (error) {
    await queue.returnAfter(receiptHandle, Math.ceil(environment.retrySeconds));
    throw error;
  }
}

/** An alarm does not wait in the outbox, which may be what was attacked; Security Hub can wait. */
async function tellAtOnce(message: Message, { delivery, outbox, logger }: Wiring): Promise<void> {
  const { terms, ...ports } = delivery;
  const done = await deliverNow(message, terms, ports);
  try {
    await outbox.publishRest(message, done);
  } catch (error) {
    logger.warn("alarm is missing in the outbox", { alarm: message.id, error });
  }
}
