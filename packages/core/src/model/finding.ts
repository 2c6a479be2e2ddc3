import type { Attribution } from "./attribution.ts";
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
}

/** By control id; a control that is not here was never looked at on this resource. */
export type FindingStates = Readonly<Record<string, FindingState>>;
