import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import type { Baseline } from "./baseline.ts";

const mode = z.enum(["remediate", "approve", "alert", "off"]).default("alert");
const placeholders = ["{account}", "{region}", "{bucket}", "{partition}"];

const template = z
  .string()
  .min(1)
  .refine(
    (text) => (text.match(/\{[^}]*\}?/g) ?? []).every((part) => placeholders.includes(part)),
    {
      error: `holds an unknown placeholder; known are ${placeholders.join(", ")}`,
    },
  );

const keyTemplate = template.refine(
  (text) => /^arn:[^:]+:kms:[^:]+:[^:]+:(key|alias)\/.+$/.test(text),
  {
    error: "is not the ARN of a KMS key or alias, e.g. arn:aws:kms:{region}:{account}:alias/s3",
  },
);

const schema = z.strictObject({
  "ssl-only": z.strictObject({ mode }).prefault({}),
  "kms-enforcement": z
    .strictObject({
      mode,
      enforce: z
        .enum(["header-optional", "header-required", "key-pinned"])
        .default("header-optional"),
    })
    .prefault({}),
  "default-encryption": z
    .strictObject({ mode, key: keyTemplate.optional(), bucketKey: z.boolean().default(true) })
    .prefault({}),
  "access-logging": z
    .strictObject({ mode, target: template.optional(), prefix: template.default("{bucket}/") })
    .prefault({}),
  versioning: z.strictObject({ mode }).prefault({}),
  "mfa-delete": z
    .strictObject({ mode, buckets: z.array(z.string().min(1)).default([]) })
    .prefault({}),
  "object-lock": z
    .strictObject({
      mode,
      minimum: z
        .strictObject({
          mode: z.enum(["GOVERNANCE", "COMPLIANCE"]),
          days: z.int().min(1).max(36_500),
        })
        .default({ mode: "GOVERNANCE", days: 1 }),
    })
    .prefault({}),
});

/**
 * Checks a baseline that came from outside. What is left out gets the default, and the default is
 * safe on day one: every control alerts, none writes. Throws InputError naming the first bad place.
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
  return baseline;
}

function requireWhatAWriteNeeds(baseline: Baseline, place: string): void {
  const writes = ["remediate", "approve"];
  const encryption = baseline["default-encryption"];
  if (writes.includes(encryption.mode) && encryption.key === undefined) {
    throw missing(`${place}, default-encryption.key`, encryption.mode, "the ARN of a KMS key");
  }
  const logging = baseline["access-logging"];
  if (writes.includes(logging.mode) && logging.target === undefined) {
    throw missing(`${place}, access-logging.target`, logging.mode, "the name of a log bucket");
  }
  const pinned = baseline["kms-enforcement"].enforce === "key-pinned";
  if (pinned && encryption.key === undefined) {
    throw missing(`${place}, default-encryption.key`, "key-pinned", "the ARN of a KMS key");
  }
}

function missing(place: string, mode: string, what: string): InputError {
  return new InputError({
    place,
    problem: `is missing, and "${mode}" cannot work without it`,
    remedy: `Give ${what}, or choose "alert".`,
  });
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
