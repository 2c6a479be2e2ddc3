import * as z from "zod";

/**
 * What a schema finds of an input, and never a throw: zod asks whatever has a `length` for it before it
 * knows that it is a text or a list, and JSON can hold one that cannot be compared with a number.
 */
export function tryParse<T>(schema: z.ZodType<T>, input: unknown): z.ZodSafeParseResult<T> {
  try {
    return schema.safeParse(input);
  } catch {
    const message = "it holds something that is of no type that is known here";
    const error = new z.ZodError([{ code: "custom", path: [], message, input }]) as z.ZodError<T>; // the T is that of the schema
    return { success: false, error };
  }
}
