import type { Reading } from "./reading.ts";
import type { Region } from "./ref.ts";

/** The trails that record what happens in one Region of an account, those of its organization too. */
export type Trails = readonly Trail[];

export interface Trail {
  readonly name: string;
  readonly arn: string;
  /** Where it can be changed; in the other Regions only its shadow shows. */
  readonly homeRegion: Region;
  readonly isMultiRegion: boolean;
  /** It belongs to the management account; a member sees it and can change nothing. */
  readonly isOrganization: boolean;
  /** Whether it records IAM, STS and the other services that have no Region. */
  readonly recordsGlobalServices: boolean;
  readonly validatesLogFiles: boolean;
  readonly isEncrypted: boolean;
  /** A member may be denied either of these for a trail of its organization. */
  readonly status: Reading<TrailStatus>;
  readonly selectors: Reading<readonly Selector[]>;
}

export interface TrailStatus {
  readonly isLogging: boolean;
  /** As S3 named what keeps the log files from being delivered. */
  readonly deliveryError?: string;
}

/** One selector, basic or advanced, in the same words. What several take is recorded together. */
export interface Selector {
  /** Whether it takes management events at all. */
  readonly management: boolean;
  readonly access: "all" | "reads" | "writes";
  /** Event sources that it leaves out. */
  readonly excludes: readonly string[];
  /** Fields by which it takes only some of the rest, e.g. `eventName`. */
  readonly narrowedBy: readonly string[];
}
