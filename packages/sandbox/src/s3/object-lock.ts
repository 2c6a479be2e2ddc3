import { childOf, childrenOf, textOf, type XmlElement } from "../wire/xml.ts";
import { s3Error } from "./errors.ts";
import type { SubResource } from "./sub-resource.ts";
import { isVersioned } from "./versioning.ts";

export const objectLock: SubResource = {
  marker: "object-lock",
  root: "ObjectLockConfiguration",
  api: { get: "GetObjectLockConfiguration", put: "PutObjectLockConfiguration" },
  events: {
    get: "GetBucketObjectLockConfiguration",
    put: "PutBucketObjectLockConfiguration",
  },
  unset: { kind: "error", code: "ObjectLockConfigurationNotFoundError" },
  accept: (body, { bucket }) => {
    if (textOf(body, "ObjectLockEnabled") !== "Enabled") throw s3Error("MalformedXML");
    refuseBadRule(body);
    if (!isVersioned(bucket)) {
      throw s3Error(
        "InvalidBucketState",
        "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
      );
    }
    // A body without a rule removes the default retention; the lock itself can never be removed.
    return body;
  },
};

function refuseBadRule(body: XmlElement): void {
  const rules = childrenOf(body, "Rule");
  if (rules.length === 0) return;
  const retention = rules[0] === undefined ? undefined : childOf(rules[0], "DefaultRetention");
  if (rules.length > 1 || retention === undefined) throw s3Error("MalformedXML");
  const hold = childOf(retention, "DefaultEventHold");
  if (hold !== undefined) refuseBadPeriod(hold);
  const mode = textOf(retention, "Mode");
  if (mode === undefined && hold !== undefined) return;
  if (mode !== "GOVERNANCE" && mode !== "COMPLIANCE") throw s3Error("MalformedXML");
  refuseBadPeriod(retention);
}

/** Exactly one of Days and Years, at most a hundred years. */
function refuseBadPeriod(element: XmlElement): void {
  const days = textOf(element, "Days");
  const years = textOf(element, "Years");
  const period = days ?? years;
  if (period === undefined || (days !== undefined && years !== undefined)) {
    throw s3Error("MalformedXML");
  }
  if (!/^-?\d+$/.test(period)) throw s3Error("MalformedXML");
  if (Number(period) <= 0) {
    throw s3Error("InvalidArgument", "Default retention period must be a positive integer value.");
  }
  if (Number(period) > (days === undefined ? 100 : 36_500)) {
    throw s3Error("InvalidArgument", "Default retention period is too large.");
  }
}
