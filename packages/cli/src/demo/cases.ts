import type { ControlId } from "@bucket-warden/core/baseline";

/** What of the seeded account shows what a control is for, or why nothing does. */
export type DemoCase = { readonly resource: string } | { readonly none: string };

/** One case for each control; the compiler asks for those that are missing. */
export const cases: { readonly [Id in ControlId]: DemoCase } = {
  "ssl-only": { resource: "acme-media" },
  "tls-minimum": { resource: "acme-secrets-vault" },
  "presigned-url-age": { resource: "acme-secrets-vault" },
  "kms-enforcement": { resource: "acme-partner" },
  "default-encryption": { resource: "acme-partner" },
  "kms-key-health": { resource: "acme-eu-reports" },
  "sse-c-blocked": { resource: "acme-uploads" },
  "client-side-encryption": { resource: "acme-secrets-vault" },
  "account-public-access": { resource: "account 111122223333" },
  "public-access-block": { resource: "acme-downloads" },
  "public-policy": { resource: "acme-downloads" },
  "access-points": { resource: "acme-partner" },
  "ownership-acl": { resource: "acme-legacy" },
  cors: { resource: "acme-widgets" },
  website: { resource: "acme-website" },
  "access-logging": { resource: "acme-partner" },
  "log-target-health": { resource: "acme-old-logs" },
  versioning: { resource: "acme-partner" },
  "mfa-delete": { resource: "acme-secrets-vault" },
  "object-lock": { resource: "acme-archive" },
  "vault-lock": { resource: "account 111122223333 in us-east-1" },
  "trail-health": { none: "the intruder stops the trail, and it runs again before the end" },
  "object-lambda": { resource: "account 111122223333 in us-east-1" },
  "multi-region-access-points": { resource: "account 111122223333" },
};
