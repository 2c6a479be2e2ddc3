import { hash } from "node:crypto";
import type { Brand } from "./brand.ts";
import { canonicalJson } from "./json.ts";

/** Identifies a value: equal values have equal fingerprints, whatever the order of their keys. */
export type Fingerprint = Brand<string, "Fingerprint">;

/** SHA-256 of the canonical JSON of `value`, 32 hex digits. Not for secrets: it is not salted. */
export function fingerprint(value: unknown): Fingerprint {
  const digest = hash("sha256", canonicalJson(value), "hex");
  return digest.slice(0, 32) as Fingerprint; // the only place that makes one
}
