import type { BucketRef } from "../model/ref.ts";
import type { ConfigChange } from "../model/trigger.ts";

/** The calls that changed a bucket, newest first; the last item says why there are no more. */
export type PastChange =
  | { readonly kind: "change"; readonly change: ConfigChange }
  | { readonly kind: "end"; readonly why: string };

/** What CloudTrail remembers. A port: it never throws, and it gives up rather than take long. */
export interface History {
  /** The successful calls on `bucket` that were over before `before` (ISO 8601). */
  readonly changesOf: (bucket: BucketRef, before: string) => AsyncIterable<PastChange>;
}
