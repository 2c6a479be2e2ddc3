import type { Principal } from "../principal.ts";

/** What IAM is asked about one call. */
export interface AccessRequest {
  /** The IAM action, which often has another name than the operation. */
  readonly action: string;
  /** An ARN; `*` where the action is about no resource that IAM knows. */
  readonly resource: string;
  /** Condition keys that do not follow from the caller alone. */
  readonly context: Readonly<Record<string, readonly string[]>>;
}

export type Session = Extract<Principal, { kind: "role-session" }>;

/** What its policies say of a role. The sandbox has no opinion on policies: whoever seeds it brings one. */
export interface RoleAccess {
  readonly lets: (session: Session, request: AccessRequest) => boolean;
  readonly trusts: (caller: Principal, request: AccessRequest) => boolean;
}
