import {
  type Cover,
  coverOf,
  endOf,
  nearingDays,
  type Waiver,
  type Waivers,
} from "../baseline/index.ts";
import { dayMilliseconds } from "../kernel/clock.ts";
import type { ResourceRef } from "../model/ref.ts";
import type { Assessment, Drift, WaivedDrift } from "../model/verdict.ts";

/** What waivers make of what a control found. `now` in milliseconds since 1970. */
export function underWaivers(
  assessment: Assessment,
  waivers: Waivers,
  of: { readonly control: string; readonly ref: ResourceRef; readonly now: number },
): Assessment {
  if (assessment.kind !== "drift") return assessment;
  const cover = coverOf(waivers, of);
  switch (cover.kind) {
    case "waived":
      return waived(assessment, cover.waiver, of.now);
    case "unsure":
      return unsure(assessment, cover);
    case "none":
      return cover.lapsed === undefined ? assessment : lapsed(assessment, cover.lapsed);
  }
}

function waived({ summary, witness }: Drift, waiver: Waiver, now: number): WaivedDrift {
  const { approver, reason, ticket, expires: until } = waiver;
  return {
    kind: "waived",
    summary,
    ...(witness === undefined ? {} : { witness }),
    approver,
    reason,
    ...(ticket === undefined ? {} : { ticket }),
    until,
    ending: endingOf(waiver, now),
  };
}

function endingOf(waiver: Waiver, now: number): WaivedDrift["ending"] {
  const { approved, expires } = waiver;
  const days = (endOf(waiver) - now) / dayMilliseconds;
  // Whoever gave it a moment ago was told when it ends: what is short comes to mind by itself.
  const isMoment = expires.includes("T");
  if (isMoment && endOf(waiver) - Date.parse(approved) < 2 * dayMilliseconds) return "later";
  const [week, day] = nearingDays;
  if (days <= day) return "within-1-day";
  return days <= week && !isMoment ? "within-7-days" : "later";
}

/** Nobody can tell whether it is waived, so it is told and nothing is written. */
function unsure(drift: Drift, { why }: Extract<Cover, { kind: "unsure" }>): Drift {
  const allowance = { mode: "blocked", why, needs: "that waiver corrected or removed" } as const;
  return { ...drift, allowance, intents: [] };
}

/** Why it is looked at again. */
function lapsed(drift: Drift, { approver, expires }: Waiver): Drift {
  return { ...drift, summary: `${drift.summary} (waived by ${approver} until ${expires})` };
}
