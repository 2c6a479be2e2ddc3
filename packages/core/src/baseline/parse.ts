import * as z from "zod";
import type { ControlMode } from "../model/finding.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import { accountId } from "./account-id.ts";
import type { Controls, Overrides } from "./baseline.ts";
import type { Problem } from "./problem.ts";
import { fillIn, placeholders, unknownPlaceholders } from "./template.ts";

const modes = z.enum(["remediate", "approve", "alert", "off"]);
const mode = modes.default("alert");
/** For what not every account wants to hear of. */
const optionalMode = modes.default("off");

const namePatterns = z.array(z.string().min(1)).default([]);

const accountIds = z.array(accountId).default([]);

const template = z.string().refine((text) => unknownPlaceholders(text).length === 0, {
  error: `holds an unknown placeholder; known are ${placeholders.join(", ")}`,
});

/** Templates are tried on a bucket in a region with a long name, so that mistakes show here. */
const sample: BucketRef = {
  kind: "bucket",
  name: parseBucketName("some-bucket", "sample"),
  account: parseAccountId("111122223333", "sample"),
  region: parseRegion("ap-southeast-1", "sample"),
};

function filled(form: RegExp): (text: string) => boolean {
  return (text) => form.test(fillIn(text, sample));
}

const keyTemplate = template.refine(
  filled(/^arn:aws[a-z-]*:kms:[a-z]{2,4}(-[a-z]+)+-\d{1,2}:\d{12}:(key|alias)\/[\w/-]+$/),
  { error: "is not the ARN of a KMS key or alias, e.g. arn:aws:kms:{region}:{account}:alias/s3" },
);

const targetTemplate = template
  .refine(filled(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), {
    error: "is not the name of a bucket, e.g. logs-{account}-{region}",
  })
  .refine((text) => !text.includes("{bucket}"), {
    error: "holds {bucket}, but a log bucket is one for many and must not need one of its own",
  });

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/tagging.html */
const tagCharacters = /^[\p{L}\p{N} _.:/=+\-@]*$/u;
const tagValue = z.string().max(256).regex(tagCharacters, {
  error: "holds a character that S3 takes in no tag",
});
const tagKey = z
  .string()
  .min(1)
  .max(128)
  .regex(tagCharacters, { error: "holds a character that S3 takes in no tag" })
  .refine((key) => !/^aws:/i.test(key), { error: "begins with aws:, which only AWS may set" });

/** A week: further back nobody looks for log files. */
const mostLogAgeHours = 168;

/** A week, which no presigned URL survives anyway. */
const longestAgeSeconds = 604_800;

/** What can be said of each control, with its default. */
export const controlsSchema = z.strictObject({
  "ssl-only": z.strictObject({ mode }).prefault({}),
  "tls-minimum": z
    .strictObject({ mode: optionalMode, minimum: z.enum(["1.2", "1.3"]).default("1.2") })
    .prefault({}),
  "presigned-url-age": z
    .strictObject({
      mode: optionalMode,
      maxAgeSeconds: z.int().min(1).max(longestAgeSeconds).default(86_400),
    })
    .prefault({}),
  "kms-enforcement": z
    .strictObject({
      mode,
      enforce: z
        .enum(["header-optional", "header-required", "key-pinned"])
        .default("header-optional"),
      dsse: z.enum(["accepted", "required"]).default("accepted"),
    })
    .prefault({}),
  "default-encryption": z
    .strictObject({
      mode,
      algorithm: z.enum(["SSE-S3", "SSE-KMS", "DSSE"]).default("SSE-KMS"),
      key: keyTemplate.optional(),
      bucketKey: z.boolean().default(true),
    })
    .prefault({}),
  "client-side-encryption": z
    .strictObject({
      mode,
      buckets: namePatterns,
      tag: tagKey.default("client-side-encryption"),
      values: z.array(tagValue).min(1).default(["required"]),
    })
    .prefault({}),
  "kms-key-health": z
    .strictObject({
      mode,
      accounts: accountIds,
      keys: z.enum(["any", "customer-managed"]).default("any"),
    })
    .prefault({}),
  "sse-c-blocked": z.strictObject({ mode, allowed: namePatterns }).prefault({}),
  "account-public-access": z
    .strictObject({ mode, organizationPolicy: z.enum(["read", "not-read"]).default("not-read") })
    .prefault({}),
  "public-access-block": z
    .strictObject({ mode, level: z.enum(["effective", "bucket"]).default("effective") })
    .prefault({}),
  "public-policy": z.strictObject({ mode }).prefault({}),
  "access-points": z
    .strictObject({ mode, origin: z.enum(["any", "vpc"]).default("any"), accounts: accountIds })
    .prefault({}),
  "ownership-acl": z.strictObject({ mode }).prefault({}),
  cors: z.strictObject({ mode }).prefault({}),
  website: z.strictObject({ mode, allowed: namePatterns }).prefault({}),
  "access-logging": z
    .strictObject({
      mode,
      target: targetTemplate.optional(),
      prefix: template.default("{bucket}/"),
      accept: z.enum(["either", "server-access-logs"]).default("either"),
      keyFormat: z
        .enum(["simple", "partitioned-by-event-time", "partitioned-by-delivery-time"])
        .optional(),
      maxLogAgeHours: z.int().min(1).max(mostLogAgeHours).optional(),
    })
    .prefault({}),
  "log-target-health": z.strictObject({ mode }).prefault({}),
  versioning: z.strictObject({ mode }).prefault({}),
  "mfa-delete": z.strictObject({ mode, buckets: namePatterns }).prefault({}),
  "object-lock": z
    .strictObject({
      mode,
      minimum: z
        .strictObject({
          mode: z.enum(["GOVERNANCE", "COMPLIANCE"]),
          days: z.int().min(1).max(36_500),
        })
        .default({ mode: "GOVERNANCE", days: 1 }),
      buckets: namePatterns,
    })
    .prefault({}),
  "vault-lock": z
    .strictObject({
      mode,
      vaults: namePatterns,
      minimumDays: z.int().min(1).max(36_500).default(1),
      accounts: accountIds,
    })
    .prefault({}),
  "trail-health": z
    .strictObject({
      mode,
      require: z.array(z.enum(["log-file-validation", "kms-encryption"])).default([]),
    })
    .prefault({}),
  "object-lambda": z
    .strictObject({
      mode,
      allowed: z
        .array(
          z.strictObject({
            name: z.string().min(1),
            function: z.string().min(1).optional(),
            supportingAccessPoint: z.string().min(1).optional(),
          }),
        )
        .default([]),
      accounts: accountIds,
    })
    .prefault({}),
  "multi-region-access-points": z.strictObject({ mode, accounts: accountIds }).prefault({}),
});

