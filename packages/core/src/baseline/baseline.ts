import type { KeyFormat } from "../model/facets.ts";
import type { ControlMode } from "../model/finding.ts";

/** Control id to those of its settings that somebody wrote down. Checked, but without defaults. */
export type Overrides = { readonly [Id in ControlId]?: Readonly<Record<string, unknown>> };

/** What a bucket shall look like: one entry for each control. */
export interface Controls {
  readonly "ssl-only": { readonly mode: ControlMode };
  readonly "tls-minimum": {
    readonly mode: ControlMode;
    readonly minimum: "1.2" | "1.3";
  };
  readonly "presigned-url-age": {
    readonly mode: ControlMode;
    /** How long after its signature a presigned URL may work. */
    readonly maxAgeSeconds: number;
  };
  readonly "kms-enforcement": {
    readonly mode: ControlMode;
    /** See the guarantee of the same name in `policy/`. */
    readonly enforce: "header-optional" | "header-required" | "key-pinned";
    /** Whether an upload may name DSSE-KMS, or has to. */
    readonly dsse: "accepted" | "required";
  };
  readonly "default-encryption": {
    readonly mode: ControlMode;
    /** The weakest encryption that will do: SSE-S3, then SSE-KMS, then DSSE-KMS. */
    readonly algorithm: "SSE-S3" | "SSE-KMS" | "DSSE";
    /** Key ARN, or alias ARN in the account of the bucket. Without it any KMS key is accepted. */
    readonly key?: string;
    readonly bucketKey: boolean;
  };
  readonly "client-side-encryption": {
    readonly mode: ControlMode;
    /** Name patterns of the buckets whose clients encrypt before they upload. */
    readonly buckets: readonly string[];
    /** The key of the tag by which somebody attests it, and the values that do. */
    readonly tag: string;
    readonly values: readonly string[];
  };
  readonly "kms-key-health": {
    readonly mode: ControlMode;
    /** Other accounts whose keys are fine. */
    readonly accounts: readonly string[];
    /** Whether the AWS managed key `aws/s3` will do. */
    readonly keys: "any" | "customer-managed";
  };
  readonly "sse-c-blocked": {
    readonly mode: ControlMode;
    /** Name patterns of the buckets whose clients bring their own keys on purpose. */
    readonly allowed: readonly string[];
  };
  readonly "account-public-access": {
    readonly mode: ControlMode;
    /** Whether AWS Organizations is asked for an S3 policy that rules the account's block. */
    readonly organizationPolicy: "read" | "not-read";
  };
  readonly "public-access-block": {
    readonly mode: ControlMode;
    /** Whether what the account blocks counts, or the bucket needs a complete block of its own. */
    readonly level: "effective" | "bucket";
  };
  readonly "public-policy": { readonly mode: ControlMode };
  readonly "access-points": {
    readonly mode: ControlMode;
    /** `vpc` where access points must belong to a VPC. */
    readonly origin: "any" | "vpc";
    /** Account ids that policies of access points may let in. */
    readonly accounts: readonly string[];
  };
  readonly "ownership-acl": { readonly mode: ControlMode };
  readonly cors: { readonly mode: ControlMode };
  readonly website: {
    readonly mode: ControlMode;
    /** Name patterns of the buckets that serve a website on purpose. */
    readonly allowed: readonly string[];
  };
  readonly "access-logging": {
    readonly mode: ControlMode;
    /** Name of the bucket that receives the logs. Without it any sound target is accepted. */
    readonly target?: string;
    readonly prefix: string;
    /** Whether logs that CloudWatch Logs delivers ("vended logs") are as good as those of S3. */
    readonly accept: "either" | "server-access-logs";
    /** Without it any format is accepted, and one that was chosen is kept. */
    readonly keyFormat?: KeyFormat;
    /** How old the newest log file may be; without it its age is only reported. */
    readonly maxLogAgeHours?: number;
  };
  readonly "log-target-health": { readonly mode: ControlMode };
  readonly versioning: { readonly mode: ControlMode };
  readonly "mfa-delete": {
    readonly mode: ControlMode;
    /** Name patterns (`*`, `?`) of the buckets that must have it. */
    readonly buckets: readonly string[];
  };
  readonly "object-lock": {
    readonly mode: ControlMode;
    /** The weakest default retention that a bucket with Object Lock may have. */
    readonly minimum: { readonly mode: "GOVERNANCE" | "COMPLIANCE"; readonly days: number };
    /** Name patterns of the buckets on which it must be enabled. */
    readonly buckets: readonly string[];
  };
  readonly "vault-lock": {
    readonly mode: ControlMode;
    /** Name patterns of the vaults that must be locked. */
    readonly vaults: readonly string[];
    /** How long a lock must keep an archive at least. */
    readonly minimumDays: number;
    /** Account ids that an access policy may let in. */
    readonly accounts: readonly string[];
  };
  readonly "trail-health": {
    readonly mode: ControlMode;
    /** What a trail must have beside recording everything. */
    readonly require: readonly ("log-file-validation" | "kms-encryption")[];
  };
  readonly "object-lambda": {
    readonly mode: ControlMode;
    /** The first entry whose name pattern fits counts; ARNs are patterns too, and free where missing. */
    readonly allowed: readonly {
      readonly name: string;
      readonly function?: string | undefined;
      readonly supportingAccessPoint?: string | undefined;
    }[];
    /** Account ids that policies, functions and access points may belong to. */
    readonly accounts: readonly string[];
  };
  readonly "multi-region-access-points": {
    readonly mode: ControlMode;
    /** Account ids that policies and buckets may belong to. */
    readonly accounts: readonly string[];
  };
}

export type ControlId = keyof Controls;
