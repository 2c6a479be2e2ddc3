import type { RegionRef } from "./ref.ts";
import type { Cause } from "./trigger.ts";

/** Somebody weakened what watches the buckets, or tried to. */
export interface Alarm {
  /** The same call recorded or delivered twice has the same id. */
  readonly id: string;
  /** Where the call was made. */
  readonly on: RegionRef;
  readonly cause: Extract<Cause, { kind: "event" }>;
  /** The service that was called, e.g. `cloudtrail`. */
  readonly service: string;
  /** The error that the call ended in: it was only an attempt. */
  readonly error?: string;
  /** What it was done to, where the record names it. */
  readonly resource?: string;
  /** What it means for the watching, when it succeeded. */
  readonly means: string;
  /** How a person undoes it. */
  readonly undo: string;
  /** Made with a role of Bucket Warden's own, as its deployment does. */
  readonly byOwnRole: boolean;
}

/** The ledger's record of one alarm. */
export interface AlarmEntry {
  readonly alarm: Alarm;
  /** ISO 8601; when it was first worked on. */
  readonly at: string;
  /** Whether people were told; false between the record and the message. */
  readonly announced: boolean;
}
