import type { Facet } from "../model/facets.ts";
import type { AccountId, BucketName, BucketRef, RegionRef } from "../model/ref.ts";

/** A whole look at a bucket that found everything readable and left nothing to do. */
export interface SettledLook {
  /** ISO 8601, as all times here. */
  readonly startedAt: string;
  /** Equal as long as the same release judges by the same baseline, in the same place. */
  readonly print: string;
  /** Until when time alone changes nothing of what was found. */
  readonly until?: string;
  /** What can be another without any event: it is read again even so. */
  readonly unheard: readonly Facet[];
}

/** What is remembered of a bucket: its last settled look, and when something may have changed last. */
export interface Memory {
  readonly look?: SettledLook & Pick<BucketRef, "region">;
  readonly changedAt?: string;
}

/** What sweeps know of buckets from before, so that they need not look at what is as it was. */
export interface Looks {
  readonly settled: (on: BucketRef, look: SettledLook) => Promise<void>;
  /** Something may have changed the bucket; a look from before counts no more. */
  readonly changed: (on: BucketRef, at: string) => Promise<void>;
  /** No trail recorded calls in the Region, so that changes there came with no event until now. */
  readonly missed: (at: RegionRef, time: string) => Promise<void>;
  /** By Region, until when changes came with no event. */
  readonly missedIn: (account: AccountId) => Promise<ReadonlyMap<string, string>>;
  /** What is remembered of each; buckets of which nothing is are left out. */
  readonly of: (
    account: AccountId,
    names: readonly BucketName[],
  ) => Promise<ReadonlyMap<string, Memory>>;
}
