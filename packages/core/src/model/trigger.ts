import type { Facet } from "./facets.ts";
import type { AccountId, BucketName, Region, ResourceRef } from "./ref.ts";

/** Who made a call, as CloudTrail names the caller. Shown to people, never used to decide. */
export interface Actor {
  readonly arn: string;
  /** `IAMUser`, `AssumedRole`, `Root`, `AWSService` … */
  readonly type: string;
  /** For a role session: the role behind it. */
  readonly role?: string;
  /** The AWS service that called on somebody's behalf, e.g. `cloudformation.amazonaws.com`. */
  readonly invokedBy?: string;
  readonly userAgent?: string;
  readonly sourceIp?: string;
}

/** Something by which the buckets that a call is about have to be found. */
export type Behind =
  /** ARNs of keys and aliases, for the buckets that use them. */
  | { readonly kind: "keys"; readonly keys: readonly string[] }
  | { readonly kind: "access-point"; readonly name: string }
  /** A source of CloudWatch Logs, for the bucket whose access logs it gives. */
  | { readonly kind: "delivery-source"; readonly name: string }
  /** Some delivery that ended: the logs of any bucket that S3 does not log may have gone with it. */
  | { readonly kind: "lost-delivery" };

/**
 * What a call on a bucket policy says that it left there. A hint: nothing is judged by it. It only shows
 * whether a write of ours replaced it unseen.
 */
export type PolicyClaim =
  | { readonly kind: "put"; readonly text: string }
  | { readonly kind: "removed" }
  /** The record does not say. */
  | { readonly kind: "unseen" };

/** A configuration call that CloudTrail recorded. */
export interface ConfigChange {
  readonly kind: "config-change";
  readonly eventName: string;
  readonly eventId: string;
  /** The same call recorded in several accounts shares this id. */
  readonly sharedEventId?: string;
  /** ISO 8601; when the call completed. */
  readonly eventTime: string;
  readonly actor: Actor;
  /** What the call changed; where `behind` says more, the Region in which that is to be found. */
  readonly on: ResourceRef;
  /** What the call names instead of the buckets that it is about. */
  readonly behind?: Behind;
  /** The facets that the call can have changed. */
  readonly touches: readonly Facet[] | "all";
  readonly claim?: PolicyClaim;
}

export type Mode = "plan" | "apply";

/** A person asks by hand; without a bucket they mean the account and all that is in it. */
export interface ManualTrigger {
  readonly kind: "manual";
  readonly id: string;
  readonly account: AccountId;
  readonly bucket?: { readonly name: BucketName; readonly region: Region };
  readonly controls?: readonly string[];
  /** The plan that they approve, by the name that it was shown under. */
  readonly approval?: string;
  readonly mode: Mode;
  readonly requestedBy: string;
  readonly reason: string;
}

/** A person wants what one ledger entry wrote taken back. */
export interface UndoTrigger {
  readonly kind: "undo";
  readonly id: string;
  /** The id of the ledger entry, which is about `on`. */
  readonly entry: string;
  readonly on: ResourceRef;
  readonly mode: Mode;
  readonly requestedBy: string;
  readonly reason: string;
}

/** A person accepts the drift of one control for some days, on a bucket or on what is no bucket. */
export interface WaiveTrigger
  extends Pick<ManualTrigger, "id" | "account" | "bucket" | "mode" | "requestedBy" | "reason"> {
  readonly kind: "waive";
  readonly control: string;
  readonly days: number;
}

export type Trigger = ConfigChange | ManualTrigger | UndoTrigger | WaiveTrigger;

/** Why a resource is looked at. It is reported and recorded; nothing is decided from it. */
export type Cause =
  | {
      readonly kind: "event";
      readonly eventName: string;
      readonly eventId: string;
      readonly eventTime: string;
      readonly actor: Actor;
    }
  | { readonly kind: "sweep"; readonly sweepId: string }
  | {
      readonly kind: "manual";
      readonly requestId: string;
      readonly requestedBy: string;
      readonly reason: string;
    };

/** One resource to reconcile: the message on the FIFO queue. */
export interface Task {
  /** Names this piece of work; the same work delivered twice has the same id. */
  readonly id: string;
  readonly ref: ResourceRef;
  readonly cause: Cause;
  readonly mode: Mode;
  /** Only controls that read one of these facets are looked at. */
  readonly touches: readonly Facet[] | "all";
  /** Only these controls, when a person named some. */
  readonly controls?: readonly string[];
  /** The plan that a person approved; any other is held as before. */
  readonly approval?: string;
  /** Only the plan of this name is carried out, once, and nothing where it would be another now. */
  readonly planned?: string;
  /** Plan mode: what waits for approval is approved on top of what the plan writes. */
  readonly onTop?: true;
  /** What the call that caused this says of the policy. */
  readonly claim?: PolicyClaim;
  /** The ledger entry whose writes are to be taken back: then nothing is judged or repaired. */
  readonly undo?: string;
  /** One of the buckets of a sweep that are all looked at before any of them is written. */
  readonly survey?: true;
  /** The sweep would write to so many buckets that a person has to see it first. */
  readonly large?: Share;
}

/** So many of the buckets of an account. */
export interface Share {
  readonly writes: number;
  readonly of: number;
}
