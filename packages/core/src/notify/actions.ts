import type { Finding } from "../model/finding.ts";
import type { Held } from "../model/plan.ts";
import type { ResourceRef } from "../model/ref.ts";

/**
 * Something that the reader of a notice can have done, as data: a button, a command or a request to a
 * function is made of it.
 */
export type NextAction = {
  readonly request: ActionRequest;
  /** The same by hand, once it is known where the functions are. */
  readonly commands?: Commands;
} /** Approves just the plan that was shown. */ & (
  | { readonly kind: "approve"; readonly control: string; readonly approval: string }
  /** Has one control repair what the baseline leaves to people. */
  | { readonly kind: "repair"; readonly control: string }
  /** Takes back what the ledger entry wrote. */
  | { readonly kind: "undo"; readonly entry: string }
  /** Accepts the drift of one control on this resource for some days. */
  | { readonly kind: "waive"; readonly control: string; readonly days: number }
  /** Shows what was done about the bucket, with diffs. */
  | { readonly kind: "history"; readonly entry: string }
);

/** A payload for one of the functions; `invoke` also wants `reason` and `requestedBy` from a person. */
export interface ActionRequest {
  readonly function: "invoke" | "history";
  readonly payload: Readonly<Record<string, unknown>>;
}

/** Command lines for a POSIX shell; words in angle brackets are left to the reader. */
export interface Commands {
  readonly aws: string;
  readonly warden?: string;
}

/** What one notice is about. */
export interface Matter {
  readonly on: ResourceRef;
  /** The id of the ledger entry that the message is about. */
  readonly entry: string;
  readonly finding?: Finding;
  readonly held?: Held;
}

/** How long a waiver lasts that somebody gives at the push of a button. */
const waiverDays = 7;

/** What can be done about trouble that was found, or about a repair. */
export function actionsAfter(matter: Matter, isRepair: boolean): readonly NextAction[] {
  const { finding, entry, on } = matter;
  const undo: NextAction = {
    kind: "undo",
    entry,
    request: { function: "invoke", payload: { undo: entry, mode: "apply" } },
  };
  if (isRepair) return [undo, ...historyOf(on, entry)];
  if (finding?.assessment.kind !== "drift") return historyOf(on, entry);
  const { control } = finding;
  const waive: NextAction = {
    kind: "waive",
    control,
    days: waiverDays,
    request: {
      function: "invoke",
      payload: { waive: control, ...whereOf(on), days: waiverDays, mode: "apply" },
    },
  };
  return [...decisionOn(finding, matter), waive, ...historyOf(on, entry)];
}

/** What a person may decide that the baseline does not, if anything. */
function decisionOn({ control, assessment }: Finding, { on, held }: Matter): readonly NextAction[] {
  const invoke = (payload: ActionRequest["payload"]): ActionRequest => ({
    function: "invoke",
    payload: { ...whereOf(on), ...payload, mode: "apply" },
  });
  const approval = held?.approval;
  if (approval !== undefined) {
    return [{ kind: "approve", control, approval, request: invoke({ approval }) }];
  }
  const isOpen = held !== undefined && held.kind !== "blocked";
  if (assessment.kind !== "drift" || !isOpen || assessment.intents.length === 0) return [];
  const { mode } = assessment.allowance;
  return mode === "automatic" || mode === "approval"
    ? [{ kind: "repair", control, request: invoke({ controls: [control] }) }]
    : [];
}

function historyOf(on: ResourceRef, entry: string): readonly NextAction[] {
  if (on.kind !== "bucket") return [];
  return [{ kind: "history", entry, request: { function: "history", payload: whereOf(on) } }];
}

function whereOf(on: ResourceRef): ActionRequest["payload"] {
  const { account } = on;
  return on.kind === "bucket" ? { bucket: on.name, account } : { account };
}
