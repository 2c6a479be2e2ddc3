import * as z from "zod";

/** A variable with words between commas; none when it is left out. */
export const commaList = z
  .string()
  .default("")
  .transform((text) => text.split(",").map((word) => word.trim()))
  .transform((words) => words.filter((word) => word !== ""));
