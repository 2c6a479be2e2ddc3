import type { AccountId, BucketRef, Region, ResourceRef } from "../model/ref.ts";

/** What there is in an account. A port: `aws/` lists them, tests bring their own. */
export interface Directory {
  /** The Regions in which the account is looked after; calls about all of it are made in the first. */
  readonly regionsOf: (account: AccountId) => readonly [Region, ...Region[]];
  /** Every general purpose bucket that the account owns, in all regions. Throws when it cannot list. */
  readonly bucketsOf: (account: AccountId) => AsyncIterable<BucketRef>;
  /**
   * The bucket of the same account behind an access point; undefined when there is no such access
   * point (any more), or its bucket is another account's. Throws when that cannot be told.
   */
  readonly bucketBehind: (
    accessPoint: string,
    at: Pick<ResourceRef, "account" | "region">,
  ) => Promise<BucketRef | undefined>;
}
