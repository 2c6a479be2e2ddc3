import type { AccountId } from "./ref.ts";
import type { Task } from "./trigger.ts";

/** One resource, and how much of it a sweep looks at. */
export type Due = Pick<Task, "ref" | "touches">;

/** Some resources of one account that a sweep looks at together: the message on the queue of looks. */
export interface LookOrder {
  readonly account: AccountId;
  readonly sweepId: string;
  /** All of them are of the account, and there is at least one. */
  readonly looks: readonly Due[];
  /** The sweep looks at all of its buckets before any of them is written. */
  readonly survey?: true;
}
