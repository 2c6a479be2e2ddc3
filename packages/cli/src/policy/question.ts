import { InputError, parseJson, whyNoJson } from "@bucket-warden/core/kernel";
import { type Guarantee, guarantee } from "@bucket-warden/core/policy";
import * as z from "zod";

/** One question about one policy: does it give this guarantee on this bucket? */
export interface Question {
  readonly id: string;
  readonly guarantee: Guarantee;
  /** The document as text; undefined when the bucket has no policy. */
  readonly text: string | undefined;
  /** Whether the policy came as an object, so that an answer can give one back. */
  readonly asObject: boolean;
}

const schema = z.object({
  id: z.union([z.string(), z.number()]).transform(String).default(""),
  bucket: z.string().min(3),
  partition: z.string().default("aws"),
  guarantee: z.string(),
  policy: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish(),
  params: z.record(z.string(), z.unknown()).default({}),
});

/** Reads one line of JSON. Throws InputError; its place names the member. */
export function parseQuestion(line: string): Question {
  const { id, bucket, partition, policy, params, ...rest } = read(line);
  const text = typeof policy === "string" ? policy : JSON.stringify(policy ?? undefined);
  return {
    id,
    guarantee: guarantee(rest.guarantee, params, { bucket, partition }),
    text,
    asObject: typeof policy === "object",
  };
}

/** The id of a line that is otherwise unusable, as far as there is one. */
export function idOf(line: string): string {
  try {
    const { id } = z.object({ id: z.union([z.string(), z.number()]) }).parse(parseJson(line));
    return String(id);
  } catch {
    return "";
  }
}

function read(line: string): z.infer<typeof schema> {
  try {
    return schema.parse(parseJson(line));
  } catch (cause) {
    const issue = cause instanceof z.ZodError ? cause.issues[0] : undefined;
    throw new InputError({
      place: issue === undefined ? "line" : `line.${issue.path.join(".")}`,
      problem: issue?.message ?? whyNoJson(cause, "it is not JSON"),
      remedy: 'Give {"id", "bucket", "guarantee", "policy", "params"?} on one line.',
      cause,
    });
  }
}
