import type { Plan } from "@bucket-warden/core/model";
import * as z from "zod";

/** Members of S3 that we may not know. */
const members = z.record(z.string(), z.unknown());

const period = z.object({ unit: z.enum(["days", "years"]), count: z.int().positive() });

const publicAccessBlock = z.object({
  blockPublicAcls: z.boolean(),
  ignorePublicAcls: z.boolean(),
  blockPublicPolicy: z.boolean(),
  restrictPublicBuckets: z.boolean(),
  configuration: members,
});

/** Every document that a plan can hold, as it is printed. */
export const documents = {
  policy: z.object({ text: z.string() }),
  encryption: z.object({
    algorithm: z.string(),
    keyId: z.string().exactOptional(),
    bucketKeyEnabled: z.boolean(),
    blockedEncryptionTypes: z.array(z.string()).exactOptional(),
    rule: members,
  }),
  logging: z.object({ targetBucket: z.string(), targetPrefix: z.string(), enabled: members }),
  versioning: z.object({
    status: z.enum(["enabled", "suspended", "never-enabled"]),
    mfaDelete: z.enum(["enabled", "disabled", "never-configured"]),
  }),
  objectLock: z.object({
    defaultRetention: z
      .object({ mode: z.enum(["GOVERNANCE", "COMPLIANCE"]), period })
      .exactOptional(),
    defaultEventHold: period.exactOptional(),
    configuration: members,
  }),
  publicAccessBlock,
  cors: z.object({
    rules: z.array(
      z.object({
        origins: z.array(z.string()),
        methods: z.array(z.string()),
        exposedHeaders: z.array(z.string()),
        rule: members,
      }),
    ),
  }),
  ownership: z.object({ setting: z.string(), rule: members }),
  accountPublicAccess: publicAccessBlock,
} as const satisfies Readonly<Record<Plan["steps"][number]["document"], z.ZodType>>;
