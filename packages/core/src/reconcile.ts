import { tellCallers } from "./callers.ts";
import { conclude } from "./conclude.ts";
import { isoTime } from "./kernel/index.ts";
import { noteChange, noteLook } from "./looked.ts";
import type {
  Finding,
  FindingStates,
  LedgerEntry,
  Look,
  Outcome,
  Plan,
  Readings,
  Receipt,
  Task,
} from "./model/index.ts";
import { editBehind } from "./overwritten.ts";
import { asPlanned, isBudgeted, unlessStopped } from "./plan/index.ts";
import { type EarlierDeliveries, earlierWork, foundAtFirst } from "./record/index.ts";
import {
  type Frame,
  findingsIn,
  frameOf,
  judged,
  look,
  nothingIsThere,
  see,
  waiversOn,
} from "./seeing.ts";
import { lookUntil } from "./settle.ts";
import type { LookPorts, Ports, Report, Scope, Story, Terms } from "./story.ts";
import { isPatient, judge, notLanded, retryOutcome } from "./verify/index.ts";
import { write } from "./write.ts";

export type { LookPorts, Ports, Report, Terms } from "./story.ts";

/**
 * The whole path for one resource: observe, drift, plan, apply, verify, record, notify.
 * Throws only when ledger or channel fail; the task must then be delivered again, and doing it twice
 * is doing it once.
 */
export async function reconcile(task: Task, terms: Terms, ports: Ports): Promise<Report> {
  if (task.undo !== undefined) return (await import("./undo.ts")).undo(task, terms, ports);
  const startedAt = isoTime(ports.clock);
  const frame = await frameOf(task, terms, ports);
  if (task.mode === "plan") return planOnly(frame, startedAt, ports);

  const [readings, earlier, known, waivers] = await Promise.all([
    look(frame, ports),
    ports.ledger.earlier(task.id),
    ports.ledger.findingStates(frame.on),
    waiversOn(frame, ports),
    foreseeStop(frame, ports),
    noteChange(task, terms, ports),
  ]);
  const edit = await editBehind(frame, { readings, known, waivers }, ports);
  const scope: Scope = { ...frame, waivers, ...edit };
  if (nothingIsThere(scope, readings)) {
    const gone = await conclude(scope, goneStory(scope, startedAt, { earlier, known }), ports);
    return { ...gone, ...(await surveyed(scope, false, ports)) };
  }
  const { findings: before, contested, wanted } = judged(scope, readings, known, earlier.entry);
  if (task.survey !== undefined && wouldWrite(wanted)) {
    const outcome: Outcome = { kind: "planned", steps: wanted.steps.length };
    const only = onlyPlanned({ scope, startedAt, findings: before, plan: wanted, outcome }, ports);
    const saw = { readings, findings: before, known, receipts: [], outcome };
    await noteLook(scope, saw, startedAt, ports);
    return { ...only, ...(await surveyed(scope, true, ports)) };
  }
  const unstopped = await unlessStopped(asPlanned(wanted, task), ports.stopSwitch.read);
  const budget = budgetOf(scope);
  const { plan, receipts: written } = await write(unstopped, { ...scope, ...budget }, ports);
  const after = await settle(scope, { readings, findings: before }, written, ports);
  const { told, untold } = earlierWork(earlier, after.readings, written);
  const receipts = [...untold, ...written];
  const outcome = judge({ plan, receipts, findings: after.findings, delivery: terms });
  const atFirst = foundAtFirst(before, earlier);
  const seen = { before: atFirst, after: after.findings, known, contested };
  const isRecorded = earlier.entry !== undefined;
  const ending = { plan, told, receipts, outcome, isRecorded };
  const story = withEarlierWrites({ startedAt, ...seen, ...ending });
  const report = await conclude(scope, story, ports);
  await noteLook(
    scope,
    { ...after, known, receipts: report.entry.receipts, outcome },
    startedAt,
    ports,
  );
  return { ...report, ...(await surveyed(scope, false, ports)) };
}

/** What one look at a resource sees, and what would be done about it: nothing is written, recorded or told. */
export async function lookAt(task: Task, terms: Terms, ports: LookPorts): Promise<Look> {
  const at = isoTime(ports.clock);
  const frame = await frameOf(task, terms, ports);
  const { entry } = await planOnly(frame, at, ports);
  const { findings, plan, outcome } = entry;
  return { on: task.ref, at, findings, plan, ...(outcome.kind === "gone" ? { gone: true } : {}) };
}

