import { defineBaseline } from "@bucket-warden/core/baseline";

/** What a sandbox asks of its buckets: everything that can be repaired is. */
export const sandboxBaseline = defineBaseline({
  "ssl-only": { mode: "remediate" },
  "kms-enforcement": { mode: "remediate" },
  "default-encryption": {
    mode: "remediate",
    key: "arn:{partition}:kms:{region}:{account}:alias/bucket-warden",
  },
  "sse-c-blocked": { mode: "remediate" },
  "public-access-block": { mode: "remediate" },
  "ownership-acl": { mode: "remediate" },
  cors: { mode: "remediate" },
  "access-logging": { mode: "remediate", target: "bucket-warden-logs-{account}-{region}" },
  versioning: { mode: "remediate" },
  "mfa-delete": { mode: "alert", buckets: ["*-vault"] },
  "object-lock": { mode: "alert" },
  // Each message is worth looking at here.
  notifications: { burst: 100 },
});

export const keyAlias = "alias/bucket-warden";

/** The name that the baseline above gives the log bucket. */
export function logBucketIn(account: string, region: string): string {
  return `bucket-warden-logs-${account}-${region}`;
}
