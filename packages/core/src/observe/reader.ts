import type { BucketFacets, Facet } from "../model/facets.ts";
import type { Reading } from "../model/reading.ts";
import type { BucketName, BucketRef } from "../model/ref.ts";

/** What a reader may need to know beside the bucket itself. */
export interface ReadContext {
  /** The KMS key or alias that the baseline names. */
  readonly key?: string;
  readonly logTarget?: BucketName;
}

/**
 * Reads one facet. A port: never throws for anything that AWS or the network does; what could not
 * be learnt is `unknown`, and `absent` only what AWS says is not there.
 */
export interface Reader {
  readonly read: <F extends Facet>(
    facet: F,
    on: BucketRef,
    context: ReadContext,
  ) => Promise<Reading<BucketFacets[F]>>;
}
