import type * as z from "zod";

/** The `requestParameters` of a record; undefined where they were left out. */
export type Parameters = Readonly<Record<string, unknown>> | undefined;

/**
 * What the parameters of a call set a document to; undefined where they do not tell. S3 took the call, so
 * that nothing is checked but whether it can be understood. The members that S3 has more come along only
 * as far as they are known here: nothing is written back from it.
 */
export type Understand<T> = (parameters: Parameters) => T | undefined;

export function understand<S extends z.ZodType, T>(schema: S, value: (body: z.infer<S>) => T) {
  return (parameters: Parameters): T | undefined => {
    const body = schema.safeParse(parameters ?? {});
    return body.success ? value(body.data) : undefined;
  };
}
