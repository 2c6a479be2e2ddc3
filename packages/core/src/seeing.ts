import { endOf, scopesFor, settingsFor, traitsAskedFor, type Waivers } from "./baseline/index.ts";
import { assess, needsOf, selectControls } from "./drift/index.ts";
import type { Finding, FindingStates, LedgerEntry, Readings, Task } from "./model/index.ts";
import { isGone, observe, observeTraits } from "./observe/index.ts";
import { editFindings } from "./overwritten.ts";
import { buildPlan } from "./plan/index.ts";
import { contestedControls } from "./record/index.ts";
import type { Scope, SeeingPorts, Terms } from "./story.ts";

/** What can be known before anything is read but the traits that scopes ask for. */
export type Frame = Omit<Scope, "waivers">;

/** What holds for the resource of a task, at this moment. */
export async function frameOf(task: Task, terms: Terms, ports: SeeingPorts): Promise<Frame> {
  const { baseline } = terms;
  const on = task.ref;
  const now = ports.clock.now();
  const traits = await observeTraits(ports.reader, on, traitsAskedFor(baseline.scopes));
  const matching = scopesFor(baseline, on, traits);
  const settings = settingsFor(baseline, on, matching.kind === "known" ? matching.scopes : []);
  return {
    task,
    on,
    delivery: terms,
    settings,
    limits: baseline.limits,
    now,
    traits,
    selected: selectControls(task, settings),
    ...(matching.kind === "known" ? {} : { unsettled: matching.unread }),
  };
}

/** Those of the baseline, and those that undoing something left and that still hold. */
export async function waiversOn(
  { on, now, delivery }: Frame,
  { ledger }: SeeingPorts,
): Promise<Waivers> {
  const pinned = (await ledger.waivers(on)).map(({ waiver }) => waiver);
  const { valid, invalid } = delivery.baseline.waivers;
  return { valid: [...valid, ...pinned.filter((it) => endOf(it) > now)], invalid };
}

/** What the controls say of the readings, and what they say of an edit that was overwritten. */
export function findingsIn(scope: Scope, readings: Readings): readonly Finding[] {
  return [...editFindings(scope, readings), ...assess(scope.selected, readings, scope)];
}

/** All that one look at a resource sees. */
export async function see(frame: Frame, ports: SeeingPorts) {
  const [readings, known, waivers] = await Promise.all([
    look(frame, ports),
    ports.ledger.findingStates(frame.on),
    waiversOn(frame, ports),
  ]);
  return { scope: { ...frame, waivers }, readings, known };
}

/** What the readings amount to, and what would be done about it if nothing else held it back. */
export function judged(
  scope: Scope,
  readings: Readings,
  known: FindingStates,
  earlier?: LedgerEntry,
) {
  const { task, limits, now } = scope;
  const findings = findingsIn(scope, readings);
  const contested = contestedControls(known, findings, { ...limits.contested, now }, earlier);
  const guards = { contested, approvals: { hours: limits.approvalHours, now } };
  return { findings, contested, wanted: buildPlan(findings, readings, task, guards) };
}

/** Reads what the controls of a resource need. */
export async function look(
  frame: Frame,
  { reader }: Pick<SeeingPorts, "reader">,
  asks: { readonly logsAsOf?: number } = logsAskedFor(frame),
): Promise<Readings> {
  const { on, settings, selected, unsettled, now } = frame;
  if (unsettled !== undefined) return {};
  return observe(reader, on, { facets: needsOf(selected, frame), settings, now, ...asks });
}

/** Log files come within hours, so an event need not wait for a look at them. */
function logsAskedFor({ task, settings, now }: Frame): { readonly logsAsOf?: number } {
  const isJudged = settings["access-logging"].maxLogAgeHours !== undefined;
  return task.touches === "all" || isJudged ? { logsAsOf: now } : {};
}

/** The tags that scopes ask for are read before everything else, and may be all that was read. */
export function nothingIsThere({ unsettled }: Frame, readings: Readings): boolean {
  return isGone(readings) || unsettled?.reason === "gone";
}
