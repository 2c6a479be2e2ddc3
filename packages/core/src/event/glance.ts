import { otherKindFrom } from "../model/bucket-kind.ts";
import { insightType, notRecorded, notS3, readOnlyCall, unknownCall } from "./cloudtrail.ts";
import { isDeliveryCall } from "./delivery-change.ts";
import { isKeyCall } from "./key-change.ts";
import { isOtherCall } from "./other-change.ts";
import type { Call } from "./record.ts";
import { tamperCallOf } from "./tamper/calls.ts";
import { facetsTouchedBy } from "./touched.ts";
import { isTrailCall } from "./trail-change.ts";

/** Four members of a record. */
export interface Glance extends Call {
  readonly eventType: string;
  readonly readOnly: boolean;
}

/**
 * Why `receiveRecord` ignores a record, as far as four of its members tell; undefined where the whole
 * record has to be asked. Nearly all records are of other services, and this spares the reading of them,
 * so that what is wrong inside of those is not noticed.
 */
export function ignoredAtAGlance(record: Glance): string | undefined {
  const { eventSource, eventName, eventType, readOnly } = record;
  if (eventType === insightType) return notRecorded;
  if (mayMatter(record)) return undefined;
  if (eventSource !== "s3.amazonaws.com") return notS3;
  if (readOnly) return readOnlyCall;
  return facetsTouchedBy(eventName) === undefined ? unknownCall : undefined;
}

function mayMatter(call: Call): boolean {
  const { eventSource, eventName } = call;
  return (
    isTrailCall(call) ||
    isKeyCall(call) ||
    isDeliveryCall(call) ||
    isOtherCall(call) ||
    otherKindFrom(eventSource) !== undefined ||
    tamperCallOf(eventSource, eventName) !== undefined
  );
}
