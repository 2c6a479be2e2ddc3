import type { Fingerprint } from "../kernel/hash.ts";
import { fingerprint } from "../kernel/hash.ts";

export type Present<T> = {
  readonly state: "present";
  readonly value: T;
  readonly fingerprint: Fingerprint;
};

/** What AWS told us for certain. `absent` means "asked, and there is none". */
export type Known<T> = Present<T> | Absent;

export type Absent = { readonly state: "absent" };

/**
 * Why a reading is unknown. `gone` means that the resource itself does not exist (any more) in
 * the account that we expected.
 */
export type UnknownReason = "denied" | "throttled" | "failed" | "gone";

export type Unknown = {
  readonly state: "unknown";
  readonly reason: UnknownReason;
  /** The error as AWS named it, for people. */
  readonly detail: string;
};

/** `unknown` is never treated as `absent`: a denied or failed read proves nothing. */
export type Reading<T> = Known<T> | Unknown;

export const absent: Absent = { state: "absent" };

export function present<T>(value: T): Present<T> {
  return { state: "present", value, fingerprint: fingerprint(value) };
}

/** What is there; undefined when nothing is, or when it is not known whether there is. */
export function valueIn<T>(reading: Reading<T> | undefined): T | undefined {
  return reading?.state === "present" ? reading.value : undefined;
}

/** A text that is equal exactly when two readings saw the same thing; `unknown` equals nothing. */
export function printOf(reading: Reading<unknown>): string | undefined {
  switch (reading.state) {
    case "present":
      return reading.fingerprint;
    case "absent":
      return "absent";
    case "unknown":
      return undefined;
  }
}
