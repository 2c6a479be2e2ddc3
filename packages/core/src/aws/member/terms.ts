import type { EventRule } from "../../event/index.ts";
import { InputError } from "../../kernel/input-error.ts";
import type { Access, HubFunction } from "../iam/index.ts";

/** What a member account gets; the values of one deployment are parameters. */
export interface MemberTerms {
  /** Begins every name, e.g. `bucket-warden`. */
  readonly prefix: string;
  /** Rules of the default event bus of each Region: see `eventRules`. */
  readonly rules: readonly EventRule[];
  readonly access: Access;
  /** False where hub and member are one account that need not be in an organization. */
  readonly organization: boolean;
  /** The functions of the hub that are deployed, no others are trusted; every one when left out. */
  readonly functions?: readonly HubFunction[];
  /** When each account asks for its own sweep, e.g. `rate(6 hours)`; never when left out. */
  readonly sweepSchedule?: string;
}

/** Throws InputError for what IAM or EventBridge would refuse much later, account by account. */
export function refuseBadTerms({ prefix, sweepSchedule }: MemberTerms): void {
  // A role may have 64 characters, of which the forwarder's end and the longest Region take 27.
  if (!/^[A-Za-z][A-Za-z0-9-]{0,35}$/.test(prefix)) {
    throw new InputError({
      place: "prefix",
      problem: `${JSON.stringify(prefix)} cannot begin the names of rules and roles`,
      remedy: "Give at most 36 letters, digits and hyphens, a letter first.",
    });
  }
  const schedule = /^(rate\(\d+ (minutes?|hours?|days?)\)|cron\([^()]+\))$/;
  if (sweepSchedule !== undefined && !schedule.test(sweepSchedule)) {
    throw new InputError({
      place: "sweep",
      problem: `${JSON.stringify(sweepSchedule)} is not a schedule of EventBridge`,
      remedy: "Give a rate such as rate(1 day), or cron(0 3 * * ? *).",
    });
  }
}
