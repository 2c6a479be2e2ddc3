import type { AccountId, BucketName, BucketRef, Region, ResourceRef } from "../model/ref.ts";

/** Some of the buckets of an account, and what the next ones are asked for with, where there are more. */
export interface BucketPage {
  readonly buckets: readonly BucketRef[];
  readonly next?: string;
}

/** What there is in an account. A port: `aws/` lists them, tests bring their own. */
export interface Directory {
  /** The Regions in which the account is looked after; calls about all of it are made in the first. */
  readonly regionsOf: (account: AccountId) => readonly [Region, ...Region[]];
  /** Every general purpose bucket that the account owns, in all regions. Throws when it cannot list. */
  readonly bucketsOf: (account: AccountId) => AsyncIterable<BucketRef>;
  /** So many of them, after the page that gave this token. Throws when it cannot list. */
  readonly pageOf: (account: AccountId, token?: string) => Promise<BucketPage>;
  /** The bucket of this name with the Region that it is in; undefined when the account has none. */
  readonly bucketNamed: (name: BucketName, account: AccountId) => Promise<BucketRef | undefined>;
  /** The buckets of the account and Region of the target whose access logs go there, or may. */
  readonly sourcesOf: (target: BucketRef) => AsyncIterable<BucketRef>;
  /**
   * The buckets of an account and Region whose default encryption uses one of these keys, or may;
   * `keys` are ARNs of keys and aliases. Throws when it cannot list, as the one before.
   */
  readonly bucketsUsingKey: (
    keys: readonly string[],
    at: Pick<ResourceRef, "account" | "region">,
  ) => AsyncIterable<BucketRef>;
  /**
   * The bucket of the same account behind an access point; undefined when there is no such access
   * point (any more), or its bucket is another account's. Throws when that cannot be told.
   */
  readonly bucketBehind: (
    accessPoint: string,
    at: Pick<ResourceRef, "account" | "region">,
  ) => Promise<BucketRef | undefined>;
  /**
   * The buckets whose access logs this source of CloudWatch Logs gives; none when there is no such
   * source (any more). Throws when that cannot be told.
   */
  readonly bucketsDelivering: (
    source: string,
    at: Pick<ResourceRef, "account" | "region">,
  ) => AsyncIterable<BucketRef>;
  /** The buckets of an account and Region that S3 itself does not log, or may not. */
  readonly bucketsNotLogged: (
    at: Pick<ResourceRef, "account" | "region">,
  ) => AsyncIterable<BucketRef>;
}
