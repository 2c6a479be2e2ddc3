import { type Fingerprint, InputError } from "@bucket-warden/core/kernel";
import {
  type Actor,
  parseAccountId,
  parseBucketName,
  parseRegion,
  type ResourceRef,
} from "@bucket-warden/core/model";
import * as z from "zod";

/** A text that one of the model's own parsers takes. */
function parsed<T>(parse: (text: string, place: string) => T) {
  return z.string().transform((text, context): T => {
    try {
      return parse(text, "text");
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      context.addIssue({ code: "custom", message: error.problem });
      return z.NEVER;
    }
  });
}

export const account = parsed(parseAccountId);
export const region = parsed(parseRegion);
export const time = z.iso.datetime({ offset: true });

const bucketRef = z.object({
  kind: z.literal("bucket"),
  name: parsed(parseBucketName),
  account,
  region,
});

export const accountRef = z.object({ kind: z.literal("account"), account, region });
export const onBucket = { on: bucketRef };

export const resourceRef = z.discriminatedUnion("kind", [
  bucketRef,
  accountRef,
  z.object({ kind: z.literal("region"), account, region }),
]) satisfies z.ZodType<ResourceRef>;

/** Made by our own hash and compared with nothing but another such text. */
const fingerprint = z.string().transform((text) => text as Fingerprint);

export const absence = z.object({ state: z.literal("absent") });

export function known<T extends z.ZodType>(value: T) {
  return z.discriminatedUnion("state", [
    z.object({ state: z.literal("present"), value, fingerprint }),
    absence,
  ]);
}

export const actor = z.object({
  arn: z.string(),
  type: z.string(),
  role: z.string().exactOptional(),
  invokedBy: z.string().exactOptional(),
  userAgent: z.string().exactOptional(),
  sourceIp: z.string().exactOptional(),
}) satisfies z.ZodType<Actor>;
