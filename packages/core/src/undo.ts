import { type Settings, settingsFor } from "./baseline/index.ts";
import { changesOf } from "./conclude.ts";
import { InputError, isoTime } from "./kernel/index.ts";
import { noteChange } from "./looked.ts";
import type { LedgerEntry, Outcome, Plan, Readings, Receipt, Task } from "./model/index.ts";
import { actionsAfter, type Notice, undoNotices } from "./notify/index.ts";
import { isGone, observe } from "./observe/index.ts";
import { conflictLines, documentsOf, planUndo, unlessStopped } from "./plan/index.ts";
import {
  earlierWork,
  ended,
  holds,
  type PinnedWaiver,
  waiverFor,
  writtenIn,
} from "./record/index.ts";
import { lookUntil } from "./settle.ts";
import type { Ports, Report, Terms } from "./story.ts";
import { judgeUndo } from "./verify/index.ts";
import { write } from "./write.ts";

/**
 * Takes back what one ledger entry wrote, in the usual way: observe, plan, apply, verify, record, notify.
 * The controls behind it are waived before anything is written, so that nothing repairs it at once; an
 * undo of an undo ends that waiver instead. Throws like `reconcile`, and InputError where the ledger
 * has no such entry (any more).
 */
export async function undo(task: Task, terms: Terms, ports: Ports): Promise<Report> {
  const startedAt = isoTime(ports.clock);
  const scope = await scopeOf(task, terms, ports);
  const readings = await look(scope, ports);
  const wanted = planUndo(writtenIn(scope.undone), readings, task.ref);
  const plan = task.mode === "plan" ? wanted : await unlessStopped(wanted, ports.stopSwitch.read);
  const empty = { startedAt, plan, told: [], receipts: [], unlanded: [] };
  if (task.mode === "plan") {
    const outcome: Outcome = isGone(readings)
      ? { kind: "gone" }
      : { kind: "planned", steps: plan.steps.length };
    return { entry: entryOf(scope, { ...empty, outcome }, ports), behind: [] };
  }
  const [earlier] = await Promise.all([
    ports.ledger.earlier(task.id),
    noteChange(task, terms, ports),
  ]);
  const until = await pin(scope, plan, ports);
  const { receipts: written } = await write(plan, scope, ports);
  const after = await settle(scope, { readings, written }, ports);
  const { told, untold } = earlierWork(earlier, after, written);
  const receipts = [...untold, ...written];
  const unlanded = unlandedIn(receipts, after);
  const judged = judgeUndo({ plan, readings, receipts, told, unlanded, delivery: terms });
  const outcome = judged.kind === "clean" ? await saidBefore(judged, scope, ports) : judged;
  if (outcome.kind === "undone") await unpin(scope, ports);
  return conclude(scope, { startedAt, plan, told, receipts, unlanded, outcome, ...until }, ports);
}

interface Scope {
  readonly task: Task;
  readonly delivery: Terms;
  readonly settings: Settings;
  readonly undoHours: number;
  /** The entry that is to be undone. */
  readonly undone: LedgerEntry;
}

interface Story {
  readonly startedAt: string;
  readonly plan: Plan;
  /** What earlier deliveries did and people know. */
  readonly told: readonly Receipt[];
  readonly receipts: readonly Receipt[];
  readonly unlanded: readonly Receipt[];
  readonly outcome: Outcome;
  readonly until?: string;
}

async function scopeOf(task: Task, delivery: Terms, { ledger }: Ports): Promise<Scope> {
  const { baseline } = delivery;
  const undone = await ledger.find(task.undo ?? "");
  if (undone === undefined) {
    throw new InputError({
      place: "task.undo",
      problem: `there is no ledger entry ${task.undo}`,
      remedy: "Give the id of an entry that the history of the resource shows.",
    });
  }
  const { undoHours } = baseline.limits;
  return { task, delivery, undone, undoHours, settings: settingsFor(baseline, task.ref) };
}

function look({ task, settings, undone }: Scope, { reader }: Ports): Promise<Readings> {
  return observe(reader, task.ref, { facets: new Set(documentsOf(writtenIn(undone))), settings });
}

