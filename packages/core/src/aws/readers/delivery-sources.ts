import {
  CloudWatchLogsClient,
  paginateDescribeDeliverySources,
} from "@aws-sdk/client-cloudwatch-logs";
import type { Clients, Place } from "../clients.ts";

/** Something whose access logs CloudWatch Logs takes from S3. */
export interface DeliverySource {
  readonly name: string;
  readonly resourceArns: readonly string[];
  readonly isActive: boolean;
}

/** The log type of server access logs, among those that CloudWatch Logs takes from S3. */
const accessLogs = "S3_SERVER_ACCESS_LOGS";

/** Those of an account in one Region; of `resourceArns` alone, where some are named. */
export async function* deliverySourcesIn(
  clients: Clients,
  at: Place,
  resourceArns?: string[],
): AsyncIterable<DeliverySource> {
  const asked = resourceArns === undefined ? {} : { resourceArns };
  for await (const page of paginateDescribeDeliverySources(
    { client: clients.of(CloudWatchLogsClient, at) },
    asked,
  )) {
    for (const { name = "", resourceArns: arns = [], logType, status } of page.deliverySources ??
      []) {
      if (logType !== accessLogs) continue;
      yield { name, resourceArns: arns, isActive: status !== "INACTIVE" };
    }
  }
}
