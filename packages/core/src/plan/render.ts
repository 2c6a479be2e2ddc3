import { structuredPatch } from "diff";
import type { PlanStep } from "../model/plan.ts";

/** What a step would change, as lines: ` ` kept, `-` taken away, `+` added; three lines around each. */
export function diffOf(step: PlanStep): readonly string[] {
  const patch = structuredPatch("before", "after", beforeText(step), afterText(step), "", "", {
    context: 3,
  });
  return patch.hunks.flatMap(({ lines }) => lines).filter((line) => !line.startsWith("\\"));
}

function beforeText(step: PlanStep): string {
  return step.before.state === "absent" ? "" : readable(step.document, step.before.value);
}

function afterText(step: PlanStep): string {
  return readable(step.document, step.after);
}

function readable(document: PlanStep["document"], value: object): string {
  if (document === "policy" && "text" in value) return `${pretty(String(value.text))}\n`;
  if ("rule" in value) return `${JSON.stringify(value.rule, undefined, 2)}\n`;
  if ("enabled" in value) return `${JSON.stringify(value.enabled, undefined, 2)}\n`;
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

/** One member a line, so that a diff shows which statement came or went. */
function pretty(policy: string): string {
  try {
    return JSON.stringify(JSON.parse(policy), undefined, 2);
  } catch {
    return policy; // not JSON: better shown as it is than not at all
  }
}
