import { type Clock, isoTime } from "./kernel/index.ts";
import type { Alarm, AlarmEntry } from "./model/index.ts";
import { alarmMessage, type Channel } from "./notify/index.ts";
import type { Ledger } from "./record/index.ts";

/** Everything outside core that an alarm touches. */
export interface AlarmPorts {
  readonly ledger: Pick<Ledger, "findAlarm" | "saveAlarm">;
  readonly channel: Channel;
  readonly clock: Clock;
}

/** `known`: an earlier delivery told it. `unrecorded`: told, but the ledger did not take it. */
export type Raised = "told" | "known" | "unrecorded";

/**
 * Records an alarm and tells people, once however often it is delivered. The ledger may be what was
 * attacked: from the second delivery on its silence does not keep an alarm back. Throws when the
 * channel fails, or on the first delivery the ledger; the alarm must then be delivered again.
 */
export async function raiseAlarm(
  alarm: Alarm,
  { attempt }: { readonly attempt: number },
  ports: AlarmPorts,
): Promise<Raised> {
  const at = isoTime(ports.clock);
  const entry = await record(alarm, at, ports.ledger).catch((error: unknown) => {
    if (attempt === 1) throw error;
    return undefined;
  });
  if (entry?.announced === true) return "known";
  await ports.channel.publish(alarmMessage(alarm, at));
  if (entry === undefined) return "unrecorded";
  await ports.ledger.saveAlarm({ ...entry, announced: true });
  return "told";
}

/** The entry of an earlier delivery, or a new one that nobody was told of yet. */
async function record(alarm: Alarm, at: string, ledger: AlarmPorts["ledger"]): Promise<AlarmEntry> {
  const earlier = await ledger.findAlarm(alarm.id);
  if (earlier !== undefined) return earlier;
  const entry = { alarm, at, announced: false };
  await ledger.saveAlarm(entry);
  return entry;
}
