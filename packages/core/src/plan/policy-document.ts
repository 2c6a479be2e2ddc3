import type { Held } from "../model/plan.ts";
import { type EnsureResult, ensure, ensureStatement } from "../policy/index.ts";
import type { WishFor } from "./wish.ts";

type PolicyWish = WishFor<"policy">;

export interface Amended {
  /** The new document; undefined when nothing has to be written. */
  readonly text: string | undefined;
  readonly controls: readonly string[];
  readonly refused: readonly Held[];
}

/** Applies the wishes of several controls to one policy, one after the other. */
export function amendPolicy(wishes: readonly PolicyWish[], before: string | undefined): Amended {
  let text = before;
  const controls = new Set<string>();
  const refused: Held[] = [];
  for (const { control, intent } of wishes) {
    const result = amend(text, intent);
    if (result.kind === "refused") {
      refused.push(refusal(control, result));
      continue;
    }
    if (result.kind === "changed") text = result.text;
    // What an earlier wish wrote may already be all that this one wanted.
    if (text !== before) controls.add(control);
  }
  return { text: text === before ? undefined : text, controls: [...controls], refused };
}

function amend(text: string | undefined, intent: PolicyWish["intent"]): EnsureResult {
  return intent.kind === "ensure-guarantee"
    ? ensure(text, intent.guarantee)
    : ensureStatement(text, intent.statement);
}

function refusal(control: string, result: Extract<EnsureResult, { kind: "refused" }>): Held {
  return { control, kind: "blocked", why: result.why, next: result.remedy };
}
