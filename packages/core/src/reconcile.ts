import { applyPlan, type Writer } from "./apply/index.ts";
import {
  type Baseline,
  type Limits,
  type Settings,
  scopesFor,
  settingsFor,
  traitsAskedFor,
  type Waivers,
} from "./baseline/index.ts";
import type { Control } from "./controls/index.ts";
import { assess, needsOf, selectControls } from "./drift/index.ts";
import { type Clock, isoTime } from "./kernel/index.ts";
import type {
  Contest,
  Finding,
  FindingStates,
  LedgerEntry,
  Outcome,
  Plan,
  Readings,
  Receipt,
  ResourceRef,
  Task,
  UnreadFacet,
} from "./model/index.ts";
import { type Change, type Channel, noticesOf } from "./notify/index.ts";
import { observe, observeTraits, type Reader, readContext } from "./observe/index.ts";
import { buildPlan, diffOf } from "./plan/index.ts";
import {
  contestedControls,
  type EarlierDeliveries,
  earlierWork,
  type History,
  isWorthRecording,
  type Ledger,
  statesAfter,
  whoCaused,
} from "./record/index.ts";
import {
  type Delivery,
  isPatient,
  judge,
  notLanded,
  pendingControls,
  retryOutcome,
} from "./verify/index.ts";

/** Everything outside core that a reconcile touches. */
export interface Ports {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly ledger: Ledger;
  readonly history: History;
  readonly channel: Channel;
  readonly clock: Clock;
}

export interface Report {
  readonly entry: LedgerEntry;
  /** Resources whose reconcile removes an obstacle of this one. */
  readonly behind: readonly ResourceRef[];
}

/** How this delivery of a task is to be done. */
export interface Terms extends Delivery {
  readonly baseline: Baseline;
}

/**
 * The whole path for one resource: observe, drift, plan, apply, verify, record, notify.
 * Throws only when ledger or channel fail; the task must then be delivered again, and doing it twice
 * is doing it once.
 */
export async function reconcile(task: Task, terms: Terms, ports: Ports): Promise<Report> {
  const startedAt = isoTime(ports.clock);
  const scope = await scopeOf(task, terms, ports);
  if (task.mode === "plan") return planOnly(scope, startedAt, ports);

  const [readings, earlier, known] = await Promise.all([
    look(scope, ports),
    ports.ledger.earlier(task.id),
    ports.ledger.findingStates(scope.on),
  ]);
  if (isGone(readings))
    return finish(scope, goneStory(scope, startedAt, { earlier, known }), ports);
  const before = assess(scope.selected, readings, scope);
  const contested = contestedControls(known, before, { ...scope.contests, now: scope.now });
  const plan = buildPlan(before, readings, task, contested);
  const written = await applyPlan(plan, {
    ...ports,
    reread: (document) => ports.reader.read(document, scope.on, readContext(scope.settings)),
    keepBeforeImage: (step, at) => ports.ledger.keepBeforeImage({ taskId: task.id, step, at }),
  });
  const after = await settle(scope, { readings, findings: before }, written, ports);
  const { told, untold } = earlierWork(earlier, after.readings, written);
  const receipts = [...untold, ...written];
  const outcome = judge({ plan, receipts, findings: after.findings, delivery: terms });
  const seen = { before, after: after.findings, known, contested };
  return finish(
    scope,
    withEarlierWrites({ startedAt, ...seen, plan, told, receipts, outcome }),
    ports,
  );
}

/** A task whose earlier deliveries wrote and told is fixed in the end, not clean. */
function withEarlierWrites(story: Story): Story {
  const { outcome, told } = story;
  const controls = told.flatMap((it) => (it.kind === "written" ? it.step.controls : []));
  if (outcome.kind !== "clean" || controls.length === 0) return story;
  return { ...story, outcome: { kind: "fixed", controls: [...new Set(controls)] } };
}

interface Scope {
  readonly task: Task;
  readonly on: ResourceRef;
  readonly delivery: Delivery;
  readonly settings: Settings;
  readonly waivers: Waivers;
  readonly contests: Limits["contested"];
  /** Milliseconds since 1970; one moment for the whole reconcile. */
  readonly now: number;
  readonly selected: readonly Control[];
  /** What must be known before anybody can tell which settings hold here. */
  readonly unsettled?: UnreadFacet;
}

interface Story {
  readonly startedAt: string;
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  /** What people were told before, and which repairs did not last. */
  readonly known: FindingStates;
  readonly contested: ReadonlyMap<string, Contest>;
  readonly plan: Plan;
  /** What earlier deliveries did and people know. */
  readonly told: readonly Receipt[];
  /** What this delivery did, and earlier writes that nobody was told of. */
  readonly receipts: readonly Receipt[];
  readonly outcome: Outcome;
}

interface Seen {
  readonly readings: Readings;
  readonly findings: readonly Finding[];
}

