import { textOf, type XmlElement } from "../wire/xml.ts";
import type { Bucket } from "./bucket.ts";
import { s3Error } from "./errors.ts";
import type { Edit, SubResource } from "./sub-resource.ts";

/** Versioning, and with it MFA delete. */
export const versioning: SubResource = {
  marker: "versioning",
  root: "VersioningConfiguration",
  api: { get: "GetBucketVersioning", put: "PutBucketVersioning" },
  unset: { kind: "document", document: () => ({}) },
  accept: (body, edit) => {
    const status = textOf(body, "Status");
    if (status === undefined || status === "") {
      throw s3Error("IllegalVersioningConfigurationException");
    }
    if (status !== "Enabled" && status !== "Suspended") throw s3Error("MalformedXML");
    const mfaDelete = textOf(body, "MfaDelete");
    if (mfaDelete !== undefined && mfaDelete !== "Enabled" && mfaDelete !== "Disabled") {
      throw s3Error("MalformedXML");
    }
    refuseWithoutMfa(mfaDelete, edit);
    refuseSuspensionUnderLock(status, edit.bucket);
    // The state of MFA delete stays when a Put does not mention it.
    const kept = mfaDelete ?? mfaDeleteOf(edit.bucket);
    return { ...body, ...(kept === undefined ? {} : { MfaDelete: kept }) };
  },
};

/** Whether the bucket keeps versions now. */
export function isVersioned(bucket: Bucket): boolean {
  return statusOf(bucket) === "Enabled";
}

/** Whether MFA delete is on. */
export function hasMfaDelete(bucket: Bucket): boolean {
  return mfaDeleteOf(bucket) === "Enabled";
}

/**
 * Changing MFA delete, or the versioning of a bucket under MFA delete, takes the root user and a code.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
 */
function refuseWithoutMfa(mfaDelete: string | undefined, { bucket, call }: Edit): void {
  const before = mfaDeleteOf(bucket) ?? "Disabled";
  const changes = mfaDelete !== undefined && mfaDelete !== before;
  if (!changes && !hasMfaDelete(bucket)) return;
  const hasCode = /^\S+ \d{6}$/.test(call.request.headers["x-amz-mfa"] ?? "");
  if (!hasCode || call.principal.kind !== "root") {
    throw s3Error("AccessDenied", "Mfa Authentication must be used for this request");
  }
  if (mfaDelete === "Enabled" && documentOf(bucket, "lifecycle") !== undefined) {
    throw s3Error(
      "InvalidBucketState",
      "Mfa Authentication is not supported on a bucket with lifecycle configuration. Delete lifecycle configuration before enabling Mfa Authentication.",
    );
  }
}

function refuseSuspensionUnderLock(status: string, bucket: Bucket): void {
  if (status !== "Suspended" || documentOf(bucket, "object-lock") === undefined) return;
  throw s3Error(
    "InvalidBucketState",
    "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
  );
}

function statusOf(bucket: Bucket): string | undefined {
  const document = documentOf(bucket, "versioning");
  return document === undefined ? undefined : textOf(document, "Status");
}

function mfaDeleteOf(bucket: Bucket): string | undefined {
  const document = documentOf(bucket, "versioning");
  return document === undefined ? undefined : textOf(document, "MfaDelete");
}

function documentOf(bucket: Bucket, marker: string): XmlElement | undefined {
  return bucket.configuration.documents[marker];
}
