import { assertNever } from "../kernel/never.ts";
import type { Finding } from "../model/finding.ts";
import type { Held } from "../model/plan.ts";
import type { Assessment } from "../model/verdict.ts";

type Drift = Extract<Assessment, { kind: "drift" }>;

interface Leave {
  readonly mode: Finding["mode"];
  /** A person named this control and asked for it to be applied. */
  readonly asked: boolean;
}

/** Why a drift gets no step, or undefined when it may be repaired: the one place that decides it. */
export function holdBack(
  control: string,
  leave: Leave,
  { allowance, summary }: Drift,
): Held | undefined {
  switch (allowance.mode) {
    case "report-only":
      return { control, kind: "flagged", why: allowance.why, next: allowance.command ?? byHand };
    case "blocked": {
      const { why, needs, behind } = allowance;
      const held = { control, kind: "blocked", why, next: `needs ${needs}` } as const;
      // Where nothing is repaired automatically, nobody clears the way either.
      const clears = behind !== undefined && (leave.mode === "remediate" || leave.asked);
      return clears ? { ...held, behind } : held;
    }
    case "approval":
      return leave.asked || leave.mode === "alert"
        ? onlyAlert(control, leave, allowance.why)
        : { control, kind: "approval", why: allowance.why, next: ask(control) };
    case "automatic":
      return leave.mode === "approve" && !leave.asked
        ? { control, kind: "approval", why: summary, next: ask(control) }
        : onlyAlert(control, leave, summary);
    default:
      return assertNever(allowance);
  }
}

function onlyAlert(control: string, { mode, asked }: Leave, why: string): Held | undefined {
  if (mode !== "alert" || asked) return undefined;
  return { control, kind: "flagged", why, next: `the baseline only alerts; ${ask(control)}` };
}

const byHand = "a person has to change it";

function ask(control: string): string {
  return `to repair it, invoke with mode "apply" and controls ["${control}"]`;
}
