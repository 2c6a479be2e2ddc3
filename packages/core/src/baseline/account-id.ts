import * as z from "zod";

/** An account id as somebody writes it; YAML takes one without quotes for a number. */
export const accountId = z
  .string('is a number; write account ids in quotes, e.g. "111122223333"')
  .regex(/^\d{12}$/, { error: "is not an account id of twelve digits" });
