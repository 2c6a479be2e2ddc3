import * as z from "zod";

/** How far people and the Warden may go. */
export interface Limits {
  /** The longest time between the approval of a waiver and its end. */
  readonly waiverDays: number;
  /** The same drift that comes back after so many repairs within so many hours is contested. */
  readonly contested: { readonly times: number; readonly hours: number };
  /** How long an approval of a plan that was shown may be given. */
  readonly approvalHours: number;
  /** How long what was undone is not repaired again. */
  readonly undoHours: number;
  /** How many documents of one account may be written in a day (UTC) without a person asking for it. */
  readonly writesPerDay: number;
  /** Whether access logs are read for those whom a plan would deny, which takes s3:GetObject on them. */
  readonly readAccessLogs: boolean;
  /** A sweep that would write to more buckets, and to more percent of an account's, waits for approval. */
  readonly largeSweep: { readonly buckets: number; readonly percent: number };
  /** Sweeps leave out what no event was about, but for a whole look every so many hours; 0: they leave out nothing. */
  readonly fullLookHours: number;
}

const count = (most: number) => z.int().min(1).max(most);

export const limitsSchema = z.strictObject({
  waiverDays: count(3_650).default(90),
  contested: z
    .strictObject({ times: count(100).default(3), hours: count(720).default(24) })
    .prefault({}),
  approvalHours: count(720).default(72),
  undoHours: count(720).default(24),
  writesPerDay: count(1_000_000).default(500),
  readAccessLogs: z.boolean().default(false),
  largeSweep: z
    .strictObject({ buckets: count(100_000).default(20), percent: count(100).default(20) })
    .prefault({}),
  fullLookHours: z.int().min(0).max(720).default(0),
});
