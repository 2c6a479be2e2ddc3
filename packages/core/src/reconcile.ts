import { applyPlan, type Writer } from "./apply/index.ts";
import { type Baseline, type Settings, settingsFor } from "./baseline/index.ts";
import type { Control } from "./controls/index.ts";
import { assess, needsOf, selectControls } from "./drift/index.ts";
import { type Clock, isoTime } from "./kernel/index.ts";
import type {
  BucketRef,
  Finding,
  LedgerEntry,
  Outcome,
  Plan,
  Readings,
  Receipt,
  Task,
} from "./model/index.ts";
import { type Change, type Channel, noticesOf } from "./notify/index.ts";
import { observe, type Reader, readContext } from "./observe/index.ts";
import { buildPlan, diffOf } from "./plan/index.ts";
import { earlierWork, isWorthRecording, type Ledger, nextStates } from "./record/index.ts";
import { judge, notLanded, pendingControls } from "./verify/index.ts";

/** Everything outside core that a reconcile touches. */
export interface Ports {
  readonly reader: Reader;
  readonly writer: Writer;
  readonly ledger: Ledger;
  readonly channel: Channel;
  readonly clock: Clock;
}

export interface Report {
  readonly entry: LedgerEntry;
  /** Buckets whose reconcile removes an obstacle of this one. */
  readonly behind: readonly BucketRef[];
}

/**
 * The whole path for one bucket: observe, drift, plan, apply, verify, record, notify.
 * `attempt` counts deliveries of the same task from 1. Throws only when ledger or channel fail;
 * the task must then be delivered again, and doing it twice is doing it once.
 */
export async function reconcile(
  task: Task,
  { baseline, attempt }: { readonly baseline: Baseline; readonly attempt: number },
  ports: Ports,
): Promise<Report> {
  const startedAt = isoTime(ports.clock);
  const scope = scopeOf(task, baseline, attempt);
  const readings = await look(scope, ports);
  if (isGone(readings)) return finish(scope, goneStory(task, startedAt), ports);

  const before = assess(scope.selected, readings, scope);
  const plan = buildPlan(before, readings, task);
  if (task.mode === "plan") return planned(scope, { startedAt, before, plan }, ports);

  const written = await applyPlan(plan, {
    ...ports,
    reread: (document) => ports.reader.read(document, scope.on, readContext(scope.settings)),
    keepBeforeImage: (step) =>
      ports.ledger.keepBeforeImage({ taskId: task.id, attempt, step, at: isoTime(ports.clock) }),
  });
  const after = await settle(scope, { before, receipts: written }, ports);
  const earlier = await earlierWork({ id: task.id, attempt }, after, ports.ledger);
  const receipts = [...earlier.unannounced, ...written];
  const outcome = judge({ plan, receipts, findings: after, attempt });
  const story = { startedAt, before, after, plan, receipts, outcome };
  return finish(scope, { ...story, announced: earlier.announced }, ports);
}

interface Scope {
  readonly task: Task;
  readonly on: BucketRef;
  readonly attempt: number;
  readonly settings: Settings;
  readonly selected: readonly Control[];
}

interface Story {
  readonly startedAt: string;
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly plan: Plan;
  /** What is to be told: this delivery's writes, and earlier ones that nobody heard of. */
  readonly receipts: readonly Receipt[];
  /** What earlier deliveries wrote and told. */
  readonly announced: readonly Receipt[];
  readonly outcome: Outcome;
}

function scopeOf(task: Task, baseline: Baseline, attempt: number): Scope {
  const settings = settingsFor(baseline, task.ref);
  return { task, on: task.ref, attempt, settings, selected: selectControls(task, settings) };
}

function look({ on, settings, selected }: Scope, { reader }: Ports): Promise<Readings> {
  return observe(reader, on, { facets: needsOf(selected), settings });
}

function isGone(readings: Readings): boolean {
  return Object.values(readings).some((it) => it.state === "unknown" && it.reason === "gone");
}

function goneStory(task: Task, startedAt: string): Story {
  const plan: Plan = { on: task.ref, basedOn: {}, steps: [], held: [] };
  const nothing = { before: [], after: [], receipts: [], announced: [] };
  return { startedAt, ...nothing, plan, outcome: { kind: "gone" } };
}

/** What would be done, for a person to look at: nothing is recorded and nobody is told. */
function planned(
  { task }: Scope,
  { startedAt, before, plan }: Pick<Story, "startedAt" | "before" | "plan">,
  { clock }: Ports,
): Report {
  const outcome: Outcome = { kind: "planned", steps: plan.steps.length };
  const times = { startedAt, endedAt: isoTime(clock) };
  const entry = { id: task.id, task, ...times, findings: before, plan, receipts: [], outcome };
  return { entry: { ...entry, announced: false }, behind: [] };
}

/** Bucket configuration is eventually consistent, so one read right after a write proves nothing. */
const settleMilliseconds = [0, 100, 300, 1_000, 2_000, 4_000];

async function settle(
  scope: Scope,
  { before, receipts }: { before: readonly Finding[]; receipts: readonly Receipt[] },
  ports: Ports,
): Promise<readonly Finding[]> {
  if (!receipts.some(({ kind }) => kind === "written")) return before;
  let findings = before;
  for (const pause of settleMilliseconds) {
    if (pause > 0) await ports.clock.sleep(pause);
    findings = assess(scope.selected, await look(scope, ports), scope);
    if (notLanded({ receipts, findings }).length === 0) break;
  }
  return findings;
}

async function finish(scope: Scope, story: Story, ports: Ports): Promise<Report> {
  const { task, on, attempt } = scope;
  const { startedAt, before, after, plan, receipts, outcome } = story;
  const { ledger, channel } = ports;
  const endedAt = isoTime(ports.clock);
  const told = await ledger.findingStates(on);
  const pending = pendingControls({ plan, receipts, findings: after, attempt });
  const now = outcome.kind === "gone" ? {} : nextStates(told, after, pending);
  const notices = noticesOf({ before, after, plan, receipts, told, now, pending });

  const all = [...story.announced, ...receipts];
  const facts = { id: task.id, task, startedAt, endedAt, findings: before, plan, receipts: all };
  const entry: LedgerEntry = { ...facts, outcome, announced: notices.length === 0 };
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
