import type { StopSwitch, Writer } from "./apply/index.ts";
import type { Limits, Settings, Standard, Traits, Waivers } from "./baseline/index.ts";
import type { Control } from "./controls/index.ts";
import type { Clock } from "./kernel/index.ts";
import type {
  Contest,
  Finding,
  FindingStates,
  LedgerEntry,
  Outcome,
  Plan,
  Receipt,
  ResourceRef,
  Task,
  UnreadFacet,
} from "./model/index.ts";
import type { Channel } from "./notify/index.ts";
import type { Reader } from "./observe/index.ts";
import type { AccessLogs } from "./plan/index.ts";
import type { History, Ledger, OverwrittenEdit, Survey } from "./record/index.ts";
import type { Delivery } from "./verify/index.ts";

/** Everything outside core that a reconcile touches. */
export interface Ports {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly ledger: Ledger;
  readonly history: History;
  readonly accessLogs: AccessLogs;
  readonly channel: Channel;
  readonly stopSwitch: StopSwitch;
  readonly clock: Clock;
}

/** What it takes to see what a resource is like, and what people know of it. */
export interface SeeingPorts extends Pick<Ports, "reader" | "clock"> {
  readonly ledger: Pick<Ledger, "findingStates" | "waivers">;
}

/** What a look touches: it writes nothing, and so needs no more. */
export interface LookPorts extends SeeingPorts, Pick<Ports, "accessLogs"> {}

/** How this delivery of a task is to be done. */
export interface Terms extends Delivery, Standard {
  /** When whoever does it is ended, in milliseconds since 1970; nobody is where it is left out. */
  readonly endsAt?: number;
}

export interface Report {
  readonly entry: LedgerEntry;
  /** Resources whose reconcile removes an obstacle of this one. */
  readonly behind: readonly ResourceRef[];
  /** What its sweep would write, where this was the last bucket of it to be looked at. */
  readonly survey?: Survey;
}

/** What one reconcile is about, and by which rules. */
export interface Scope {
  readonly task: Task;
  readonly on: ResourceRef;
  readonly delivery: Terms;
  readonly settings: Settings;
  readonly waivers: Waivers;
  readonly limits: Limits;
  /** Milliseconds since 1970; one moment for the whole reconcile. */
  readonly now: number;
  /** What scopes ask for. */
  readonly traits: Traits;
  readonly selected: readonly Control[];
  /** What must be known before anybody can tell which settings hold here. */
  readonly unsettled?: UnreadFacet;
  /** What a write of ours replaced unseen. */
  readonly edit?: OverwrittenEdit;
}

/** What one reconcile saw and did. */
export interface Story {
  readonly startedAt: string;
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  /** What people were told before, and which repairs did not last. */
  readonly known: FindingStates;
  readonly contested: ReadonlyMap<string, Contest>;
  readonly plan: Plan;
  /** What earlier deliveries did and people know. */
  readonly told: readonly Receipt[];
  /** What this delivery did, and earlier writes that nobody was told of. */
  readonly receipts: readonly Receipt[];
  readonly outcome: Outcome;
  /** There is an entry of an earlier delivery, which has to say in the end how the task ended. */
  readonly isRecorded: boolean;
}
