import * as z from "zod";
import type { Alarm } from "../model/alarm.ts";
import { resourceName } from "../model/ref.ts";
import type { ConfigChange } from "../model/trigger.ts";
import type { Timed } from "./in-order.ts";
import type { Parameters } from "./understand.ts";

/** A record that leads to something, with what it says of the configuration that was set. */
export interface Recorded extends Timed {
  /** Equal for the copies that several trails, or several accounts, have of one call. */
  readonly id: string;
  readonly change?: ConfigChange;
  readonly alarm?: Alarm;
  readonly parameters: Parameters;
  /** The Warden itself called, so that nothing has to be done about it. */
  readonly isOwn: boolean;
}

/** What a record leads to. */
interface Led {
  readonly trigger?: ConfigChange;
  readonly alarm?: Alarm;
}

const parametersIn = z.object({ requestParameters: z.record(z.string(), z.unknown()) });

/** What a rehearsal needs of a record. Undefined for one without a time, which has no place in a history. */
export function recordedIn(
  record: unknown,
  { trigger, alarm }: Led,
  { bytes, isOwn }: Pick<Recorded, "bytes" | "isOwn">,
): Recorded | undefined {
  const call = trigger ?? alarm?.cause;
  if (call === undefined) return undefined;
  const at = Date.parse(call.eventTime);
  if (Number.isNaN(at)) return undefined;
  const parsed = parametersIn.safeParse(record);
  const shared = trigger?.sharedEventId ?? call.eventId;
  return {
    id: `${shared} ${trigger === undefined ? "" : resourceName(trigger.on)}`,
    at,
    rank: ranks[call.eventName] ?? 1,
    bytes,
    isOwn,
    parameters: parsed.success ? parsed.data.requestParameters : undefined,
    ...(trigger === undefined ? {} : { change: trigger }),
    ...(alarm === undefined ? {} : { alarm }),
  };
}

/** Within one second a bucket is made before it is configured, and goes after that. */
const ranks: Readonly<Record<string, number>> = { CreateBucket: 0, DeleteBucket: 2 };
