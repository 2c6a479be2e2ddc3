import type { Encryption } from "../model/facets.ts";

/** What a person runs to have SSE-S3 as default encryption; blocked types stay blocked. */
export function backToSseS3({ blockedEncryptionTypes }: Encryption, bucket: string): string {
  const blocked =
    blockedEncryptionTypes === undefined
      ? {}
      : { BlockedEncryptionTypes: { EncryptionType: blockedEncryptionTypes } };
  const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" }, ...blocked };
  const configuration = JSON.stringify({ Rules: [rule] });
  return `aws s3api put-bucket-encryption --bucket ${bucket} --server-side-encryption-configuration '${configuration}'`;
}
