import type { Waiver } from "../baseline/index.ts";
import type { AlarmEntry } from "../model/alarm.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { FindingStates } from "../model/finding.ts";
import type { PlanStep } from "../model/plan.ts";
import type { AccountId, ResourceRef } from "../model/ref.ts";
import type { Looks } from "./looks.ts";
import type { Surveys } from "./survey.ts";

/** What a write is about to replace, stored before it happens. */
export interface BeforeImage {
  readonly taskId: string;
  readonly step: PlanStep;
  /** ISO 8601; the receipt of the step carries the same time. */
  readonly at: string;
  /** The write was refused when this was stored already: it is the before-image of nothing. */
  readonly refused?: true;
}

/** What the ledger knows of earlier deliveries of one task. */
export interface EarlierDeliveries {
  readonly entry?: LedgerEntry;
  /** Oldest first, without those of refused writes. */
  readonly images: readonly BeforeImage[];
}

/** A waiver that comes from the task of this id, and not from the baseline. */
export interface PinnedWaiver {
  readonly id: string;
  readonly waiver: Waiver;
}

/** So many writes to an account on one day (UTC), out of those that are allowed. */
export interface WriteBudget {
  readonly account: AccountId;
  readonly writes: number;
  readonly perDay: number;
  /** ISO 8601. */
  readonly at: string;
}

/** What is wrong or not known on one resource. */
export interface Standing {
  readonly on: ResourceRef;
  readonly open: readonly OpenControl[];
}

/** What people were told last of one resource. Where a bucket is, its records do not say. */
export interface ToldOf {
  readonly kind: ResourceRef["kind"];
  readonly account: AccountId;
  /** As `resourceName` gives it. */
  readonly name: string;
  readonly states: FindingStates;
}

export interface OpenControl {
  readonly control: string;
  readonly kind: "drift" | "undecided" | "unread";
}

/** The memory of the system. A port: every function throws when the store did not do its work. */
export interface Ledger {
  /**
   * Keeps it, and meanwhile counts writes to an account on the day of `at` where a budget is given. False
   * where that has no room: then none is counted, and the before-image is kept as that of a refused write.
   */
  readonly keepBeforeImage: (image: BeforeImage, budget?: WriteBudget) => Promise<boolean>;
  readonly earlier: (taskId: string) => Promise<EarlierDeliveries>;
  readonly save: (entry: LedgerEntry) => Promise<void>;
  readonly find: (taskId: string) => Promise<LedgerEntry | undefined>;
  /** What was done about a resource, newest first. */
  readonly entriesOf: (on: ResourceRef) => AsyncIterable<LedgerEntry>;
  readonly findAlarm: (alarmId: string) => Promise<AlarmEntry | undefined>;
  readonly saveAlarm: (entry: AlarmEntry) => Promise<void>;
  readonly findingStates: (on: ResourceRef) => Promise<FindingStates>;
  /** Waivers that undoing something left on a resource, ended ones among them. */
  readonly waivers: (on: ResourceRef) => Promise<readonly PinnedWaiver[]>;
  readonly saveWaiver: (on: ResourceRef, waiver: PinnedWaiver) => Promise<void>;
  readonly saveFindingStates: (on: ResourceRef, states: FindingStates) => Promise<void>;
  /** Keeps what is open on a resource where `standing` finds it; `at` in ISO 8601. */
  readonly saveStanding: (standing: Standing, at: string) => Promise<void>;
  /** What is open, resource by resource; those on which nothing is may be among them. */
  readonly standing: () => AsyncIterable<Standing>;
  readonly surveys: Surveys;
  readonly looks: Looks;
}

/** Everything that a ledger remembers, in no order: reports read the whole of it. A port, as above. */
export interface Archive {
  readonly everyEntry: () => AsyncIterable<LedgerEntry>;
  /** What people were told last of every resource. */
  readonly everyState: () => AsyncIterable<ToldOf>;
}

/**
 * Where a ledger keeps its records: partitions of values, sorted by a second key. A port: every
 * function throws when the store did not do its work, and sees what was put before.
 */
export interface Table {
  readonly put: (record: TableRecord) => Promise<void>;
  /** Puts it only where there is none, and tells whether it did: of many at once, one does. */
  readonly putNew: (record: TableRecord) => Promise<boolean>;
  /**
   * Adds to a counter, which begins at 0, and gives what it holds then; nothing is added, and
   * undefined is given, when it would hold more than `most`, however many add at once. An answer
   * that gets lost may make it count twice.
   */
  readonly add: (addition: Addition) => Promise<number | undefined>;
  readonly get: (partition: string, sort: string) => Promise<unknown>;
  /** Those whose sort key begins with `prefix`, in the order of that key. */
  readonly list: (
    partition: string,
    range: { readonly prefix: string; readonly order: "ascending" | "descending" },
  ) => AsyncIterable<TableRecord>;
  /** Those whose sort key is one of the two or between them, in the order of that key. */
  readonly between: (
    partition: string,
    range: { readonly first: string; readonly last: string },
  ) => AsyncIterable<TableRecord>;
  /** Those of every partition with just this sort key, in no order; it reads the whole table. */
  readonly everywhere: (sort: string) => AsyncIterable<TableRecord>;
}

export interface TableRecord {
  readonly partition: string;
  readonly sort: string;
  /** Anything that JSON can hold. */
  readonly value: unknown;
  /** ISO 8601; what has no time is kept for ever. */
  readonly at?: string;
  /** How long it is kept after that time, where it is not as long as the store keeps records. */
  readonly days?: number;
}

/** A counter has its keys to itself: no record is put there. */
export interface Addition {
  readonly partition: string;
  readonly sort: string;
  readonly amount: number;
  readonly most?: number;
  readonly at: string;
  readonly days: number;
}
