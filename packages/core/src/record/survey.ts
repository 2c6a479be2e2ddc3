import type { AccountId, BucketRef } from "../model/ref.ts";

/** One sweep of one account. */
export interface SweepKey {
  readonly account: AccountId;
  readonly sweepId: string;
}

/** What a sweep would write, after all of its buckets, or as many as there will be, were looked at. */
export interface Survey {
  readonly sweep: SweepKey;
  /** The buckets that may be written now, and how many of all would be. */
  readonly writers: readonly BucketRef[];
  readonly writes: number;
  /** How many were looked at, and left out because they are as they were. */
  readonly of: number;
}

/** The buckets of a sweep, once all of them are listed. */
export interface Extent {
  /** So many are looked at. */
  readonly looks: number;
  /** So many are left out; nothing would be written to them. */
  readonly skipped: number;
}

/** One bucket of a sweep was looked at, at `at` (ISO 8601). */
export interface Look {
  readonly sweep: SweepKey;
  readonly on: BucketRef;
  readonly writes: boolean;
  readonly at: string;
}

/** What is known of sweeps that look at every bucket before they write to one. */
export interface Surveys {
  /** Notes a look, and gives what is to be set going: nothing before the last bucket was looked at. */
  readonly note: (look: Look) => Promise<Survey | undefined>;
  /**
   * All of them are listed, and there are so many; gives what is to be set going, where all of them were
   * looked at already.
   */
  readonly expect: (sweep: SweepKey, extent: Extent, at: string) => Promise<Survey | undefined>;
  /** What a survey gave has been set going. */
  readonly close: (survey: Survey, at: string) => Promise<void>;
  /** A new sweep of the account begins; gives what is left of the one before, if that never ended. */
  readonly begin: (sweep: SweepKey, at: string) => Promise<Survey | undefined>;
}
