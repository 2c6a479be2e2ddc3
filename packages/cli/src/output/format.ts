import type { AccountId, Look, Region } from "@bucket-warden/core/model";

/** What is known of a scan before it looks at anything. */
export interface ScanHead {
  /** ISO 8601 */
  readonly startedAt: string;
  /** Where the baseline comes from, for people: a file, or what is built in. */
  readonly baseline: string;
  readonly accounts: readonly AccountId[];
  readonly regions: readonly Region[];
}

/** What could not be looked at at all, e.g. an account whose buckets cannot be listed. */
export interface Unlooked {
  readonly account: AccountId;
  readonly region?: Region;
  readonly why: string;
}

/** How a scan ended. */
export interface ScanEnd {
  /** ISO 8601 */
  readonly endedAt: string;
  readonly unlooked: readonly Unlooked[];
  /** It was stopped before it had looked at everything. */
  readonly interrupted?: true;
}

/**
 * How a scan is printed: pieces of text in order, so that nothing has to be kept. `head` once, `look`
 * for each resource, `end` once; a format is made for one scan.
 */
export interface Format {
  readonly head: (head: ScanHead) => string;
  readonly look: (look: Look) => string;
  readonly end: (end: ScanEnd) => string;
}

/** What a format may know of the place that it is printed to. */
export interface FormatOptions {
  readonly color: boolean;
  /** Columns of the terminal; lines are broken there, and nowhere when it is left out. */
  readonly width?: number;
}