async function scopeOf(task: Task, terms: Terms, { reader, clock }: Ports): Promise<Scope> {
  const { baseline } = terms;
  const on = task.ref;
  const traits = await observeTraits(reader, on, traitsAskedFor(baseline.scopes));
  const matching = scopesFor(baseline, on, traits);
  const settings = settingsFor(baseline, on, matching.kind === "known" ? matching.scopes : []);
  return {
    task,
    on,
    delivery: terms,
    settings,
    waivers: baseline.waivers,
    contests: baseline.limits.contested,
    now: clock.now(),
    selected: selectControls(task, settings),
    ...(matching.kind === "known" ? {} : { unsettled: matching.unread }),
  };
}

async function look(
  scope: Scope,
  { reader }: Ports,
  asks: { readonly logsAsOf?: number } = logsAskedFor(scope),
): Promise<Readings> {
  const { on, settings, selected, unsettled } = scope;
  if (unsettled !== undefined) return {};
  return observe(reader, on, { facets: needsOf(selected, scope), settings, ...asks });
}

/** Log files come within hours, so an event need not wait for a look at them. */
function logsAskedFor({ task, settings, now }: Scope): { readonly logsAsOf?: number } {
  const isJudged = settings["access-logging"].maxLogAgeHours !== undefined;
  return task.touches === "all" || isJudged ? { logsAsOf: now } : {};
}

function isGone(readings: Readings): boolean {
  return Object.values(readings).some((it) => it.state === "unknown" && it.reason === "gone");
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
  return { startedAt, ...nothing, plan, outcome };
}

/** What would be done, for a person to look at: nothing is written, recorded or told. */
async function planOnly(scope: Scope, startedAt: string, ports: Ports): Promise<Report> {
  const { task } = scope;
  const [readings, known] = await Promise.all([
    look(scope, ports),
    ports.ledger.findingStates(scope.on),
  ]);
  const findings = assess(scope.selected, readings, scope);
  const contested = contestedControls(known, findings, { ...scope.contests, now: scope.now });
  const plan = buildPlan(findings, readings, task, contested);
  const outcome: Outcome = isGone(readings)
    ? { kind: "gone" }
    : { kind: "planned", steps: plan.steps.length };
  const times = { startedAt, endedAt: isoTime(ports.clock) };
  const entry = { id: task.id, task, ...times, findings, plan, receipts: [], outcome };
  return { entry: { ...entry, announced: false, pending: [] }, behind: [] };
}

/** Bucket configuration is eventually consistent, so one read right after a write proves nothing. */
const settleMilliseconds = [0, 100, 300, 1_000, 2_000, 4_000];

async function settle(
  scope: Scope,
  before: Seen,
  receipts: readonly Receipt[],
  ports: Ports,
): Promise<Seen> {
  if (!receipts.some(({ kind }) => kind === "written")) return before;
  let seen = before;
  for (const pause of settleMilliseconds) {
    if (pause > 0) await ports.clock.sleep(pause);
    // No log file has come yet by the logging that was just switched on.
    const readings = await look(scope, ports, {});
    seen = { readings, findings: assess(scope.selected, readings, scope) };
    if (notLanded(receipts, seen.findings).length === 0) break;
  }
  return seen;
}

async function finish(scope: Scope, story: Story, ports: Ports): Promise<Report> {
  const { task, on, delivery } = scope;
  const { startedAt, before, after, known, plan, receipts, outcome } = story;
  const { ledger, channel } = ports;
  const endedAt = isoTime(ports.clock);
  const pending = pendingControls({ plan, receipts, findings: after, delivery });
  const struggle = { ...story, ...scope.contests, now: scope.now, cause: task.cause };
  const now = outcome.kind === "gone" ? {} : statesAfter(known, pending, struggle);
  const news = noticesOf({ before, after, plan, receipts, told: known, now, pending });
  const reads = new Map(scope.selected.map(({ id, needs }) => [id, needs(on, scope.settings)]));
  const told = news.map(({ control }) => control);
  const who = await whoCaused({ task, before, told, reads, until: startedAt }, ports.history);
  const notices = news.map((notice) => ({ ...notice, ...who(notice.control) }));
  const findings = before.map((finding) => ({ ...finding, ...who(finding.control) }));

  const facts = { id: task.id, task, startedAt, endedAt, findings, plan, outcome };
  const all = { receipts: [...story.told, ...receipts], pending: [...pending] };
  const entry: LedgerEntry = { ...facts, ...all, announced: notices.length === 0 };
  const recorded = isWorthRecording(entry);
  if (recorded) await ledger.save(entry);
  if (notices.length > 0) {
    const changes = changesOf(receipts);
    await channel.publish({ id: task.id, on, cause: task.cause, at: endedAt, notices, changes });
  }
  await ledger.saveFindingStates(on, now);
  const announced = { ...entry, announced: true };
  if (recorded && !entry.announced) await ledger.save(announced);
  return { entry: announced, behind: plan.held.flatMap(({ behind }) => behind ?? []) };
}

function changesOf(receipts: readonly Receipt[]): readonly Change[] {
  return receipts
    .filter(({ kind }) => kind === "written")
    .map(({ step }) => ({
      document: step.document,
      controls: step.controls,
      diff: diffOf(step),
    }));
}
