import { setTimeout } from "node:timers/promises";
import { type Clock, printable } from "@bucket-warden/core/kernel";
import {
  type Facet,
  type Reading,
  type ResourceRef,
  resourceName,
} from "@bucket-warden/core/model";
import type { LookPorts } from "@bucket-warden/core/reconcile";
import { detail, isVerbose } from "../terminal.ts";

export const clock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds) => setTimeout(milliseconds),
};

export type OnRead = (facet: Facet, on: ResourceRef, reading: Reading<unknown>) => void;

/** A reader that lets somebody hear what it read. */
export function heard(reader: LookPorts["reader"], onRead: OnRead): LookPorts["reader"] {
  return {
    read: async (facet, on, context) => {
      const reading = await reader.read(facet, on, context);
      onRead(facet, on, reading);
      return reading;
    },
  };
}

/** For those who want to know what goes on. */
export const tellOfRead: OnRead = (facet, on, reading) => {
  if (!isVerbose()) return;
  const why = reading.state === "unknown" ? ` (${printable(reading.detail)})` : "";
  detail(`read ${facet} of ${resourceName(on)}: ${reading.state}${why}`);
};
