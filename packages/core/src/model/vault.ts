import type { PolicyText } from "./documents.ts";
import type { Known } from "./reading.ts";

/** A vault of Amazon Glacier and the two policies that it may have. */
export interface Vault {
  readonly name: string;
  readonly arn: string;
  /** The policy that the owner may change at any time. */
  readonly accessPolicy: Known<PolicyText>;
  readonly lock: Known<VaultLock>;
}

/** A policy that nobody can change once it is `Locked`; `InProgress` it is only tried. */
export interface VaultLock {
  /** `InProgress`, `Locked`, or one that Glacier may add later. */
  readonly state: string;
  readonly policy: PolicyText;
  /** ISO 8601; when a lock that is tried vanishes unless it is completed. */
  readonly expiresAt?: string;
}
