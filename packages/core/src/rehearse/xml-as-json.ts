import * as z from "zod";

/**
 * How CloudTrail shows XML: a single element as a value, several as a list, none not at all; what looks
 * like a number or a truth value as one; and the name space as a member.
 */

/** Elements that may be there several times. */
export function several<T extends z.ZodType>(element: T) {
  const asList = (value: unknown) => {
    if (value === undefined || value === "") return [];
    return Array.isArray(value) ? value : [value];
  };
  return z.preprocess(asList, z.array(element).readonly());
}

/**
 * Text. A whole number was written with the same digits; of a fraction and of a truth value it is not
 * known how they were spelt, so that they are no text.
 */
export const text = z.union([z.string(), z.int().transform(String)]);

export const flag = z.union([
  z.boolean(),
  z.enum(["true", "false"]).transform((it) => it === "true"),
]);

export const count = z.union([z.int().nonnegative(), z.string().regex(/^\d+$/).transform(Number)]);

/** An element without content. */
export const empty = z.union([z.literal(""), z.strictObject({})]).transform(() => ({}));
