import { tellCallers } from "./callers.ts";
import { isoTime } from "./kernel/index.ts";
import type { FindingStates, LedgerEntry, Plan, PlanStep, Receipt } from "./model/index.ts";
import { actionsAfter, type Change, type Notice, noticesOf } from "./notify/index.ts";
import { editControl } from "./overwritten.ts";
import { diffOf } from "./plan/index.ts";
import { isWorthRecording, keepStanding, statesAfter, whoCaused } from "./record/index.ts";
import type { Ports, Report, Scope, Story } from "./story.ts";
import { pendingControls } from "./verify/index.ts";

/** What people know after a story, and of what of it they hear. */
function newsIn(scope: Scope, story: Story) {
  const { before, after, known, receipts, outcome } = story;
  const pending = pendingControls({ ...story, findings: after, delivery: scope.delivery });
  const struggle = { ...story, ...scope.limits.contested, now: scope.now, cause: scope.task.cause };
  const now = outcome.kind === "gone" ? {} : statesAfter(known, pending, struggle);
  return { before, after, receipts, told: known, now, pending };
}

/**
 * Whether concluding a story would leave everything as it is: nothing is recorded, nobody is told, and what
 * people know stays what it was.
 */
export function leavesAllAsIs(scope: Scope, story: Story): boolean {
  const { task } = scope;
  const { plan, told, receipts, outcome, known } = story;
  const seen = newsIn(scope, story);
  const isNews = noticesOf({ ...seen, plan }).length > 0 || !isSame(seen.now, known);
  return !isNews && !isWorthRecording({ outcome, task, receipts: [...told, ...receipts] }, false);
}

function isSame(now: FindingStates, known: FindingStates): boolean {
  return JSON.stringify(now) === JSON.stringify(known);
}

/** The last two stages of the path: the story becomes a ledger entry, and news for people. */
export async function conclude(scope: Scope, story: Story, ports: Ports): Promise<Report> {
  const { task, on } = scope;
  const { startedAt, before, known, receipts, outcome, isRecorded } = story;
  const { ledger, channel } = ports;
  const endedAt = isoTime(ports.clock);
  const seen = newsIn(scope, story);
  const { now, pending } = seen;
  const told = noticesOf({ ...seen, plan: story.plan }).map(({ control }) => control);
  const plan = await tellCallers(story.plan, scope, new Set(told), ports);
  const news = noticesOf({ ...seen, plan });
  const reads = new Map(scope.selected.map(({ id, needs }) => [id, needs(on, scope.settings)]));
  const who = await whoCaused({ task, before, told, reads, until: startedAt }, ports.history);
  const notices = news.map((notice) => ({
    ...notice,
    ...who(notice.control),
    actions: actionsFor(notice, scope, story),
  }));
  const findings = before.map((finding) => ({ ...finding, ...who(finding.control) }));

  const facts = { id: task.id, task, startedAt, endedAt, findings, plan, outcome };
  const all = { receipts: [...story.told, ...receipts], pending: [...pending] };
  const entry: LedgerEntry = { ...facts, ...all, announced: notices.length === 0 };
  const isNews = notices.length > 0 || !isSame(now, known);
  const recorded = isWorthRecording(entry, isNews || isRecorded);
  if (recorded) await ledger.save(entry);
  if (notices.length > 0) {
    const changes = changesOf(receipts);
    const proposals = proposalsOf(plan, notices);
    const said = { notices, changes, proposals };
    await channel.publish({ id: task.id, on, cause: task.cause, at: endedAt, ...said });
  }
  const open = { before: withoutEdit(known), now: withoutEdit(now) };
  await keepStanding(ledger, on, { ...open, at: endedAt });
  await ledger.saveFindingStates(on, now);
  const announced = { ...entry, announced: true };
  if (recorded && !entry.announced) await ledger.save(announced);
  return { entry: announced, behind: plan.held.flatMap(({ behind }) => behind ?? []) };
}

/** No later look says anything of an edit again, so that it would stay open for ever. */
function withoutEdit({ [editControl]: _, ...states }: FindingStates): FindingStates {
  return states;
}

/** The finding as it is now: what was repaired needs no decision any more. */
function actionsFor({ kind, control }: Notice, { on, task }: Scope, story: Story) {
  // What is no control can be neither asked for nor waived.
  const finding =
    control === editControl ? undefined : story.after.find((it) => it.control === control);
  const held = story.plan.held.find((it) => it.control === control);
  const about = {
    on,
    entry: task.id,
    ...(finding === undefined ? {} : { finding }),
    ...(held === undefined ? {} : { held }),
  };
  return actionsAfter(about, kind === "fixed");
}

/** What was written, for people. */
export function changesOf(receipts: readonly Receipt[]): readonly Change[] {
  return receipts.filter(({ kind }) => kind === "written").map(({ step }) => changeOf(step));
}

/** What waits for the approval of those who hear of it now. */
function proposalsOf({ held }: Plan, notices: readonly Notice[]): readonly Change[] {
  const told = new Set(notices.map(({ control }) => control));
  const waiting = held.filter(({ kind, control }) => kind === "approval" && told.has(control));
  return waiting.flatMap(({ wanted = [] }) => wanted.map(changeOf));
}

function changeOf(step: PlanStep): Change {
  return { document: step.document, controls: step.controls, diff: diffOf(step) };
}