/** Fills defaults in. `overrides` were checked before, so this does not fail. */
export function completed(overrides: Overrides): Controls {
  const parsed = controlsSchema.parse(overrides);
  const { key, ...encryption } = parsed["default-encryption"];
  const { target, keyFormat, maxLogAgeHours, ...logging } = parsed["access-logging"];
  return {
    ...parsed,
    "default-encryption": key === undefined ? encryption : { ...encryption, key },
    "access-logging": {
      ...logging,
      ...(target === undefined ? {} : { target }),
      ...(keyFormat === undefined ? {} : { keyFormat }),
      ...(maxLogAgeHours === undefined ? {} : { maxLogAgeHours }),
    },
  };
}

/** What one setting needs of another, and what nobody could mean. */
export function problemsOfControls(controls: Controls): readonly Problem[] {
  return [...missingSettings(controls), ...contradictions(controls)];
}

function missingSettings(controls: Controls): readonly Problem[] {
  const encryption = controls["default-encryption"];
  const logging = controls["access-logging"];
  const { enforce, mode } = controls["kms-enforcement"];
  const usesKey = encryption.algorithm !== "SSE-S3";
  const problems: Problem[] = [];
  if (isWriting(encryption.mode) && usesKey && encryption.key === undefined) {
    const remedy = 'Give the ARN of a KMS key, or choose "alert".';
    problems.push(missing(["default-encryption", "key"], encryption.mode, remedy));
  }
  if (isWriting(logging.mode) && logging.target === undefined) {
    const remedy = 'Give the name of a log bucket, or choose "alert".';
    problems.push(missing(["access-logging", "target"], logging.mode, remedy));
  }
  if (enforce === "key-pinned" && mode !== "off" && encryption.key === undefined) {
    const remedy = 'Give the ARN of a KMS key, or choose another "enforce".';
    problems.push(missing(["default-encryption", "key"], enforce, remedy));
  }
  return problems;
}

/** Uploads that have to be encrypted otherwise than the bucket encrypts. */
function contradictions(controls: Controls): readonly Problem[] {
  const { algorithm } = controls["default-encryption"];
  const { mode, enforce, dsse } = controls["kms-enforcement"];
  const problems: Problem[] = [];
  if (isWriting(mode) && algorithm === "SSE-S3") {
    problems.push({
      path: ["kms-enforcement", "mode"],
      problem: `is "${mode}", but default-encryption.algorithm is "SSE-S3", which such a policy would deny`,
      remedy: 'Choose "off", or another default-encryption.algorithm.',
    });
  }
  const needsDsse = mode !== "off" && dsse === "required";
  if (needsDsse && algorithm !== "DSSE" && enforce !== "header-required") {
    problems.push({
      path: ["kms-enforcement", "dsse"],
      problem: `is "required", but uploads without a header get the "${algorithm}" of default-encryption.algorithm`,
      remedy: 'Choose "DSSE" there, or "header-required" as kms-enforcement.enforce.',
    });
  }
  return problems;
}

function isWriting(mode: ControlMode): boolean {
  return mode === "remediate" || mode === "approve";
}

function missing(path: Problem["path"], setting: string, remedy: string): Problem {
  return { path, problem: `is missing, and "${setting}" cannot work without it`, remedy };
}
