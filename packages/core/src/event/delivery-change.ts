import { otherKindOf } from "../model/bucket-kind.ts";
import { bucketNamedBy, parseBucketName } from "../model/ref.ts";
import type { Behind, ConfigChange } from "../model/trigger.ts";
import { type Call, type CloudTrailRecord, callIn, whereaboutsIn } from "./record.ts";

const source = "logs.amazonaws.com";

/**
 * Calls after which CloudWatch Logs may deliver other access logs than before; a source by itself
 * delivers nothing, and can only be deleted when it has no delivery. No record of these calls has been
 * seen; their members are named as in the API.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateDelivery.html
 */
export const deliveryCalls = ["PutDeliverySource", "CreateDelivery", "DeleteDelivery"] as const;

/** A call that changed whose logs are delivered; undefined when it is none, failed or is about other logs. */
export function deliveryChangeIn(
  record: CloudTrailRecord,
  place: string,
): ConfigChange | undefined {
  if (!isDeliveryCall(record) || record.errorCode !== undefined) return undefined;
  const about = aboutOf(record, place);
  if (about === undefined) return undefined;
  return { kind: "config-change", ...callIn(record), ...about, touches: ["vendedLogs"] };
}

export function isDeliveryCall({ eventSource, eventName }: Call): boolean {
  return eventSource === source && deliveryCalls.some((name) => name === eventName);
}

/** Sources and deliveries are in the account and Region of their bucket. */
function aboutOf(
  record: CloudTrailRecord,
  place: string,
): Pick<ConfigChange, "on" | "behind"> | undefined {
  const at = { kind: "region", ...whereaboutsIn(record, place) } as const;
  const { resourceArn, logType, deliverySourceName } = record.requestParameters ?? {};
  if (typeof logType === "string" && logType !== "S3_SERVER_ACCESS_LOGS") return undefined;
  if (typeof resourceArn === "string") {
    const named = bucketNamedBy(resourceArn);
    if (named === undefined || otherKindOf(named) !== undefined) return undefined;
    const name = parseBucketName(named, `${place}.requestParameters.resourceArn`);
    return { on: { ...at, kind: "bucket", name } };
  }
  return { on: at, behind: behindOf(deliverySourceName) };
}

/** Of a delivery that is gone an id is left, which nobody can look up. */
function behindOf(deliverySource: unknown): Behind {
  if (typeof deliverySource !== "string") return { kind: "lost-delivery" };
  return { kind: "delivery-source", name: deliverySource };
}

export const deliveryRule = {
  name: "log-deliveries",
  pattern: {
    source: ["aws.logs"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: { eventSource: [source], eventName: deliveryCalls, errorCode: [{ exists: false }] },
  },
} as const;
