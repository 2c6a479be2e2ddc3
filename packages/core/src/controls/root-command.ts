import { type BucketRef, partitionOf } from "../model/ref.ts";

/** What the root user runs to have versioning and MFA delete; the device may have another name. */
export function enableWithMfa({ name, account, region }: BucketRef): string {
  const device = `arn:${partitionOf(region)}:iam::${account}:mfa/root-account-mfa-device`;
  return `aws s3api put-bucket-versioning --bucket ${name} --versioning-configuration Status=Enabled,MFADelete=Enabled --mfa '${device} <code>'`;
}
