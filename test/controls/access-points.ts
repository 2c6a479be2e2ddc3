import { type AccessPoint, absent } from "../../packages/core/src/model/index.ts";
import { allBlocked } from "./readings.ts";

/** The ARN of the access point that `pointOf` describes. */
export const reader = "arn:aws:s3:eu-west-1:111122223333:accesspoint/reader";

/** An access point of the Internet that lets in nobody, and in what it differs. */
export function pointOf(more: Partial<AccessPoint> = {}): AccessPoint {
  return {
    name: "reader",
    origin: "Internet",
    publicAccessBlock: allBlocked,
    policy: absent,
    isPublic: absent,
    ...more,
  };
}
