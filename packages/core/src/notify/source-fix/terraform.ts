import { assertNever } from "../../kernel/never.ts";
import type { WriteStep } from "../../model/plan.ts";
import { statusOf } from "./cloudformation.ts";
import { addedStatements, jsonLines } from "./statements.ts";

/** The `aws_s3_bucket_*` resources of the provider hashicorp/aws. */
export function inTerraform(step: WriteStep): readonly string[] {
  if (step.document === "policy") {
    const statements = jsonLines(addedStatements(step)).map(withoutTemplates);
    const where = `of the aws_s3_bucket_policy of ${step.on.name}`;
    return [`# add to Statement in the jsonencode() ${where}:`, ...statements];
  }
  if (step.document === "cors" && step.after.rules.length === 0) {
    return [`# remove the aws_s3_bucket_cors_configuration of ${step.on.name}`];
  }
  if (step.document === "accountPublicAccess") {
    const opening = `resource "aws_s3_account_public_access_block" "this" {`;
    return [opening, `  account_id = "${step.on.account}"`, ...indented(accessFlags(step)), "}"];
  }
  const { type, body } = resourceOf(step);
  return [
    `resource "${type}" "${labelOf(step.on.name)}" {`,
    `  bucket = ${hcl(step.on.name)}`,
    ...indented(body),
    "}",
  ];
}

/**
 * Values of HCL may be written as JSON, but in its texts two signs begin a template, and what is kept of
 * somebody's document shall not be run on the machine of whoever copies this.
 * https://developer.hashicorp.com/terraform/language/expressions/strings
 */
function hcl(value: unknown): string {
  return withoutTemplates(JSON.stringify(value));
}

function withoutTemplates(json: string): string {
  return json.replaceAll("${", () => "$${").replaceAll("%{", "%%{");
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}

function accessFlags({
  after,
}: Extract<WriteStep, { document: "publicAccessBlock" | "accountPublicAccess" }>) {
  return [
    `block_public_acls       = ${after.blockPublicAcls}`,
    `ignore_public_acls      = ${after.ignorePublicAcls}`,
    `block_public_policy     = ${after.blockPublicPolicy}`,
    `restrict_public_buckets = ${after.restrictPublicBuckets}`,
  ];
}

/** Bucket names may hold dots and begin with a digit, labels of HCL may not. */
function labelOf(bucket: string): string {
  const label = bucket.replaceAll(".", "_");
  return /^\d/.test(label) ? `_${label}` : label;
}

interface Resource {
  readonly type: string;
  readonly body: readonly string[];
}

function resourceOf(
  step: Exclude<WriteStep, { document: "policy" | "accountPublicAccess" }>,
): Resource {
  switch (step.document) {
    case "encryption":
      return {
        type: "aws_s3_bucket_server_side_encryption_configuration",
        body: block("rule", encryptionRule(step)),
      };
    case "logging":
      return {
        type: "aws_s3_bucket_logging",
        body: [
          `target_bucket = ${hcl(step.after.targetBucket)}`,
          `target_prefix = ${hcl(step.after.targetPrefix)}`,
        ],
      };
    case "versioning":
      return {
        type: "aws_s3_bucket_versioning",
        body: block("versioning_configuration", [`status = "${statusOf(step)}"`]),
      };
    case "publicAccessBlock":
      return { type: "aws_s3_bucket_public_access_block", body: accessFlags(step) };
    case "ownership":
      return {
        type: "aws_s3_bucket_ownership_controls",
        body: block("rule", [`object_ownership = ${hcl(step.after.setting)}`]),
      };
    case "cors":
      return { type: "aws_s3_bucket_cors_configuration", body: step.after.rules.flatMap(corsRule) };
    case "objectLock":
      return { type: "aws_s3_bucket_object_lock_configuration", body: lockRule(step) };
    default:
      return assertNever(step);
  }
}

function block(name: string, lines: readonly string[]): readonly string[] {
  return [`${name} {`, ...indented(lines), "}"];
}

function encryptionRule({ after }: Extract<WriteStep, { document: "encryption" }>) {
  const { algorithm, keyId, bucketKeyEnabled } = after;
  return [
    `bucket_key_enabled = ${bucketKeyEnabled}`,
    ...block("apply_server_side_encryption_by_default", [
      `sse_algorithm     = ${hcl(algorithm)}`,
      ...(keyId === undefined ? [] : [`kms_master_key_id = ${hcl(keyId)}`]),
    ]),
  ];
}

type Rules = Extract<WriteStep, { document: "cors" }>["after"]["rules"];

function corsRule({ origins, methods, exposedHeaders }: Rules[number]): readonly string[] {
  return block("cors_rule", [
    `allowed_origins = ${hcl(origins)}`,
    `allowed_methods = ${hcl(methods)}`,
    ...(exposedHeaders.length === 0 ? [] : [`expose_headers  = ${hcl(exposedHeaders)}`]),
  ]);
}

function lockRule({ after }: Extract<WriteStep, { document: "objectLock" }>): readonly string[] {
  const { defaultRetention } = after;
  if (defaultRetention === undefined) return [];
  const { mode, period } = defaultRetention;
  const length = `${period.unit} = ${period.count}`;
  return block("rule", block("default_retention", [`mode = "${mode}"`, length]));
}