/** What a plan writes, or has somebody write first. */
function wouldWrite({ steps, held }: Plan): boolean {
  return steps.length > 0 || held.some(({ behind }) => behind !== undefined);
}

/** Notes what was seen for the sweep that this look belongs to; the last look of it says what now. */
async function surveyed(
  { task, on, now }: Scope,
  writes: boolean,
  { ledger }: Ports,
): Promise<Pick<Report, "survey">> {
  const { survey: isSurveyed, cause } = task;
  if (isSurveyed !== true || cause.kind !== "sweep" || on.kind !== "bucket") return {};
  const sweep = { account: on.account, sweepId: cause.sweepId };
  const at = new Date(now).toISOString();
  const survey = await ledger.surveys.note({ sweep, on, writes, at });
  return survey === undefined ? {} : { survey };
}

/** A task whose earlier deliveries wrote and told is fixed in the end, not clean. */
function withEarlierWrites(story: Story): Story {
  const { outcome, told } = story;
  const controls = told.flatMap((it) => (it.kind === "written" ? it.step.controls : []));
  if (outcome.kind !== "clean" || controls.length === 0) return story;
  return { ...story, outcome: { kind: "fixed", controls: [...new Set(controls)] } };
}

interface Seen {
  readonly readings: Readings;
  readonly findings: readonly Finding[];
}

/**
 * Asks for the stop switch with the first reads where something may be written: it remembers its answer
 * for a moment, so that the write that follows need not wait for it.
 */
async function foreseeStop({ selected, settings }: Frame, { stopSwitch }: Ports): Promise<void> {
  const mayWrite = selected.some(
    ({ id, writes }) => writes.length > 0 && settings[id].mode === "remediate",
  );
  if (mayWrite) await stopSwitch.read();
}

/** Out of what the writes of this day to the account are taken, where they count. */
function budgetOf({ task, limits, now }: Scope) {
  if (!isBudgeted(task.cause)) return {};
  const at = new Date(now).toISOString();
  return { budget: { account: task.ref.account, perDay: limits.writesPerDay, at } };
}

function goneStory(
  { task, delivery }: Scope,
  startedAt: string,
  { earlier, known }: { readonly earlier: EarlierDeliveries; readonly known: FindingStates },
): Story {
  const plan: Plan = { on: task.ref, basedOn: {}, steps: [], held: [] };
  const told = earlier.entry?.receipts ?? [];
  const nothing = { before: [], after: [], known, contested: new Map(), receipts: [], told };
  // A bucket that was just made may not show in every answer of S3 yet.
  const isNew = task.cause.kind === "event" && task.cause.eventName === "CreateBucket";
  const outcome: Outcome =
    isNew && isPatient(delivery)
      ? retryOutcome(delivery, "the new bucket does not show yet")
      : { kind: "gone" };
  return { startedAt, ...nothing, plan, outcome, isRecorded: earlier.entry !== undefined };
}

/** What would be done, for a person to look at: nothing is written, recorded or told. */
async function planOnly(frame: Frame, startedAt: string, ports: LookPorts): Promise<Report> {
  const { scope, readings, known } = await see(frame, ports);
  const { findings, wanted } = judged(scope, readings, known);
  const plan = await tellCallers(wanted, scope, "all", ports);
  const outcome: Outcome = nothingIsThere(scope, readings)
    ? { kind: "gone" }
    : { kind: "planned", steps: plan.steps.length };
  return onlyPlanned({ scope, startedAt, findings, plan, outcome }, ports);
}

interface Planned extends Pick<LedgerEntry, "startedAt" | "findings" | "plan" | "outcome"> {
  readonly scope: Scope;
}

/** What is not recorded, because nothing came of it. */
function onlyPlanned({ scope: { task }, ...planned }: Planned, { clock }: LookPorts): Report {
  const nothing = { receipts: [], announced: false, pending: [] };
  const entry = { id: task.id, task, ...planned, endedAt: isoTime(clock), ...nothing };
  return { entry, behind: [] };
}

async function settle(
  scope: Scope,
  before: Seen,
  receipts: readonly Receipt[],
  ports: Ports,
): Promise<Seen> {
  if (!receipts.some(({ kind }) => kind === "written")) return before;
  const see = async (): Promise<Seen> => {
    // No log file has come yet by the logging that was just switched on.
    const readings = await look(scope, ports, {});
    return { readings, findings: findingsIn(scope, readings) };
  };
  const isLanded = ({ findings }: Seen) => notLanded(receipts, findings).length === 0;
  return lookUntil(see, isLanded, { ...scope.delivery, clock: ports.clock });
}
