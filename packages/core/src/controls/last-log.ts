import type { LastLog } from "../model/facets.ts";
import { absent, type Known } from "../model/reading.ts";

/** What the newest log file says about the delivery. */
export type Arrival =
  /** `says` goes on a sentence that tells where the logs go; empty when nobody looked. */
  | { readonly kind: "fine"; readonly says: string }
  | { readonly kind: "late" | "unknown"; readonly says: string };

/** Judges the age of the newest log file by the limit of the baseline, if it has one. */
export function judgeArrival(
  reading: Known<LastLog> = absent,
  maxAgeHours: number | undefined,
): Arrival {
  if (reading.state === "absent") return { kind: "fine", says: "" };
  const last = reading.value;
  switch (last.kind) {
    case "not-asked":
      return { kind: "fine", says: "" };
    case "unreadable": {
      const says = `whether they arrive could not be read (${last.why})`;
      return { kind: maxAgeHours === undefined ? "fine" : "unknown", says };
    }
    case "none":
      return maxAgeHours === undefined
        ? { kind: "fine", says: noneFor(last.folder, last.hours) }
        : { kind: "late", says: noneFor(last.folder, maxAgeHours) };
    case "seen": {
      // It names the limit and no age, which would be news in every sweep.
      const isLate = maxAgeHours !== undefined && last.hours >= maxAgeHours;
      if (isLate && last.isAtMost)
        return { kind: "unknown", says: tooMany(last.folder, maxAgeHours) };
      if (isLate) return { kind: "late", says: noneFor(last.folder, maxAgeHours) };
      const says = `the newest log file seen under "${last.folder}" is ${inWords(last.hours)} old`;
      return { kind: "fine", says };
    }
  }
}

function noneFor(folder: string, hours: number): string {
  return `no log file came under "${folder}" for ${inWords(hours)}`;
}

function tooMany(folder: string, hours: number): string {
  return `there are too many files under "${folder}" to tell whether one came within ${inWords(hours)}`;
}

function inWords(hours: number): string {
  if (hours === 0) return "less than an hour";
  return hours === 1 ? "an hour" : `${hours} hours`;
}
