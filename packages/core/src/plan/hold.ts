import { assertNever } from "../kernel/never.ts";
import type { Finding } from "../model/finding.ts";
import type { Held } from "../model/plan.ts";
import type { Allowance, Drift } from "../model/verdict.ts";
import { askFor } from "./ask.ts";

interface Leave {
  readonly mode: Finding["mode"];
  /** A person named this control and asked for it. */
  readonly asked: boolean;
}

/** Why a drift gets no step, or undefined when it may be repaired: the one place that decides it. */
export function holdBack(control: string, leave: Leave, drift: Drift): Held | undefined {
  const { allowance, summary, intents } = drift;
  switch (allowance.mode) {
    case "report-only":
      return { control, kind: "flagged", why: allowance.why, next: allowance.command ?? byHand };
    case "blocked":
      return blocked(control, leave, allowance);
    case "approval":
    case "automatic": {
      const why = allowance.mode === "approval" ? allowance.why : summary;
      // Nothing to offer: asking for it would lead nowhere.
      if (intents.length === 0) return { control, kind: "flagged", why, next: byHand };
      return withoutLeave(control, leave, { why, asks: allowance.mode === "approval" });
    }
    default:
      return assertNever(allowance);
  }
}

function blocked(
  control: string,
  { mode, asked }: Leave,
  { why, needs, behind }: Extract<Allowance, { mode: "blocked" }>,
): Held {
  const held = { control, kind: "blocked", why, next: `needs ${needs}` } as const;
  // Where nothing is repaired automatically, nobody clears the way either.
  const clears = behind !== undefined && (mode === "remediate" || asked);
  return clears ? { ...held, behind } : held;
}

function withoutLeave(
  control: string,
  { mode, asked }: Leave,
  { why, asks }: { readonly why: string; readonly asks: boolean },
): Held | undefined {
  if (asked) return undefined;
  const ask = `to repair it, ${askFor(control)}`;
  if (mode === "alert") {
    return { control, kind: "flagged", why, next: `the baseline only alerts; ${ask}` };
  }
  return asks || mode === "approve" ? { control, kind: "approval", why, next: ask } : undefined;
}

const byHand = "a person has to change it";
