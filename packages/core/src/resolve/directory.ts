import type { AccountId, BucketRef } from "../model/ref.ts";

/** Which buckets there are. A port: `aws/` lists them, tests bring their own. */
export interface Directory {
  /** Every general purpose bucket that the account owns, in all regions. Throws when it cannot list. */
  readonly bucketsOf: (account: AccountId) => AsyncIterable<BucketRef>;
}
