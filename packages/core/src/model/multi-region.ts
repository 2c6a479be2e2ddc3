import type { PolicyText, PublicAccessBlock } from "./documents.ts";
import type { Known } from "./reading.ts";

/** A Multi-Region Access Point: one name for buckets in several Regions. */
export interface MultiRegionAccessPoint {
  readonly name: string;
  /** `READY`, `CREATING`, `PARTIALLY_CREATED`, `INCONSISTENT_ACROSS_REGIONS` … */
  readonly status: string;
  readonly publicAccessBlock: Known<PublicAccessBlock>;
  readonly buckets: readonly RoutedBucket[];
  /** The policy that counts in every Region. */
  readonly established: Known<PolicyText>;
  /** The policy that is on its way to the Regions. */
  readonly proposed: Known<PolicyText>;
  /** What S3 itself says of the established policy. */
  readonly isPublic: Known<boolean>;
}

export interface RoutedBucket {
  readonly name: string;
  readonly region: string;
  /** The account that the bucket was said to be in, when the access point was made. */
  readonly account?: string;
}
