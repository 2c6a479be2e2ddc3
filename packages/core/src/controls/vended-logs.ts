import type { VendedLogs } from "../model/facets.ts";
import { absent, type Known } from "../model/reading.ts";

/** What CloudWatch Logs does for a bucket that does not log by itself. */
export interface Vended {
  readonly isDelivered: boolean;
  /** In one sentence, for people. */
  readonly says: string;
}

/** A source alone delivers nothing; an inactive one neither. */
export function judgeVended(reading: Known<VendedLogs> = absent): Vended {
  const off = "server access logging is off";
  if (reading.state === "absent" || reading.value.kind === "not-asked") {
    return { isDelivered: false, says: off };
  }
  const { sources } = reading.value;
  const [destination] = sources
    .filter(({ isActive }) => isActive)
    .flatMap(({ destinations }) => destinations);
  if (destination !== undefined) {
    return {
      isDelivered: true,
      says: `CloudWatch Logs delivers the access logs to ${destination}`,
    };
  }
  const idle = sources
    .map(({ name, isActive }) => `${name} ${isActive ? "has no delivery" : "is inactive"}`)
    .join(", ");
  return { isDelivered: false, says: `${off}, and of the sources in CloudWatch Logs ${idle}` };
}
