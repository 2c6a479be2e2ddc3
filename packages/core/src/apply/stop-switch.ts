import type { Reading } from "../model/reading.ts";

/** Somebody stopped all writing, and said why. */
export interface Stop {
  readonly why: string;
}

/**
 * One place where a person can stop every write at once. A port: never throws; absent means that
 * nobody did, and what could not be learnt is `unknown`, under which nothing is written either.
 */
export interface StopSwitch {
  readonly read: () => Promise<Reading<Stop>>;
}
