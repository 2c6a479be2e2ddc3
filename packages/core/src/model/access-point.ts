import type { PolicyText, PublicAccessBlock } from "./documents.ts";
import type { Known } from "./reading.ts";

/** An access point: another door to a bucket, with a policy and a public access block of its own. */
export interface AccessPoint {
  readonly name: string;
  /** `Internet`, `VPC`, or one that S3 may add. */
  readonly origin: string;
  /** Settled when the access point was made; `absent` where S3 does not say. */
  readonly publicAccessBlock: Known<PublicAccessBlock>;
  readonly policy: Known<PolicyText>;
  /** What S3 itself says of the policy; `absent` without one. */
  readonly isPublic: Known<boolean>;
}
