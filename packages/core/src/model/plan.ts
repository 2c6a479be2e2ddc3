import type {
  Cors,
  Encryption,
  Facet,
  Logging,
  ObjectLock,
  Ownership,
  PolicyText,
  PublicAccessBlock,
  Versioning,
} from "./facets.ts";
import type { Absent, Known } from "./reading.ts";
import type { AccountRef, BucketRef, ResourceRef } from "./ref.ts";
import type { Actor } from "./trigger.ts";

/**
 * One change of one document. `before` is what the step was planned on, `after` what S3 shall hold.
 * Serialisable: it is printed, stored and read back.
 */
export type PlanStep = WriteStep | RemovalStep;

/** A document gets a value. */
export type WriteStep =
  | Step<"policy", PolicyText>
  | Step<"encryption", Encryption>
  | Step<"logging", Logging>
  | Step<"versioning", Versioning>
  | Step<"objectLock", ObjectLock>
  | Step<"publicAccessBlock", PublicAccessBlock>
  | Step<"cors", Cors>
  | Step<"ownership", Ownership>
  | Step<"accountPublicAccess", PublicAccessBlock, AccountRef>;

/** A document that was not there before goes again. */
export type RemovalStep =
  | Removal<"policy", PolicyText>
  | Removal<"encryption", Encryption>
  | Removal<"logging", Logging>
  | Removal<"publicAccessBlock", PublicAccessBlock>
  | Removal<"cors", Cors>
  | Removal<"ownership", Ownership>
  | Removal<"accountPublicAccess", PublicAccessBlock, AccountRef>;

export function isRemoval(step: PlanStep): step is RemovalStep {
  return "state" in step.after;
}

interface Step<Document extends string, T, On extends ResourceRef = BucketRef> {
  readonly document: Document;
  readonly on: On;
  /** The controls whose drift this write repairs. */
  readonly controls: readonly string[];
  readonly before: Known<T>;
  readonly after: T;
}

interface Removal<Document extends string, T, On extends ResourceRef = BucketRef>
  extends Omit<Step<Document, T, On>, "after"> {
  readonly after: Absent;
}

/** A finding that gets no step, and what must happen instead. */
export interface Held {
  readonly control: string;
  readonly kind: "flagged" | "approval" | "blocked" | "contested";
  readonly why: string;
  /** What a person has to do, or whom it needs. */
  readonly next: string;
  /** The resource whose reconcile removes the obstacle. */
  readonly behind?: ResourceRef;
  /** The guard rail that holds it, where it is nothing about the drift itself. */
  readonly guard?: "stop-switch" | "write-budget" | "large-sweep" | "stale-plan";
  /** The obstacle is likely to be gone a moment later. */
  readonly passing?: true;
  /** Contested, or waiting for approval: what would be written. */
  readonly wanted?: readonly WriteStep[];
  /** Approves just what is `wanted`, until the time that it names. */
  readonly approval?: string;
  /** What would be denied that was not, and who called like that, in words. */
  readonly impact?: readonly string[];
  /** What somebody changed since, where taking a write back would lose it. */
  readonly conflicts?: readonly Conflict[];
  /** Contested: who writes the other value, where an event told it. */
  readonly by?: Actor;
}

/** One place of a document as it was, as it was written and as it is now; undefined where nothing is. */
export interface Conflict {
  readonly document: PlanStep["document"];
  /** A path like `rule.BucketKeyEnabled`, or the statement. */
  readonly place: string;
  readonly before?: unknown;
  readonly written?: unknown;
  readonly now?: unknown;
}

/** A remediation as data: what would be written, on what it was based, and what is left to people. */
export interface Plan {
  readonly on: ResourceRef;
  /** Facet to fingerprint of every reading that the plan rests on. */
  readonly basedOn: { readonly [F in Facet]?: string };
  readonly steps: readonly PlanStep[];
  readonly held: readonly Held[];
  /** Plan mode: what the steps would deny that was not, and who called like that, in words. */
  readonly impact?: readonly string[];
}
