import { childOf, childrenOf, textOf, type XmlElement } from "../wire/xml.ts";
import { hasAclsDisabled } from "./acl.ts";
import { s3Error } from "./errors.ts";
import type { Edit, SubResource } from "./sub-resource.ts";

/** Server access logging. There is no Delete: an empty status switches it off. */
export const logging: SubResource = {
  marker: "logging",
  root: "BucketLoggingStatus",
  api: { get: "GetBucketLogging", put: "PutBucketLogging" },
  unset: { kind: "document", document: () => ({}) },
  accept: (body, edit) => {
    const enabled = childOf(body, "LoggingEnabled");
    if (enabled === undefined) return undefined;
    const target = textOf(enabled, "TargetBucket");
    if (target === undefined || textOf(enabled, "TargetPrefix") === undefined) {
      throw s3Error("MalformedXML");
    }
    refuseBadTarget(target, enabled, edit);
    // Whether the log delivery may write there is not checked: S3 accepts a target without a grant.
    return body;
  },
};

function refuseBadTarget(name: string, enabled: XmlElement, { world, bucket }: Edit): void {
  const target = world.buckets.get(name);
  const members = { TargetBucket: name };
  if (target === undefined) {
    throw s3Error("InvalidTargetBucketForLogging", undefined, { members });
  }
  if (target.account !== bucket.account) {
    throw s3Error(
      "InvalidTargetBucketForLogging",
      "The owner for the bucket to be logged and the target bucket must be the same.",
      { members },
    );
  }
  if (target.region !== bucket.region) {
    throw s3Error("CrossLocationLoggingProhibitted", undefined, {
      members: {
        ...members,
        SourceBucketLocation: bucket.region,
        TargetBucketLocation: target.region,
      },
    });
  }
  const grants = childOf(enabled, "TargetGrants");
  if (grants !== undefined && childrenOf(grants, "Grant").some(isByEmail)) {
    throw s3Error("MethodNotAllowed");
  }
  if (grants !== undefined && hasAclsDisabled(target)) {
    throw s3Error(
      "AccessControlListNotSupported",
      "Target grants not allowed for bucket owner enforced buckets",
      { members },
    );
  }
}

/** E-mail grantees ended in October 2025, here as in ACLs. */
function isByEmail(grant: XmlElement): boolean {
  return childrenOf(grant, "Grantee").some((it) => childOf(it, "EmailAddress") !== undefined);
}
