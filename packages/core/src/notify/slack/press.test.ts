import { expect, test } from "vitest";
import { invoices as on } from "../../../../../test/controls/readings.ts";
import type { LedgerEntry } from "../../model/entry.ts";
import type { Finding } from "../../model/finding.ts";
import type { Outcome } from "../../model/outcome.ts";
import type { Held } from "../../model/plan.ts";
import type { SlackDeed } from "../../model/slack.ts";
import { pressLine, pressOutcome } from "./press.ts";

const endedAt = "2026-11-21T10:15:00.000Z";
const approve: SlackDeed = { kind: "approve", on, control: "ssl-only", approval: "a/b/c" };
const repair: SlackDeed = { kind: "repair", on, control: "ssl-only" };
const undo: SlackDeed = { kind: "undo", on, entry: "e-1" };
const waive: SlackDeed = { kind: "waive", on, control: "ssl-only", days: 7 };

function entry(
  outcome: Outcome,
  { held = [], findings = [] }: { held?: readonly Held[]; findings?: readonly Finding[] } = {},
): LedgerEntry {
  const cause = { kind: "manual", requestId: "r", requestedBy: "x", reason: "y" } as const;
  return {
    id: "e-2",
    task: { id: "e-2", ref: on, cause, mode: "apply", touches: "all" },
    startedAt: endedAt,
    endedAt,
    findings,
    plan: { on, basedOn: {}, steps: [], held },
    receipts: [],
    outcome,
    announced: true,
    pending: [],
  };
}

const stale: Held = {
  control: "ssl-only",
  kind: "approval",
  why: "the approval is stale",
  next: "look again",
};
const controls = ["ssl-only"];

test.each<{ name: string; ask: SlackDeed; of: LedgerEntry; says: string; isDone: boolean }>([
  {
    name: "an approved plan that was written",
    ask: approve,
    of: entry({ kind: "fixed", controls }),
    says: `done: written, read back, and right (${endedAt})`,
    isDone: true,
  },
  {
    name: "an approval that came too late",
    ask: approve,
    of: entry({ kind: "awaiting-approval", controls }, { held: [stale] }),
    says: "not done: the approval is stale; look again",
    isDone: false,
  },
  {
    name: "a repair beside which something else is held",
    ask: repair,
    of: entry({ kind: "fixed", controls }, { held: [{ ...stale, control: "cors" }] }),
    says: `done: written, read back, and right (${endedAt})`,
    isDone: true,
  },
  {
    name: "a repair that somebody else made",
    ask: repair,
    of: entry({ kind: "clean" }),
    says: "there was nothing left to do",
    isDone: true,
  },
  {
    name: "a repair that is stopped",
    ask: repair,
    of: entry({ kind: "blocked", controls, needs: "needs the stop switch off" }),
    says: "not done: needs the stop switch off",
    isDone: false,
  },
  {
    name: "a repair that does not last",
    ask: repair,
    of: entry({ kind: "contested", controls }),
    says: "not done: contested",
    isDone: false,
  },
  {
    name: "an undo",
    ask: undo,
    of: entry({ kind: "undone", controls }),
    says: `done: taken back and read back (${endedAt})`,
    isDone: true,
  },
  {
    name: "an undo that would lose what somebody wrote",
    ask: undo,
    of: entry({ kind: "blocked", controls, needs: "a person" }, { held: [stale] }),
    says: "not done: the approval is stale; look again",
    isDone: false,
  },
  {
    name: "a bucket that was deleted",
    ask: undo,
    of: entry({ kind: "gone" }),
    says: "nothing was done: the resource is gone",
    isDone: true,
  },
  {
    name: "a waiver",
    ask: waive,
    of: entry({ kind: "clean" }, { findings: [waived("ssl-only")] }),
    says: "waived until 2026-11-28T10:15:00.000Z",
    isDone: true,
  },
  {
    name: "a waiver of what is right meanwhile",
    ask: waive,
    of: entry({ kind: "clean" }, { findings: [waived("cors")] }),
    says: "waived; there is no drift of it now",
    isDone: true,
  },
])("what came of $name", ({ ask, of, says, isDone }) => {
  expect(pressOutcome(ask, of)).toEqual({ isDone, text: says });
});

test("what is tried again has no outcome yet", () => {
  expect(pressOutcome(undo, entry({ kind: "retry", afterSeconds: 3, why: "" }))).toBeUndefined();
});

test.each([
  [approve, "approved the plan of ssl-only (2026-11-21 11:00 UTC)"],
  [repair, "asked ssl-only to repair it (2026-11-21 11:00 UTC)"],
  [undo, "asked to undo it (2026-11-21 11:00 UTC)"],
  [{ ...waive, reason: "a move" }, "waived ssl-only for 7 days: a move (2026-11-21 11:00 UTC)"],
])("a press says who did what, and when", (asked, says) => {
  const { reason, ...ask } = { reason: undefined, ...asked };
  const why = reason === undefined ? {} : { reason };
  const at = "2026-11-21T11:00:00.000Z";
  expect(pressLine({ id: "r-1", by: { id: "U0ALICE" }, at, ask, ...why })).toEqual({
    type: "rich_text_section",
    elements: [
      { type: "user", user_id: "U0ALICE" },
      { type: "text", text: ` ${says}\n` },
      { type: "text", text: "in work", style: { bold: true } },
    ],
  });
});

function waived(control: string): Finding {
  return {
    control,
    mode: "remediate",
    assessment: {
      kind: "waived",
      summary: "plain HTTP is not denied",
      approver: "alice",
      reason: "a move",
      until: "2026-11-28T10:15:00.000Z",
      ending: "later",
    },
  };
}
