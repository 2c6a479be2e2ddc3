import * as z from "zod";

/** The id of an organizational unit, or of the root above all of them. */
export const organizationalUnit = z
  .string()
  .regex(/^(r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/, {
    error: "is not the id of an organizational unit or root",
  });
