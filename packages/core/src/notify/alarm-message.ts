import type { Alarm } from "../model/alarm.ts";
import { resourceName } from "../model/ref.ts";
import type { Message, Notice } from "./message.ts";

/** What people are told of an alarm. */
export function alarmMessage(alarm: Alarm, at: string): Message {
  const { id, on, cause } = alarm;
  return { id, on, cause, at, notices: [noticeOf(alarm)], changes: [] };
}

function noticeOf(alarm: Alarm): Notice {
  const { cause, byOwnRole } = alarm;
  return {
    kind: "alarm",
    control: "tamper-watch",
    saw: `${whatHappened(alarm)}; ${meaningOf(alarm)}`,
    did: byOwnRole
      ? "told you; it was a role of Bucket Warden's own, as in a deployment: if nobody deployed, somebody else has its credentials"
      : "told you; whether it was planned only a person can say",
    next: nextFor(alarm),
    who: { kind: "known", ...eventOf(cause) },
  };
}

function eventOf({ eventName, eventId, eventTime, actor }: Alarm["cause"]) {
  return { eventName, eventId, eventTime, actor };
}

function whatHappened({ service, cause, error, resource }: Alarm): string {
  const call = `${service} ${cause.eventName} on ${resource ?? "something that the record does not name"}`;
  return error === undefined ? call : `an attempt at ${call}, which ended in ${error}`;
}

function meaningOf({ error, means }: Alarm): string {
  return error === undefined ? means : `had it succeeded: ${means}`;
}

function nextFor({ error, undo, on }: Alarm): string {
  return error === undefined
    ? `if it was not planned, undo it in ${resourceName(on)}: ${undo}`
    : "find out who this was and why, and take from them the right to try; there is nothing to undo";
}
