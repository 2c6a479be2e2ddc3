import type { Control } from "@bucket-warden/core/controls";

/** How bad drift of a control is; `score` on the scale that GitHub shows in words. */
interface Severity {
  readonly level: "error" | "warning";
  readonly score: `${number}`;
}

type Listed = ReadonlySet<string>;

/** Strangers are in. */
const critical: Listed = new Set<Control["id"]>(["public-policy", "access-points"]);

/** Nothing keeps strangers out any more, or those who would see them are blind. */
const high: Listed = new Set<Control["id"]>([
  "account-public-access",
  "public-access-block",
  "multi-region-access-points",
  "object-lambda",
  "trail-health",
]);

/** It opens nothing and hides nothing. */
const low: Listed = new Set<Control["id"]>(["mfa-delete", "versioning", "client-side-encryption"]);

/** Where Security Hub has the same control, this is what it says of it, but for the account's block. */
export function severityOf(control: string): Severity {
  if (critical.has(control)) return { level: "error", score: "9.5" };
  if (high.has(control)) return { level: "error", score: "8.0" };
  if (low.has(control)) return { level: "warning", score: "3.0" };
  return { level: "error", score: "5.5" };
}
