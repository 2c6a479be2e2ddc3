import {
  isOwnCaller,
  type OwnResources,
  type Received,
  receiveRecord,
} from "@bucket-warden/core/event";
import { InputError, parseJson, whyNoJson } from "@bucket-warden/core/kernel";
import { resourceName } from "@bucket-warden/core/model";
import type { Rehearsal } from "@bucket-warden/core/rehearsal";
import { inOrder, type Recorded, recordedIn, rememberCopies } from "@bucket-warden/core/rehearse";
import { ignoredUnparsed } from "./glance.ts";
import type { Found, LogFile } from "./log-files.ts";
import { recordsIn } from "./read-records.ts";

/** What the records of some log files are. Every record is counted exactly once. */
export interface ReplaySummary {
  readonly files: { readonly read: number; readonly skipped: Readonly<Record<string, number>> };
  readonly records: number;
  /** Records that would start a reconcile. */
  readonly reconciled: number;
  readonly byEvent: Readonly<Record<string, number>>;
  readonly resources: readonly string[];
  /** Records that would raise an alarm; some of them start a reconcile as well. */
  readonly alarms: number;
  /** By service and call, done and attempted apart. */
  readonly byAlarm: Readonly<Record<string, number>>;
  /** Other copies of records that are counted above, from a second trail or another account. */
  readonly copies: number;
  readonly ignored: Readonly<Record<string, number>>;
  /** Records among what could not be read; the others of it are files. */
  readonly unreadableRecords: number;
  /** Files and records, the first hundred of them. */
  readonly unreadable: readonly Unreadable[];
  readonly unreadableFiles: number;
  /** Calls that came so late in the log that later ones had gone before them. */
  readonly late: number;
}

interface Unreadable {
  readonly place: string;
  readonly problem: string;
}

export interface ReplayOptions {
  /** What raises an alarm when it is touched, and whose calls need no answer. */
  readonly own?: OwnResources;
  /** What is rehearsed on the calls. */
  readonly rehearsals?: readonly Pick<Rehearsal, "take">[];
  /** Hears how many bytes of the files were read. */
  readonly onBytes?: (bytes: number) => void;
}

/** How many ids of records are remembered at least, so that copies are told. */
const rememberedIds = 100_000;
/** Of calls that wait for those before them, as bytes of their records. */
const heldBytes = 64 * 1024 * 1024;
const listedProblems = 100;

/** Takes every record of the files, and in the order of time those that lead to something. */
export async function replay(
  { files, skipped }: Found,
  { own = [], rehearsals = [], onBytes = () => {} }: ReplayOptions = {},
): Promise<ReplaySummary> {
  const tally = newTally();
  const copies = rememberCopies(rememberedIds);
  const order = inOrder<Recorded>(heldBytes);
  const rehearse = async (calls: readonly Recorded[]) => {
    for (const call of calls) for (const one of rehearsals) await one.take(call);
  };
  const take = (record: Buffer, place: string): readonly Recorded[] => {
    const call = callIn(record, place, { tally, own });
    if (call === undefined) return [];
    if (copies.isCopy(call.recorded.id)) {
      tally.copies += 1;
      return [];
    }
    count(tally, call.received);
    return order.add(call.recorded);
  };
  for (const file of files) {
    let index = 0;
    for await (const records of readable(file, tally, onBytes)) {
      for (const record of records) {
        const due = take(record, `${file.place}, Records[${index}]`);
        index += 1;
        if (due.length > 0) await rehearse(due);
      }
    }
  }
  await rehearse(order.rest());
  return summaryOf(tally, { read: files.length, skipped }, order.late());
}

/** The records of a file up to where it cannot be read any more, which is noted. */
async function* readable(
  file: LogFile,
  tally: Tally,
  onBytes: (bytes: number) => void,
): AsyncIterable<readonly Buffer[]> {
  const records = recordsIn(file, onBytes)[Symbol.asyncIterator]();
  for (;;) {
    const next = await records.next().catch((error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      tally.unreadableFiles += 1;
      list(tally, error);
    });
    if (next === undefined || next.done === true) return;
    yield next.value;
  }
}

interface Call {
  readonly received: Exclude<Received, { readonly kind: "ignored" }>;
  readonly recorded: Recorded;
}

/** What a record leads to; undefined where that is nothing, which is counted. */
function callIn(
  bytes: Buffer,
  place: string,
  { tally, own }: { readonly tally: Tally; readonly own: OwnResources },
): Call | undefined {
  tally.records += 1;
  const reason = ignoredUnparsed(bytes);
  if (reason !== undefined) {
    add(tally.ignored, reason);
    return undefined;
  }
  try {
    const record = parsed(bytes, place);
    const received = receiveRecord(record, place, own);
    if (received.kind === "ignored") {
      add(tally.ignored, received.reason);
      return undefined;
    }
    const trigger = received.kind === "trigger" ? received.trigger : undefined;
    const { alarm } = received;
    const led = {
      ...(trigger === undefined ? {} : { trigger }),
      ...(alarm === undefined ? {} : { alarm }),
    };
    const actor = trigger?.actor ?? alarm?.cause.actor;
    const isOwn = actor !== undefined && isOwnCaller(own, actor);
    const recorded = recordedIn(record, led, { bytes: bytes.length, isOwn });
    if (recorded === undefined) throw withoutTime(place);
    return { received, recorded };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    tally.unreadableRecords += 1;
    list(tally, error);
    return undefined;
  }
}

function withoutTime(place: string): InputError {
  return new InputError({
    place: `${place}.eventTime`,
    problem: "it is no time, so that the call has no place in a history",
    remedy: "Send the record as CloudTrail wrote it.",
  });
}

function parsed(bytes: Buffer, place: string): unknown {
  try {
    return parseJson(bytes.toString("utf8"));
  } catch (cause) {
    const remedy = "Copy the file from the trail's bucket again.";
    throw new InputError({ place, problem: whyNoJson(cause, "it is not JSON"), remedy, cause });
  }
}

interface Tally {
  records: number;
  copies: number;
  unreadableRecords: number;
  unreadableFiles: number;
  readonly byEvent: Map<string, number>;
  readonly resources: Set<string>;
  readonly byAlarm: Map<string, number>;
  readonly ignored: Map<string, number>;
  readonly unreadable: Unreadable[];
}

function newTally(): Tally {
  return {
    records: 0,
    copies: 0,
    unreadableRecords: 0,
    unreadableFiles: 0,
    byEvent: new Map(),
    resources: new Set(),
    byAlarm: new Map(),
    ignored: new Map(),
    unreadable: [],
  };
}

function list({ unreadable }: Tally, { place, problem }: InputError): void {
  if (unreadable.length < listedProblems) unreadable.push({ place, problem });
}

function count(tally: Tally, received: Call["received"]): void {
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

function summaryOf(tally: Tally, files: ReplaySummary["files"], late: number): ReplaySummary {
  const { byEvent, resources, byAlarm, ignored, ...counted } = tally;
  return {
    files,
    ...counted,
    reconciled: sumOf(byEvent),
    byEvent: mostFirst(byEvent),
    resources: [...resources].sort(),
    alarms: sumOf(byAlarm),
    byAlarm: mostFirst(byAlarm),
    ignored: mostFirst(ignored),
    late,
  };
}

function sumOf(counts: Map<string, number>): number {
  return [...counts.values()].reduce((sum, n) => sum + n, 0);
}

function mostFirst(counts: Map<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}
