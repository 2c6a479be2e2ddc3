import { assertNever } from "./kernel/index.ts";
import type {
  Assessment,
  Finding,
  FindingStates,
  PolicyText,
  Readings,
  Task,
} from "./model/index.ts";
import { withEdit } from "./plan/index.ts";
import { type OverwrittenEdit, overwrittenEdit } from "./record/index.ts";
import type { Ports, Scope } from "./story.ts";

/** Under this name people hear of an edit that a write of ours replaced unseen. It is no control. */
export const editControl = "overwritten-edit";

interface Seen {
  readonly readings: Readings;
  readonly known: FindingStates;
  readonly waivers: Scope["waivers"];
}

/** The edit behind this task, where one of our writes replaced it unseen. */
export async function editBehind(
  { task, delivery }: Pick<Scope, "task" | "delivery">,
  { readings: { policy }, known, waivers }: Seen,
  { ledger }: Pick<Ports, "ledger">,
): Promise<Pick<Scope, "edit">> {
  if (policy === undefined || policy.state === "unknown") return {};
  // Undoing leaves a waiver of its own.
  const wasUndone = waivers.valid.length > delivery.baseline.waivers.valid.length;
  const edit = await overwrittenEdit({ task, policy, known, wasUndone }, ledger);
  return edit === undefined ? {} : { edit };
}

/** How the policy stands to the edit that was overwritten; nothing where none was. */
export function editFindings(
  { task, edit }: Pick<Scope, "task" | "edit">,
  { policy }: Readings,
): readonly Finding[] {
  if (edit === undefined || policy === undefined || policy.state === "unknown") return [];
  const now = policy.state === "present" ? policy.value : undefined;
  return [{ control: editControl, mode: "remediate", assessment: assess(task, edit, now) }];
}

function assess(task: Task, edit: OverwrittenEdit, now: PolicyText | undefined): Assessment {
  const { claim } = edit;
  switch (claim.kind) {
    case "unseen":
      return leftToPeople(task, edit, "the record of the call does not show what it wrote");
    case "removed":
      return assessEdit(task, edit, { now: now?.text, edited: undefined });
    case "put":
      return assessEdit(task, edit, { now: now?.text, edited: claim.text });
    default:
      return assertNever(claim);
  }
}

interface Texts {
  readonly now: string | undefined;
  readonly edited: string | undefined;
}

function assessEdit(task: Task, edit: OverwrittenEdit, { now, edited }: Texts): Assessment {
  const base = edit.base.state === "present" ? edit.base.value.text : undefined;
  const result = withEdit(now, { base, edited });
  switch (result.kind) {
    case "unchanged":
      return { kind: "compliant", evidence: "the policy has what that call changed" };
    case "refused":
      return leftToPeople(task, edit, `${result.why}: ${result.remedy}`);
    case "changed": {
      if (!edit.isCertain) return leftToPeople(task, edit, "that call may be older than that");
      // Only the removal of what we wrote as well would leave nothing.
      if (result.text === undefined) return leftToPeople(task, edit, "no statement would be left");
      const intent = { document: "policy", kind: "redo-edit", base, edited } as const;
      return { ...driftIn(task, edit), allowance: { mode: "automatic" }, intents: [intent] };
    }
    default:
      return assertNever(result);
  }
}

function leftToPeople(task: Task, edit: OverwrittenEdit, why: string): Assessment {
  const command = `compare the policy with what that call wrote, which ledger entry ${task.id} and CloudTrail hold, and write what is meant`;
  return { ...driftIn(task, edit), allowance: { mode: "report-only", why, command }, intents: [] };
}

function driftIn({ cause }: Task, { by }: OverwrittenEdit) {
  const call =
    cause.kind === "event"
      ? `${cause.eventName} by ${cause.actor.role ?? cause.actor.arn} (event ${cause.eventId}, ${cause.eventTime})`
      : "a call on the policy";
  const summary = `${call} came between a look of ours and our write, which replaced it unseen (ledger entry ${by})`;
  return { kind: "drift", summary } as const;
}
