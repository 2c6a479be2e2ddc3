import { endOf, type InvalidWaiver, type Waiver } from "@bucket-warden/core/baseline";

/** A waiver as people look at it. */
export interface ListedWaiver {
  /** Where it stands: a place in the baseline, or the ledger entry that gave it. */
  readonly place: string;
  /**
   * `ending`: it holds, and ends soon. `invalid`: it cannot be used, and where it may be meant nothing is
   * written.
   */
  readonly state: "holds" | "ending" | "ended" | "not-yet" | "invalid";
  readonly controls?: readonly string[];
  readonly buckets?: readonly string[];
  readonly accounts?: readonly string[];
  readonly approver?: string;
  readonly reason?: string;
  readonly ticket?: string;
  readonly approved?: string;
  /** The last day on which it holds, in UTC, or the moment at which it ends. */
  readonly expires?: string;
  /** Why it cannot be used. */
  readonly problem?: string;
}

export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** How near the end counts as soon, in milliseconds. */
  readonly within: number;
}

export function listed(waiver: Waiver, place: string, moment: Moment): ListedWaiver {
  const { buckets, accounts, ticket, controls, approver, reason, approved, expires } = waiver;
  return {
    place,
    state: stateOf(waiver, moment),
    controls,
    ...(buckets === undefined ? {} : { buckets }),
    ...(accounts === undefined ? {} : { accounts }),
    approver,
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    approved,
    expires,
  };
}

export function listedInvalid(
  { problems, buckets, accounts, controls }: InvalidWaiver,
  place: string,
): ListedWaiver {
  const problem = problems.map((it) => `${it.path.map(String).join(".")} ${it.problem}`).join("; ");
  return {
    place,
    state: "invalid",
    ...(controls === undefined ? {} : { controls }),
    ...(buckets === undefined ? {} : { buckets }),
    ...(accounts === undefined ? {} : { accounts }),
    problem,
  };
}

function stateOf(waiver: Waiver, { now, within }: Moment): ListedWaiver["state"] {
  const end = endOf(waiver);
  if (end <= now) return "ended";
  if (Date.parse(waiver.approved) > now) return "not-yet";
  return end - now <= within ? "ending" : "holds";
}

/** Whether a person has to do something about it. */
export function needsCare({ state }: ListedWaiver): boolean {
  return state === "ending" || state === "ended" || state === "invalid";
}
