import type { Alarm } from "@bucket-warden/core/model";
import { raiseAlarm } from "@bucket-warden/core/raise-alarm";
import type { SQSRecord } from "aws-lambda";
import { count } from "./metric.ts";
import type { Wiring } from "./wiring.ts";

/** Alarm → people. One that could not be raised comes back soon, not only when its time is up. */
export async function raise(
  alarm: Alarm,
  { attributes, receiptHandle }: SQSRecord,
  { environment, ports, queue, logger, metrics }: Wiring,
): Promise<void> {
  const attempt = Number(attributes.ApproximateReceiveCount);
  try {
    const raised = await raiseAlarm(alarm, { attempt }, ports);
    const { id, on, cause, service, error, resource } = alarm;
    logger.error("alarm", { id, on, cause, service, error, resource, raised });
    if (raised !== "known") count(metrics, "Alarms");
  } catch (error) {
    await queue.returnAfter(receiptHandle, Math.ceil(environment.retrySeconds));
    throw error;
  }
}
