import {
  type OwnResources,
  type Received,
  receiveRecord,
  recordsOf,
} from "@bucket-warden/core/event";
import { InputError } from "@bucket-warden/core/kernel";
import { resourceName } from "@bucket-warden/core/model";
import { logFilesAt, readLogFile } from "./log-files.ts";

/** What the records of some log files would have led to. Every record is counted exactly once. */
export interface ReplaySummary {
  readonly records: number;
  /** Records that would start a reconcile. */
  readonly reconciled: number;
  readonly byEvent: Readonly<Record<string, number>>;
  readonly resources: readonly string[];
  /** Records that would raise an alarm; some of them start a reconcile as well. */
  readonly alarms: number;
  /** By service and call, done and attempted apart. */
  readonly byAlarm: Readonly<Record<string, number>>;
  readonly ignored: Readonly<Record<string, number>>;
  readonly unreadable: readonly { readonly place: string; readonly problem: string }[];
}

/**
 * Runs event and resolve over every record below `path`; `own` is what raises an alarm when it is
 * touched. Broken files and records are named.
 */
export async function replay(path: string, own: OwnResources = []): Promise<ReplaySummary> {
  const tally = newTally();
  for (const file of await logFilesAt(path)) {
    const records = await orUnreadable(tally, async () => recordsOf(await readLogFile(file), file));
    for (const [index, record] of (records ?? []).entries()) {
      tally.records += 1;
      const place = `${file}, Records[${index}]`;
      const received = await orUnreadable(tally, async () => receiveRecord(record, place, own));
      if (received !== undefined) count(tally, received);
    }
  }
  return summaryOf(tally);
}

interface Tally {
  records: number;
  readonly byEvent: Map<string, number>;
  readonly resources: Set<string>;
  readonly byAlarm: Map<string, number>;
  readonly ignored: Map<string, number>;
  readonly unreadable: { place: string; problem: string }[];
}

function newTally(): Tally {
  return {
    records: 0,
    byEvent: new Map(),
    resources: new Set(),
    byAlarm: new Map(),
    ignored: new Map(),
    unreadable: [],
  };
}

async function orUnreadable<T>(tally: Tally, read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    tally.unreadable.push({ place: error.place, problem: error.problem });
    return undefined;
  }
}

function count(tally: Tally, received: Received): void {
  if (received.kind === "ignored") {
    add(tally.ignored, received.reason);
    return;
  }
  if (received.alarm !== undefined) {
    const { service, cause, error } = received.alarm;
    add(
      tally.byAlarm,
      `${service} ${cause.eventName} ${error === undefined ? "done" : "attempted"}`,
    );
  }
  if (received.kind === "alarm") return;
  tally.resources.add(resourceName(received.trigger.on));
  add(tally.byEvent, received.trigger.eventName);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function summaryOf(tally: Tally): ReplaySummary {
  const { records, byEvent, resources, byAlarm, ignored, unreadable } = tally;
  return {
    records,
    reconciled: sumOf(byEvent),
    byEvent: mostFirst(byEvent),
    resources: [...resources].sort(),
    alarms: sumOf(byAlarm),
    byAlarm: mostFirst(byAlarm),
    ignored: mostFirst(ignored),
    unreadable,
  };
}

function sumOf(counts: Map<string, number>): number {
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}

function mostFirst(counts: Map<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
