import type { Finding } from "./finding.ts";
import type { Plan } from "./plan.ts";
import type { ResourceRef } from "./ref.ts";

/** What one look at one resource saw, and what would be done about it. Nothing is written by a look. */
export interface Look {
  readonly on: ResourceRef;
  /** When it was looked at, ISO 8601. */
  readonly at: string;
  readonly findings: readonly Finding[];
  readonly plan: Plan;
  /** The resource is not there (any more): then nothing is said of it. */
  readonly gone?: true;
}