/** Waives the controls, and tells until when; an undo of an undo waives nothing. */
async function pin(
  { task, undone, undoHours }: Scope,
  { steps }: Plan,
  { ledger, clock }: Ports,
): Promise<{ readonly until?: string }> {
  if (undone.task.undo !== undefined) return {};
  const known = await pinnedBy(task.id, task, ledger);
  const pinned = known ?? waiverFor(task, undone, { now: clock.now(), hours: undoHours });
  if (known === undefined && steps.length > 0) await ledger.saveWaiver(task.ref, pinned);
  return { until: pinned.waiver.expires };
}

/** What an undo had waived is watched again once that undo is undone. */
async function unpin({ task, undone }: Scope, { ledger, clock }: Ports): Promise<void> {
  if (undone.task.undo === undefined) return;
  const pinned = await pinnedBy(undone.id, task, ledger);
  if (pinned !== undefined) await ledger.saveWaiver(task.ref, ended(pinned, clock.now()));
}

async function pinnedBy(
  id: string,
  { ref }: Task,
  ledger: Ports["ledger"],
): Promise<PinnedWaiver | undefined> {
  return (await ledger.waivers(ref)).find((it) => it.id === id);
}

/** Nothing to undo: mostly because somebody did already, which then is the news. */
async function saidBefore(clean: Outcome, scope: Scope, { ledger }: Ports): Promise<Outcome> {
  const { task, undone } = scope;
  for await (const { id, task: by, outcome, endedAt: at } of ledger.entriesOf(task.ref)) {
    if (by.undo !== undone.id || outcome.kind !== "undone") continue;
    const { cause } = by;
    const who = cause.kind === "manual" ? { by: cause.requestedBy } : {};
    return { kind: "clean", undone: { entry: id, at, ...who } };
  }
  return clean;
}

async function settle(
  scope: Scope,
  { readings, written }: { readonly readings: Readings; readonly written: readonly Receipt[] },
  ports: Ports,
): Promise<Readings> {
  if (!written.some(({ kind }) => kind === "written")) return readings;
  const isLanded = (seen: Readings) => unlandedIn(written, seen).length === 0;
  const until = { ...scope.delivery, clock: ports.clock };
  return lookUntil(() => look(scope, ports), isLanded, until);
}

function unlandedIn(receipts: readonly Receipt[], readings: Readings): readonly Receipt[] {
  return receipts.filter(({ kind, step }) => kind === "written" && !holds(step, readings));
}

async function conclude(scope: Scope, story: Story, ports: Ports): Promise<Report> {
  const { task } = scope;
  const { outcome, plan, receipts } = story;
  const notices = isQuiet(outcome) ? [] : noticesOf(scope, story);
  const entry = { ...entryOf(scope, story, ports), announced: notices.length === 0 };
  await ports.ledger.save(entry);
  const announced = { ...entry, announced: true };
  if (notices.length === 0) return { entry: announced, behind: [] };
  const { id, ref: on, cause } = task;
  const changes = changesOf(receipts);
  await ports.channel.publish({ id, on, cause, at: entry.endedAt, notices, changes });
  await ports.ledger.save(announced);
  return { entry: announced, behind: plan.held.flatMap(({ behind }) => behind ?? []) };
}

/** Nothing happened, or it is not over. */
function isQuiet({ kind }: Outcome): boolean {
  return kind === "clean" || kind === "gone" || kind === "retry";
}

function noticesOf({ task, undone }: Scope, story: Story): readonly Notice[] {
  return undoNotices({ entry: undone.id, ...story }).map((bare) => {
    const about = { on: task.ref, entry: task.id };
    const notice = { ...bare, actions: actionsAfter(about, bare.kind === "undone") };
    const held = story.plan.held.find(({ control }) => control === notice.control);
    const conflicts = (held?.conflicts ?? []).flatMap(conflictLines);
    return conflicts.length === 0 ? notice : { ...notice, conflicts };
  });
}

function entryOf({ task }: Scope, story: Story, { clock }: Ports): LedgerEntry {
  const { startedAt, plan, told, receipts, outcome } = story;
  const pending = outcome.kind === "retry" ? receipts.flatMap(({ step }) => step.controls) : [];
  return {
    id: task.id,
    task,
    startedAt,
    endedAt: isoTime(clock),
    findings: [],
    plan,
    receipts: [...told, ...receipts],
    outcome,
    announced: false,
    pending: [...new Set(pending)],
  };
}
