import type { Actor } from "./trigger.ts";

/** Who made the change that a finding is about, as far as CloudTrail knows. */
export type Attribution =
  | {
      readonly kind: "known";
      readonly eventName: string;
      readonly eventId: string;
      /** ISO 8601 */
      readonly eventTime: string;
      readonly actor: Actor;
    }
  | { readonly kind: "unknown"; readonly why: string };
