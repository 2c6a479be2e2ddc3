import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import type { ControlMode } from "../model/finding.ts";
import { type BucketRef, parseAccountId, parseBucketName, parseRegion } from "../model/ref.ts";
import type { Baseline } from "./baseline.ts";
import { fillIn, placeholders, unknownPlaceholders } from "./template.ts";

const modes = z.enum(["remediate", "approve", "alert", "off"]);
const mode = modes.default("alert");
/** For what not every account wants to hear of. */
const optionalMode = modes.default("off");

const namePatterns = z.array(z.string().min(1)).default([]);

const accountIds = z
  .array(z.string().regex(/^\d{12}$/, { error: "is not an account id of twelve digits" }))
  .default([]);

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

/** A week, which no presigned URL survives anyway. */
const longestAgeSeconds = 604_800;

/** What a baseline may say, with the default of what it leaves out. */
export const schema = z.strictObject({
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
  "sse-c-blocked": z.strictObject({ mode, allowed: namePatterns }).prefault({}),
  "public-access-block": z.strictObject({ mode }).prefault({}),
  "public-policy": z.strictObject({ mode }).prefault({}),
  "ownership-acl": z.strictObject({ mode }).prefault({}),
  cors: z.strictObject({ mode }).prefault({}),
  website: z.strictObject({ mode, allowed: namePatterns }).prefault({}),
  "access-logging": z
    .strictObject({
      mode,
      target: targetTemplate.optional(),
      prefix: template.default("{bucket}/"),
      accept: z.enum(["either", "server-access-logs"]).default("either"),
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
});

/**
 * Checks a baseline that came from outside. What is left out gets the default, and the default is
 * safe on day one: every control alerts or is off, none writes. Throws InputError naming the first bad place.
 */
export function parseBaseline(input: unknown, place: string): Baseline {
  const result = schema.safeParse(input);
  if (!result.success) throw describe(result.error, place);
  const { key, ...encryption } = result.data["default-encryption"];
  const { target, ...logging } = result.data["access-logging"];
  const baseline: Baseline = {
    ...result.data,
    "default-encryption": key === undefined ? encryption : { ...encryption, key },
    "access-logging": target === undefined ? logging : { ...logging, target },
  };
  requireWhatAWriteNeeds(baseline, place);
  refuseContradictions(baseline, place);
  return baseline;
}

function requireWhatAWriteNeeds(baseline: Baseline, place: string): void {
  const encryption = baseline["default-encryption"];
  const keyPlace = `${place}, default-encryption.key`;
  const usesKey = encryption.algorithm !== "SSE-S3";
  if (isWriting(encryption.mode) && usesKey && encryption.key === undefined) {
    throw missing(keyPlace, encryption.mode, 'Give the ARN of a KMS key, or choose "alert".');
  }
  const logging = baseline["access-logging"];
  if (isWriting(logging.mode) && logging.target === undefined) {
    const remedy = 'Give the name of a log bucket, or choose "alert".';
    throw missing(`${place}, access-logging.target`, logging.mode, remedy);
  }
  const { enforce, mode } = baseline["kms-enforcement"];
  if (enforce === "key-pinned" && mode !== "off" && encryption.key === undefined) {
    const remedy = 'Give the ARN of a KMS key, or choose another "enforce".';
    throw missing(keyPlace, enforce, remedy);
  }
}

/** What nobody could mean: uploads that have to be encrypted otherwise than the bucket encrypts. */
function refuseContradictions(baseline: Baseline, place: string): void {
  const { algorithm } = baseline["default-encryption"];
  const { mode, enforce, dsse } = baseline["kms-enforcement"];
  if (isWriting(mode) && algorithm === "SSE-S3") {
    throw new InputError({
      place: `${place}, kms-enforcement.mode`,
      problem: `is "${mode}", but default-encryption.algorithm is "SSE-S3", which such a policy would deny`,
      remedy: 'Choose "off", or another default-encryption.algorithm.',
    });
  }
  if (mode === "off" || dsse === "accepted") return;
  if (algorithm !== "DSSE" && enforce !== "header-required") {
    throw new InputError({
      place: `${place}, kms-enforcement.dsse`,
      problem: `is "required", but uploads without a header get the "${algorithm}" of default-encryption.algorithm`,
      remedy: 'Choose "DSSE" there, or "header-required" as kms-enforcement.enforce.',
    });
  }
}

function isWriting(mode: ControlMode): boolean {
  return mode === "remediate" || mode === "approve";
}

function missing(place: string, setting: string, remedy: string): InputError {
  const problem = `is missing, and "${setting}" cannot work without it`;
  return new InputError({ place, problem, remedy });
}

function describe(error: z.ZodError, place: string): InputError {
  const issue = error.issues[0];
  const path = issue === undefined ? "" : issue.path.join(".");
  return new InputError({
    place: path === "" ? place : `${place}, ${path}`,
    problem: issue?.message ?? "is not a baseline",
    remedy: "Correct it; docs/baseline.md lists every setting with its default.",
    cause: error,
  });
}
