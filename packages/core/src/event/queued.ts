import * as z from "zod";
import { InputError } from "../kernel/input-error.ts";
import { sendableJson } from "../kernel/json.ts";
import { parseJson } from "../kernel/parse-json.ts";
import { tryParse } from "../kernel/try-parse.ts";
import type { Alarm } from "../model/alarm.ts";
import { parseAccountId, parseRegion } from "../model/ref.ts";
import type { Task } from "../model/trigger.ts";
import { eventCauseSchema, parseTask } from "./task.ts";

/** What waits on the queue: a resource to reconcile, or an alarm to raise. */
export type Queued =
  | { readonly kind: "task"; readonly task: Task }
  | { readonly kind: "alarm"; readonly alarm: Alarm };

const text = z.string().min(1);

const alarmSchema = z.object({
  id: text,
  on: z.object({ account: text, region: text }),
  cause: eventCauseSchema,
  service: text,
  error: text.optional(),
  resource: text.optional(),
  means: text,
  undo: text,
  byOwnRole: z.boolean(),
});

const messageSchema = z.object({ alarm: z.unknown() });

/** Reads a message of the queue. Throws InputError naming the bad place. */
export function parseQueued(message: string): Queued {
  const found = tryParse(messageSchema, parsed(message));
  if (!found.success || found.data.alarm === undefined) {
    return { kind: "task", task: parseTask(message) };
  }
  return { kind: "alarm", alarm: parseAlarm(found.data.alarm) };
}

export function printAlarm(alarm: Alarm): string {
  return sendableJson({ alarm });
}

function parsed(message: string): unknown {
  try {
    return parseJson(message);
  } catch {
    return undefined; // no alarm; as a task it is refused by name
  }
}

function parseAlarm(input: unknown): Alarm {
  const result = tryParse(alarmSchema, input);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new InputError({
      place: ["alarm", ...(issue?.path ?? [])].join("."),
      problem: issue?.message ?? "it is not an alarm",
      remedy: "Only intake may send alarms to this queue; look who else did.",
      cause: result.error,
    });
  }
  const { on, error, resource, cause, ...rest } = result.data;
  return {
    ...rest,
    on: {
      kind: "region",
      account: parseAccountId(on.account, "alarm.on.account"),
      region: parseRegion(on.region, "alarm.on.region"),
    },
    cause: cause as Alarm["cause"], // the schema has checked every member that is not optional
    ...(error === undefined ? {} : { error }),
    ...(resource === undefined ? {} : { resource }),
  };
}
