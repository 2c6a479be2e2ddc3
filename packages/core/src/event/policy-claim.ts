import type { ConfigChange } from "../model/trigger.ts";
import type { CloudTrailRecord } from "./record.ts";

/**
 * What a call on a bucket policy left there. CloudTrail shows the policy as the object that it is, so its
 * spelling is lost.
 */
export function policyClaimIn({
  eventName,
  requestParameters,
}: Pick<CloudTrailRecord, "eventName" | "requestParameters">): Pick<ConfigChange, "claim"> {
  if (eventName === "DeleteBucketPolicy") return { claim: { kind: "removed" } };
  if (eventName !== "PutBucketPolicy") return {};
  const policy = requestParameters?.["bucketPolicy"];
  const isShown = typeof policy === "object" && policy !== null && !Array.isArray(policy);
  if (!isShown) return { claim: { kind: "unseen" } };
  return { claim: { kind: "put", text: JSON.stringify(policy) } };
}
