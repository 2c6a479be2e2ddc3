import type { Attribution } from "./attribution.ts";
import type { Actor } from "./trigger.ts";
import type { Assessment } from "./verdict.ts";

/** What the baseline allows a control to do when it finds drift. */
export type ControlMode = "remediate" | "approve" | "alert" | "off";

/** The assessment of one control on one resource, with the mode that applies there. */
export interface Finding {
  readonly control: string;
  readonly mode: Exclude<ControlMode, "off">;
  readonly assessment: Assessment;
  /** Who made it so, where people were told of drift that no event brought. */
  readonly who?: Attribution;
}

/** What people were last told about a control on a resource. */
export interface FindingState {
  readonly kind: Assessment["kind"];
  /** Equal as long as the finding says the same. */
  readonly print: string;
  /** Repairs that did not last, as long as they matter. */
  readonly contest?: Contest;
}

/** What is remembered of a control that had to be repaired. */
export interface Contest {
  /** Oldest first; those that are older than the window of the baseline are forgotten. */
  readonly repairs: readonly Repair[];
  /** Nothing is written any more: since when, and when the drift was seen last. Both ISO 8601. */
  readonly open?: { readonly since: string; readonly seen: string };
}

/** One repair of one control. */
export interface Repair {
  /** ISO 8601 */
  readonly at: string;
  /** What the drift said, so that only the same drift counts as coming back. */
  readonly print: string;
  /** Who made the change that was repaired, where an event told it. */
  readonly by?: Actor;
}

/** By control id; a control that is not here was never looked at on this resource. */
export type FindingStates = Readonly<Record<string, FindingState>>;
