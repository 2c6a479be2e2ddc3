import type { Facet, Facets } from "../model/facets.ts";
import type { Reading } from "../model/reading.ts";
import type { BucketName, ResourceRef } from "../model/ref.ts";

/** What a reader may need to know beside the resource itself. */
export interface ReadContext {
  /** The KMS key or alias that the baseline names. */
  readonly key?: string;
  readonly logTarget?: BucketName;
  /** Milliseconds since 1970; what was in a time that has passed cannot be asked for without it. */
  readonly now?: number;
  /** Now, in milliseconds since 1970, where somebody wants to know when the last log file came. */
  readonly logsAsOf?: number;
  /** The answers of this look, so that facets that rest on one call ask once. */
  readonly answers?: Map<unknown, Map<string, Promise<unknown>>>;
  /** What other looks asked that is the same for this one. */
  readonly shared?: SharedAnswers;
}

/** Answers that are the same for many resources, kept for a while: a look at all of them asks once. */
export interface SharedAnswers {
  /** What somebody was answered lately, or else what `ask` is; the question says all it depends on. */
  readonly of: <T>(question: string, ask: () => Promise<T>) => Promise<T>;
}

/**
 * Reads one facet. A port: never throws for anything that AWS or the network does; what could not
 * be learnt is `unknown`, and `absent` only what AWS says is not there. Facets of an account or
 * Region can be read of every resource in it.
 */
export interface Reader {
  readonly read: <F extends Facet>(
    facet: F,
    on: ResourceRef,
    context: ReadContext,
  ) => Promise<Reading<Facets[F]>>;
}
