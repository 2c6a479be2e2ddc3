import { fingerprint } from "./kernel/hash.ts";
import { type Clock, dayMilliseconds, hourMilliseconds, isoTime } from "./kernel/index.ts";
import { type NoticeKind, resourceName } from "./model/index.ts";
import { type Channel, type Message, shortened } from "./notify/index.ts";
import type { Table } from "./record/index.ts";

/** A message on its way, and how far it has come. */
export interface Post {
  readonly place: Place;
  readonly message: Message;
  /** The destinations that have it, by `destinationKey`. */
  readonly done: readonly string[];
  /** The destinations that did not take it (yet). */
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly to: string;
  /** ISO 8601; of the first attempt that failed. */
  readonly since: string;
  readonly error: string;
  /** It is not tried any more. */
  readonly final?: true;
}

interface Place {
  readonly partition: string;
  readonly sort: string;
}

/** What is kept of a message that needs no more sending. */
export interface Note {
  /** ISO 8601 */
  readonly at: string;
  readonly account: string;
  readonly resource: string;
  readonly news: readonly { readonly kind: NoticeKind; readonly control: string }[];
  /** From the call that made it wrong until the repair was proven. */
  readonly repairMilliseconds?: number;
  readonly failures: readonly Failure[];
}

/** Messages that were decided on and are not sent yet. What is put there is sent, also after a crash. */
export interface Outbox extends Channel {
  /** Puts a message that some destinations have already. */
  readonly publishRest: (message: Message, done: readonly string[]) => Promise<void>;
  /** Those that are not settled, oldest first. */
  readonly open: () => Promise<readonly Post[]>;
  /** Keeps how far a message has come; `settled`: nobody has to send it any more. */
  readonly keep: (post: Post, settled: boolean) => Promise<void>;
  /** What was told since then and what is still to be told, oldest first; `since` in ISO 8601. */
  readonly notesSince: (since: string) => Promise<readonly Note[]>;
}

const cursorKey = { partition: "outbox", sort: "cursor" };

/** No put takes longer. */
const lateMinutes = 10;

/** How long notes and what could not be sent stay there. */
const days = 30;

/** An item of DynamoDB holds 400 KB, with whatever is noted beside the message. */
const mostBytes = 300_000;

/**
 * The outbox in any table:
 *
 *     outbox#<hour>  <id>#<print>  one message: on its way, or what is noted of it
 *     outbox         cursor        the first hour that may hold one on its way
 *
 * Nothing is deleted, because the functions may not. The same news of the same work is put once, also
 * when the work is delivered again.
 */
export function outboxIn(table: Table, clock: Clock): Outbox {
  return {
    publish: (message) => put(table, clock, message, []),
    publishRest: (message, done) => put(table, clock, message, done),
    open: async () => {
      const cursor = await table.get(cursorKey.partition, cursorKey.sort);
      const now = isoTime(clock);
      const hours = hoursBetween(firstHour(cursor, now), now);
      const posts = await Promise.all(hours.map((hour) => postsIn(table, hour)));
      // What is put meanwhile lies in the last of these hours, or in a later one.
      const first = hours.find((_, index) => posts[index]?.length !== 0) ?? hours.at(-1);
      if (first !== cursor) await table.put({ ...cursorKey, value: first });
      return posts.flat().toSorted(byTime);
    },
    keep: (post, settled) => {
      const { at } = post.message;
      const value = settled ? settledValue(post) : openValue(post);
      return table.put({ ...post.place, value, at, days });
    },
    notesSince: async (since) => {
      const hours = hoursBetween(since, isoTime(clock));
      const notes = await Promise.all(hours.map((hour) => notesIn(table, hour)));
      return notes.flat().filter(({ at }) => at >= since);
    },
  };
}

async function put(
  table: Table,
  clock: Clock,
  message: Message,
  done: readonly string[],
): Promise<void> {
  const now = isoTime(clock);
  const sort = `${message.id}#${printOf(message)}`;
  // Work that is delivered again may fall into the next hour.
  const earlier = await table.get(partitionOf(hourBefore(now)), sort);
  if (earlier !== undefined) return;
  const fitting = shortened(message, sizeOf, mostBytes);
  const value = openValue({ message: fitting, done, failures: [] });
  await table.putNew({ partition: partitionOf(now), sort, value, at: message.at, days });
}

/** Early in an hour, somebody may still be putting something into the one before. */
function firstHour(cursor: unknown, now: string): string {
  if (typeof cursor !== "string") return dayBefore(now);
  const minutes = new Date(now).getUTCMinutes();
  return minutes < lateMinutes ? hourBefore(cursor) : cursor;
}

/** Equal for the same news, whenever it is told. */
function printOf({ notices }: Message): string {
  return fingerprint(notices.map(({ kind, control, saw }) => [kind, control, saw]));
}

function sizeOf(message: Message): number {
  return Buffer.byteLength(JSON.stringify(message));
}

type Value =
  | ({ readonly state: "open" } & Omit<Post, "place">)
  /** With the message only where somebody did not get it. */
  | { readonly state: "settled"; readonly note: Note; readonly message?: Message };

function openValue({ message, done, failures }: Omit<Post, "place">): Value {
  return { state: "open", message, done, failures };
}

function settledValue({ message, failures }: Post): Value {
  const note = noteOf(message, failures);
  return { state: "settled", note, ...(failures.length === 0 ? {} : { message }) };
}

function noteOf(message: Message, failures: readonly Failure[]): Note {
  const { on, at, cause, notices } = message;
  const isRepair = notices.some(({ kind }) => kind === "fixed");
  return {
    at,
    account: on.account,
    resource: resourceName(on),
    news: notices.map(({ kind, control }) => ({ kind, control })),
    ...(isRepair && cause.kind === "event"
      ? { repairMilliseconds: Math.max(0, Date.parse(at) - Date.parse(cause.eventTime)) }
      : {}),
    failures,
  };
}

async function valuesIn(table: Table, hour: string) {
  const range = { prefix: "", order: "ascending" } as const;
  const records = await Array.fromAsync(table.list(partitionOf(hour), range));
  // What stands there was put by this file.
  return records.map(({ partition, sort, value }) => ({
    place: { partition, sort },
    value: value as Value,
  }));
}

async function postsIn(table: Table, hour: string): Promise<readonly Post[]> {
  return (await valuesIn(table, hour)).flatMap(({ place, value }) =>
    value.state === "open" ? [{ place, ...value }] : [],
  );
}

async function notesIn(table: Table, hour: string): Promise<readonly Note[]> {
  return (await valuesIn(table, hour)).map(({ value }) =>
    value.state === "open" ? noteOf(value.message, value.failures) : value.note,
  );
}

function hoursBetween(from: string, to: string): readonly string[] {
  const hours: string[] = [];
  const end = Date.parse(to);
  for (let at = Date.parse(hourOf(from)); at <= end; at += hourMilliseconds) {
    hours.push(hourOf(new Date(at).toISOString()));
  }
  return hours;
}

function hourBefore(time: string): string {
  return hourOf(new Date(Date.parse(time) - hourMilliseconds).toISOString());
}

function dayBefore(time: string): string {
  return new Date(Date.parse(time) - dayMilliseconds).toISOString();
}

function hourOf(time: string): string {
  return `${time.slice(0, 13)}:00:00.000Z`;
}

function partitionOf(time: string): string {
  return `outbox#${time.slice(0, 13)}`;
}

function byTime(one: Post, other: Post): number {
  return one.message.at.localeCompare(other.message.at);
}
