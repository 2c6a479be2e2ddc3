import { assertNever } from "../../kernel/never.ts";
import type { LedgerEntry } from "../../model/entry.ts";
import type { SlackDeed, SlackUser } from "../../model/slack.ts";
import type { RichElement } from "./block-kit.ts";
import { cut, section, strong, words } from "./text.ts";

/** What somebody did with a message, and what came of it. */
export interface Press {
  /** That of the request: the same press told again is the same. */
  readonly id: string;
  readonly by: SlackUser;
  /** ISO 8601 */
  readonly at: string;
  readonly ask: SlackDeed;
  /** Why, where that was asked. */
  readonly reason?: string;
  /** Undefined as long as the work goes on. */
  readonly outcome?: PressOutcome;
}

/** `isDone`: what was asked for holds now, and there is nothing more to push. */
export interface PressOutcome {
  readonly isDone: boolean;
  readonly text: string;
}

/** One line: who did what, why and when, and what came of it. */
export function pressLine({ by, at, ask, reason, outcome }: Press): RichElement {
  const why = reason === undefined ? "" : `: ${cut(reason, 200)}`;
  const what = ` ${deedOf(ask)}${why} (${at.slice(0, 16).replace("T", " ")} UTC)\n`;
  const result = outcome === undefined ? "in work" : cut(outcome.text, 400);
  return section([{ type: "user", user_id: by.id }, words(what), strong(result)]);
}

function deedOf(ask: SlackDeed): string {
  switch (ask.kind) {
    case "approve":
      return `approved the plan of ${ask.control}`;
    case "repair":
      return `asked ${ask.control} to repair it`;
    case "undo":
      return "asked to undo it";
    case "waive":
      return `waived ${ask.control} for ${ask.days} days`;
    default:
      return assertNever(ask);
  }
}

/** What came of a press, from the ledger entry of its task; undefined while it is tried again. */
export function pressOutcome(ask: SlackDeed, entry: LedgerEntry): PressOutcome | undefined {
  const { outcome, plan, findings } = entry;
  if (outcome.kind === "retry") return undefined;
  if (ask.kind === "waive") return waived(ask.control, findings);
  const held = plan.held.find((it) => ask.kind === "undo" || it.control === controlOf(ask));
  if (held !== undefined) return { isDone: false, text: `not done: ${held.why}; ${held.next}` };
  switch (outcome.kind) {
    case "fixed":
      return { isDone: true, text: `done: written, read back, and right (${entry.endedAt})` };
    case "undone":
      return { isDone: true, text: `done: taken back and read back (${entry.endedAt})` };
    case "clean":
      return { isDone: true, text: "there was nothing left to do" };
    case "gone":
      return { isDone: true, text: "nothing was done: the resource is gone" };
    case "blocked":
      return { isDone: false, text: `not done: ${outcome.needs}` };
    case "flagged":
    case "awaiting-approval":
    case "contested":
    case "planned":
      return { isDone: false, text: `not done: ${outcome.kind}` };
    default:
      return assertNever(outcome);
  }
}

function controlOf(ask: SlackDeed): string | undefined {
  return ask.kind === "approve" || ask.kind === "repair" ? ask.control : undefined;
}

function waived(control: string, findings: LedgerEntry["findings"]): PressOutcome {
  const found = findings.find((it) => it.control === control)?.assessment;
  if (found?.kind === "waived") return { isDone: true, text: `waived until ${found.until}` };
  return { isDone: true, text: "waived; there is no drift of it now" };
}
