import type { AccountId } from "../model/ref.ts";
import type { SweepKey } from "./survey.ts";

/** How far a sweep of an account has come with queueing what it looks at. */
export interface SweepRun {
  readonly sweepId: string;
  /** ISO 8601, here and below. */
  readonly startedAt: string;
  /** When the sweep before it began, where one is remembered. */
  readonly before?: string;
  /** Since when no sweep had to look at everything; changes of before may not have been noted. */
  readonly since?: string;
  /** When it was last heard of. */
  readonly at: string;
  /** Until when no other sweep of the account begins, unless this one has ended. */
  readonly until: string;
  /** Resources that are to be looked at, and those that nothing can have changed on. */
  readonly queued: number;
  readonly skipped: number;
  readonly endedAt?: string;
}

export type Taken =
  | { readonly kind: "taken"; readonly run: SweepRun }
  /** Another sweep is at the account. */
  | { readonly kind: "held"; readonly by: SweepRun };

/** Who sweeps an account; of many at once, one does. */
export interface Sweeps {
  /** Takes the account until `until`, or goes on with what the same sweep began. */
  readonly take: (
    sweep: SweepKey,
    times: { readonly at: string; readonly until: string },
  ) => Promise<Taken>;
  /** Notes how far the sweep has come, which has the account. */
  readonly note: (account: AccountId, run: SweepRun) => Promise<void>;
  /** The last sweep of an account, also one that is under way. */
  readonly last: (account: AccountId) => Promise<SweepRun | undefined>;
}
