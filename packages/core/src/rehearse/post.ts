import type { Notifications } from "../baseline/index.ts";
import { type Clock, dayMilliseconds } from "../kernel/index.ts";
import type { NoticeKind } from "../model/news.ts";
import { type Channel, destinationKey, lettersOf, type Message } from "../notify/index.ts";

/** The messages that would have gone out. */
export interface Mailed {
  readonly messages: number;
  /** What they would have told, one for each control. */
  readonly byNotice: Readonly<Record<string, number>>;
  /** How many each destination would have got; one message may go to several. */
  readonly byDestination: Readonly<Record<string, number>>;
  readonly byDay: Readonly<Record<string, number>>;
}

/** A channel that counts what would have gone where. */
export interface PostOffice extends Channel {
  readonly mailed: () => Mailed;
}

/** What goes where no route of the baseline says so. */
const usualTopic = "the usual topic";

/**
 * Counts messages by the routes of a baseline. That the log did not tell something is no news of the
 * bucket, so that nobody would have been told it. Bursts are not summed up.
 */
export function openPostOffice(notifications: Notifications, clock: Clock): PostOffice {
  const counts = { notice: newCounts(), destination: newCounts(), day: newCounts() };
  let messages = 0;
  return {
    async publish(message) {
      const notices = message.notices.filter(({ kind }) => kind !== "unread");
      if (notices.length === 0) return;
      messages += 1;
      add(counts.day, message.at.slice(0, 10));
      for (const { kind } of notices) add(counts.notice, kind satisfies NoticeKind);
      const sent: Message = { ...message, notices };
      const routing = { notifications, topic: usualTopic, now: clock.now() };
      for (const { to } of lettersOf(sent, routing)) {
        add(
          counts.destination,
          to.kind === "topic" && to.topic === usualTopic ? to.topic : destinationKey(to),
        );
      }
    },
    mailed: () => ({
      messages,
      byNotice: inOrderOfCount(counts.notice),
      byDestination: inOrderOfCount(counts.destination),
      byDay: Object.fromEntries([...counts.day].sort(([a], [b]) => (a < b ? -1 : 1))),
    }),
  };
}

type CountOf = Map<string, number>;

function newCounts(): CountOf {
  return new Map();
}

function add(counts: CountOf, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function inOrderOfCount(counts: CountOf): Readonly<Record<string, number>> {
  return Object.fromEntries([...counts].sort(([, a], [, b]) => b - a));
}

/** How many digests, one a day, there would have been between two times in milliseconds since 1970. */
export function digestsBetween(first: number, last: number): number {
  if (last < first) return 0;
  return Math.floor(last / dayMilliseconds) - Math.floor(first / dayMilliseconds) + 1;
}
