import { fingerprint } from "../../kernel/hash.ts";
import type { Alarm } from "../../model/alarm.ts";
import { type CloudTrailRecord, callIn, whereaboutsIn } from "../record.ts";
import type { TamperCall } from "./call.ts";
import { tamperCallOf } from "./calls.ts";
import { firstOwn, isOwnCaller, type OwnResources } from "./own-resources.ts";
import { undoOf } from "./undo.ts";

/** What a record means for the watcher; undefined when its call is not one that can weaken it. */
export type Heard =
  | { readonly kind: "alarm"; readonly alarm: Alarm }
  | { readonly kind: "harmless"; readonly reason: string }
  | undefined;

/**
 * Whether the call weakens what watches the buckets, or was meant to: a call that failed is an
 * attempt. Read-only or not does not matter, because the calls are listed one by one.
 */
export function hear(record: CloudTrailRecord, own: OwnResources, place: string): Heard {
  const call = tamperCallOf(record.eventSource, record.eventName);
  if (call === undefined) return undefined;
  const named = namesIn(record);
  const ours = firstOwn(own, named);
  if (call.matters === "on-ours" && ours === undefined) {
    if (named.length > 0) return harmless("the call names nothing of Bucket Warden");
    if (!isDenied(record)) return harmless("the call failed, and its record names nothing");
  }
  const resource = ours ?? named[0];
  return { kind: "alarm", alarm: alarmOf(record, { call, resource, own, place }) };
}

function harmless(reason: string): Heard {
  return { kind: "harmless", reason };
}

function alarmOf(
  record: CloudTrailRecord,
  seen: {
    readonly call: TamperCall;
    readonly resource: string | undefined;
    readonly own: OwnResources;
    readonly place: string;
  },
): Alarm {
  const { eventSource, errorCode } = record;
  const { call, resource, own, place } = seen;
  const { sharedEventId, ...event } = callIn(record);
  const { actor } = event;
  const { account, region } = whereaboutsIn(record, place);
  return {
    // One call recorded in two accounts is one alarm; one record delivered twice as well.
    id: fingerprint(["alarm", sharedEventId ?? event.eventId]),
    on: { kind: "region", account, region },
    cause: { kind: "event", ...event },
    service: eventSource.replace(/\.amazonaws\.com$/, ""),
    ...(errorCode === undefined ? {} : { error: errorCode }),
    ...(resource === undefined ? {} : { resource }),
    means: call.means,
    undo: undoOf(call.undo, { ...record.requestParameters, account }),
    byOwnRole: isOwnCaller(own, actor),
  };
}

/** Services word a refusal differently: AccessDenied, AccessDeniedException, AuthorizationError … */
function isDenied({ errorCode = "" }: CloudTrailRecord): boolean {
  return /Denied|Unauthorized|AuthorizationError|Forbidden|NotAuthorized/.test(errorCode);
}

/**
 * Names, ARNs and URLs in the record. A denied call often has no parameters; then the error says on
 * what it was tried.
 */
function namesIn(record: CloudTrailRecord): readonly string[] {
  return [
    ...textsIn(record.requestParameters, 0),
    ...textsIn(record.responseElements, 0),
    ...(record.resources ?? []).flatMap(({ ARN }) => ARN ?? []),
    ...triedOn(record),
  ];
}

/** `… is not authorized to perform: iam:DeleteRole on resource: role some-role because …` */
function triedOn({ errorMessage = "" }: CloudTrailRecord): readonly string[] {
  const name = /on resource: (?:[a-z]+ )?([^\s"',*]+)/.exec(errorMessage)?.[1];
  return name === undefined ? [] : [name];
}

const deepest = 6;

/** Texts that can be a name, no documents and no descriptions; what stands further out comes first. */
function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value !== "object" || value === null || depth === deepest) return [];
  const members: readonly unknown[] = Object.values(value);
  return [...members.filter(isName), ...members.flatMap((member) => textsIn(member, depth + 1))];
}

function isName(value: unknown): value is string {
  return typeof value === "string" && /^[^\s{}"]{1,2048}$/.test(value);
}
