import { controlIds } from "../baseline/index.ts";
import { dayMilliseconds, hourMilliseconds } from "../kernel/clock.ts";
import type { LedgerEntry } from "../model/entry.ts";
import type { WrittenReceipt } from "../model/receipt.ts";
import type { Task, WaiveTrigger } from "../model/trigger.ts";
import type { PinnedWaiver } from "./ledger.ts";

/** What an entry wrote to AWS, oldest first. */
export function writtenIn({ receipts }: LedgerEntry): readonly WrittenReceipt[] {
  return receipts.filter((it) => it.kind === "written");
}

/** The waiver under which nothing repairs at once what `task` takes back. `now` in milliseconds since 1970. */
export function waiverFor(
  task: Task,
  undone: LedgerEntry,
  { now, hours }: { readonly now: number; readonly hours: number },
): PinnedWaiver {
  const { id, ref, cause } = task;
  const written = new Set(writtenIn(undone).flatMap(({ step }) => step.controls));
  const asked = cause.kind === "manual" ? cause : { requestedBy: "nobody", reason: "not given" };
  return {
    id,
    waiver: {
      accounts: [ref.account],
      ...(ref.kind === "bucket" ? { buckets: [ref.name] } : {}),
      controls: controlIds.filter((control) => written.has(control)),
      reason: `ledger entry ${undone.id} was undone: ${asked.reason}`,
      approver: asked.requestedBy,
      approved: new Date(now).toISOString(),
      expires: new Date(now + hours * hourMilliseconds).toISOString(),
    },
  };
}

/** A clock that is a little behind shall honour a waiver at once: the next look could repair. */
const skewMilliseconds = 60_000;

/** The waiver that somebody asked for, on the resource of `task`. `now` in milliseconds since 1970. */
export function waiverGiven(
  { id, ref }: Task,
  { control, days, reason, requestedBy }: Omit<WaiveTrigger, "kind" | "id" | "account" | "mode">,
  now: number,
): PinnedWaiver {
  return {
    id,
    waiver: {
      accounts: [ref.account],
      ...(ref.kind === "bucket" ? { buckets: [ref.name] } : {}),
      controls: controlIds.filter((it) => it === control),
      reason,
      approver: requestedBy,
      approved: new Date(now - skewMilliseconds).toISOString(),
      expires: new Date(now + days * dayMilliseconds).toISOString(),
    },
  };
}

/** The same waiver, over now. */
export function ended({ id, waiver }: PinnedWaiver, now: number): PinnedWaiver {
  return { id, waiver: { ...waiver, expires: new Date(now).toISOString() } };
}
