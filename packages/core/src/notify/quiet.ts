import type { QuietHours } from "../baseline/index.ts";

/** Whether only what is urgent may be sent now; `now` in milliseconds since 1970. */
export function isQuiet(hours: QuietHours | undefined, now: number): boolean {
  if (hours === undefined) return false;
  const { from, to, timeZone, weekends } = hours;
  const { time, day } = localTime(now, timeZone);
  if (weekends && (day === "Sat" || day === "Sun")) return true;
  return from < to ? time >= from && time < to : time >= from || time < to;
}

function localTime(now: number, timeZone: string): { readonly time: string; readonly day: string } {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    weekday: "short",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, value]));
  return { time: `${parts.get("hour")}:${parts.get("minute")}`, day: parts.get("weekday") ?? "" };
}
