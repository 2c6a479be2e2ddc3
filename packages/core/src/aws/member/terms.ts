import type { EventRule } from "../../event/index.ts";
import type { Access } from "../iam/index.ts";

/** What a member account gets; the values of one deployment are parameters. */
export interface MemberTerms {
  /** Begins every name, e.g. `bucket-warden`. */
  readonly prefix: string;
  /** Rules of the default event bus of each Region: see `eventRules`. */
  readonly rules: readonly EventRule[];
  readonly access: Access;
  /** False where hub and member are one account that need not be in an organization. */
  readonly organization: boolean;
  /** When each account asks for its own sweep, e.g. `rate(6 hours)`; never when left out. */
  readonly sweepSchedule?: string;
}
