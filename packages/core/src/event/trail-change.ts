import type { ConfigChange } from "../model/trigger.ts";
import { type Call, type CloudTrailRecord, callIn, whereaboutsIn } from "./record.ts";

/** Calls after which trails have to be looked at again. */
export const trailCalls = [
  "CreateTrail",
  "UpdateTrail",
  "DeleteTrail",
  "StartLogging",
  "StopLogging",
  "PutEventSelectors",
] as const;

/** A call that changed what trails record here; undefined when it is none, or failed. */
export function trailChangeIn(record: CloudTrailRecord, place: string): ConfigChange | undefined {
  if (!isTrailCall(record) || record.errorCode !== undefined) return undefined;
  return {
    kind: "config-change",
    ...callIn(record),
    on: { kind: "region", ...whereaboutsIn(record, place) },
    touches: ["trails"],
  };
}

export function isTrailCall({ eventSource, eventName }: Call): boolean {
  return (
    eventSource === "cloudtrail.amazonaws.com" && trailCalls.some((name) => name === eventName)
  );
}

/**
 * The rule for those that only make trails better; the others arrive by the rule of alarms, and one
 * event that matches two rules would arrive twice.
 */
export const trailRule = {
  name: "trails",
  pattern: {
    source: ["aws.cloudtrail"],
    "detail-type": ["AWS API Call via CloudTrail"],
    detail: {
      eventSource: ["cloudtrail.amazonaws.com"],
      eventName: ["CreateTrail", "StartLogging"],
      errorCode: [{ exists: false }],
    },
  },
} as const;
