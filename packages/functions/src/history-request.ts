import { InputError, tryParse } from "@bucket-warden/core/kernel";
import * as z from "zod";

const schema = z.strictObject({
  bucket: z.string(),
  account: z.string().optional(),
  most: z.int().min(1).max(100).default(20),
});

/** Reads a request for history. Throws InputError naming the bad field and what to give instead. */
export function parseHistoryRequest(input: unknown): z.infer<typeof schema> {
  const parsed = tryParse(schema, input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new InputError({
    place: ["request", ...(issue?.path ?? [])].join("."),
    problem: issue?.message ?? "it is not an object",
    remedy: 'Send {"bucket", "account"?, "most"? (1 to 100)}.',
    cause: parsed.error,
  });
}
