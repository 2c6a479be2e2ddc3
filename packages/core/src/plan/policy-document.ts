import { assertNever } from "../kernel/never.ts";
import type { Held } from "../model/plan.ts";
import { type EnsureResult, ensure, ensureStatement, type RevertResult } from "../policy/index.ts";
import { withEdit } from "./edit.ts";
import type { WishFor } from "./wish.ts";

type PolicyWish = WishFor<"policy">;

export interface Amended {
  /** The new document; undefined when nothing has to be written. */
  readonly text: string | undefined;
  readonly controls: readonly string[];
  readonly refused: readonly Held[];
}

/**
 * Applies the wishes of several controls to one policy, one after the other; what others wrote comes
 * first, so that our statements hold on top of it.
 */
export function amendPolicy(wishes: readonly PolicyWish[], before: string | undefined): Amended {
  let text = before;
  const controls = new Set<string>();
  const refused: Held[] = [];
  const isEdit = ({ intent }: PolicyWish) => intent.kind === "redo-edit";
  const inOrder = [...wishes.filter(isEdit), ...wishes.filter((it) => !isEdit(it))];
  for (const { control, intent } of inOrder) {
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

type Amendment = EnsureResult | Exclude<RevertResult, { readonly kind: "conflict" }>;

function amend(text: string | undefined, intent: PolicyWish["intent"]): Amendment {
  switch (intent.kind) {
    case "ensure-guarantee":
      return ensure(text, intent.guarantee);
    case "ensure-statement":
      return ensureStatement(text, intent.statement);
    case "redo-edit":
      return withEdit(text, intent);
    default:
      return assertNever(intent);
  }
}

function refusal(control: string, result: Extract<EnsureResult, { kind: "refused" }>): Held {
  return { control, kind: "blocked", why: result.why, next: result.remedy };
}
