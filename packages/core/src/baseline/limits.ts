import * as z from "zod";

/** How far people and the Warden may go. */
export interface Limits {
  /** The longest time between the approval of a waiver and its end. */
  readonly waiverDays: number;
}

export const limitsSchema = z.strictObject({
  waiverDays: z.int().min(1).max(3_650).default(90),
});
