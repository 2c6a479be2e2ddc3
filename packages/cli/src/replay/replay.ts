import { type Received, receiveRecord, recordsOf } from "@bucket-warden/core/event";
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
  readonly ignored: Readonly<Record<string, number>>;
  readonly unreadable: readonly { readonly place: string; readonly problem: string }[];
}

/** Runs event and resolve over every record below `path`. Broken files and records are named. */
export async function replay(path: string): Promise<ReplaySummary> {
  const tally = newTally();
  for (const file of await logFilesAt(path)) {
    const records = await orUnreadable(tally, async () => recordsOf(await readLogFile(file), file));
    for (const [index, record] of (records ?? []).entries()) {
      tally.records += 1;
      const place = `${file}, Records[${index}]`;
      const received = await orUnreadable(tally, async () => receiveRecord(record, place));
      if (received !== undefined) count(tally, received);
    }
  }
  return summaryOf(tally);
}

interface Tally {
  records: number;
  readonly byEvent: Map<string, number>;
  readonly resources: Set<string>;
  readonly ignored: Map<string, number>;
  readonly unreadable: { place: string; problem: string }[];
}

function newTally(): Tally {
  return {
    records: 0,
    byEvent: new Map(),
    resources: new Set(),
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
  tally.resources.add(resourceName(received.trigger.on));
  add(tally.byEvent, received.trigger.eventName);
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function summaryOf({ records, byEvent, resources, ignored, unreadable }: Tally): ReplaySummary {
  return {
    records,
    reconciled: [...byEvent.values()].reduce((sum, n) => sum + n, 0),
    byEvent: mostFirst(byEvent),
    resources: [...resources].sort(),
    ignored: mostFirst(ignored),
    unreadable,
  };
}

function mostFirst(counts: Map<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
